from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "Cohortes"

    def ready(self) -> None:
        from cohorts import invariants, papers, seats
        from cohorts.selectors.keeping import keep_papers
        from documents import kinds, panels

        seats.register()
        invariants.register_all()
        kinds.register(papers.CAPE_END)
        panels.register(keep_papers)
