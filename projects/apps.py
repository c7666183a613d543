from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing, archive, gatherings
        from documents import kinds

        # Importing the tasks registers them by name, for services.quotes.messages.
        from projects import (
            closing_checks,
            invariants,
            kit_parts,
            papers,
            selling_invariants,
            tasks,  # noqa: F401
        )
        from projects.after_signing import propose_hours
        from projects.papers.quote import QUOTE
        from projects.selectors import finding, path_part, selling_waiting, waiting
        # Importing the tasks registers them by name, for services.payments.reminders.
        from projects import (
            archive_of_money,
            closing_checks,
            invariants,
            invariants_of_money,
            kit_parts,
            papers,
            tasks,  # noqa: F401
        )
        from projects.after_signing import propose_hours
        from projects.selectors import finding, path_part, waiting, waiting_money
            task_invariants,
            trade_invariants,
        )
        from projects.after_signing import propose_hours
        from projects.gatherings import tasks_of_person
        from projects.selectors import finding, path_part, waiting, waiting_tasks
        from projects.selectors.activities import cohort_of_project

        kinds.register(papers.PARTICIPATION)
        kinds.register(QUOTE)
        invariants.register_all()
        selling_invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        selling_waiting.register_all()
        invariants_of_money.register_all()
        archive_of_money.keep_open()
        after_signing.register(propose_hours)
        waiting.register_all()
        waiting_money.register_all()
        task_invariants.register_all()
        trade_invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        waiting_tasks.register_all()
        gatherings.register_own(tasks_of_person)
        from projects import (
            closing_checks,
            invariants,
            invoice_checks,
            invoice_invariants,
            kit_parts,
            papers,
        )
        from projects.after_signing import propose_hours
        from projects.selectors import (
            finding,
            finding_invoices,
            invoices_waiting,
            path_part,
            waiting,
        )

        kinds.register(papers.PARTICIPATION)
        for kind in papers.INVOICE_KINDS:
            kinds.register(kind)
        invariants.register_all()
        invoice_invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        invoices_waiting.register_all()
        path_part.register()
        finding.register()
        finding_invoices.register()
        closing_checks.register_checks()
        invoice_checks.register_checks()
        kit_parts.register_parts()
        archive.reached_by("project_id", cohort_of_project)
