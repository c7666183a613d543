from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        from cohorts import archive
        from documents import kinds
        from reports import invariants, papers

        kinds.register(papers.REPORT)
        invariants.register_all()
        archive.keep_open(
            "The results of a finished cohort are read after it; a report photographs them.",
            "reports:freeze",
        )
