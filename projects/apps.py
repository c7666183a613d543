from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing
        from documents import kinds
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
