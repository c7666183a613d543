from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        from cohorts import archive
        from documents import kinds
        from reports import (  # noqa: F401
            impact_set,
            invariants,
            merged_invariants,
            open_invariants,
            papers,
            tasks,
            waiting,
        )

        kinds.register(papers.REPORT)
        invariants.register_all()
        open_invariants.register_all()
        archive.keep_open(
            "The results of a finished cohort are read after it; a report photographs them.",
            "reports:freeze",
        )
        archive.keep_open(
            "Partners ask for, question and share the report of a finished cohort: it is when it matters.",
            "reports:ask_for", "reports:comment", "reports:review", "reports:reopen", "reports:drop",
            "reports:send", "reports:correct", "reports:ask", "reports:answer", "reports:accept",
            "reports:share", "reports:close_link",
        )  # fmt: skip
        waiting.register_all()
        impact_set.register_all()
        merged_invariants.register_all()
