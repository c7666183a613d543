from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing, archive, erasers, gatherings
        from documents import kinds

        # Importing the tasks registers them by name, for the services that send them.
        from projects import (
            archive_of_money,
            closing_checks,
            front_part,
            invariants,
            invariants_of_money,
            invoice_checks,
            invoice_invariants,
            kit_parts,
            papers,
            retention,
            selling_invariants,
            task_invariants,
            tasks,  # noqa: F401
            trade_invariants,
        )
        from projects.after_signing import propose_hours
        from projects.gatherings import tasks_of_person
        from projects.selectors import (
            finding,
            invoices_waiting,
            path_part,
            selling_waiting,
            waiting,
            waiting_money,
            waiting_tasks,
        )
        from projects.selectors.activities import cohort_of_project
        from projects.services import seller
        from projects.services.customer_erasing import erase_old_customers

        for kind in papers.KINDS:
            kinds.register(kind)
        for laws in (
            invariants,
            invariants_of_money,
            invoice_invariants,
            selling_invariants,
            task_invariants,
            trade_invariants,
        ):
            laws.register_all()
        for lines in (waiting, waiting_money, invoices_waiting, selling_waiting, waiting_tasks):
            lines.register_all()
        archive.keep_open(
            "A phone that was offline hears why its hours come too late; the service refuses each.",
            "projects:sync",
        )
        after_signing.register(propose_hours)
        gatherings.register_own(tasks_of_person)
        archive_of_money.keep_open()
        archive.reached_by("project_id", cohort_of_project)
        path_part.register()
        front_part.register()
        retention.register_all()
        finding.register()
        closing_checks.register_checks()
        invoice_checks.register_checks()
        kit_parts.register_parts()
        seller.register_series()
        erasers.register("clients", erase_old_customers)
