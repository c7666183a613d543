from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "Cohortes"

    def ready(self) -> None:
        from cohorts import invariants, seats

        seats.register()
        invariants.register_all()
