from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "ct_platform.home"
    label = "home"
    verbose_name = "Accueils"
