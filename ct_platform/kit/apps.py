from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ct_platform.kit"
    label = "kit"
    verbose_name = "Outils communs"

    def ready(self) -> None:
        from ct_platform.kit import checks  # noqa: F401 - importing registers the checks
