from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "Cohortes"

    def ready(self) -> None:
        from cohorts import invariants, papers, seats
        from documents import kinds

        seats.register()
        invariants.register_all()
        kinds.register(papers.CAPE_END)
