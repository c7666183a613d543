from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        from cohorts import archive
        from documents import kinds
        from reports import impact_set, invariants, papers, retention, tasks, waiting  # noqa: F401
        from reports.invariants import funding, merged, open_data

        kinds.register(papers.REPORT)
        for room in (invariants, funding, merged, open_data):
            room.register_all()
        retention.register_all()
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
        archive.keep_open(
            "Funders pay, ask and are answered long after a cohort has ended; its invoices come late too.",
            "reports:ask_funding", "reports:edit_funding", "reports:share_funding",
            "reports:grant_funding", "reports:refuse_funding", "reports:agree_funding",
            "reports:receive_funding", "reports:reverse_receipt", "reports:plan_due",
            "reports:hand_due", "reports:call_off_due", "reports:close_funding",
            "reports:drop_funding", "reports:add_operation", "reports:edit_operation",
            "reports:export_indicators", "reports:note_cost", "reports:withdraw_cost",
        )  # fmt: skip
        waiting.register_all()
        impact_set.register_all()
