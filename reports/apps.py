from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        from documents import kinds
        from reports import invariants, papers

        kinds.register(papers.REPORT)
        invariants.register_all()
