from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "ct_platform.home"
    label = "home"
    verbose_name = "Accueils"

    def ready(self) -> None:
        # Importing the tasks registers them by name, for services.enquiries.
        from ct_platform.home import retention, tasks  # noqa: F401

        retention.register_all()
