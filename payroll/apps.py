from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "payroll"
    verbose_name = "Paie"

    def ready(self) -> None:
        from documents import kinds, panels
        from payroll import (
            correction_invariants,
            correction_papers,
            effects,
            host_papers,
            hours_paper,
            invariants,
            money_invariants,
            papers,
            rule_invariants,
            upload_invariants,
        )
        from payroll.selectors.epayslip import slip_choice
        from payroll.selectors.minutes import worth_of_hour
        from projects import worth

        effects.register_effects()
        rule_invariants.register_invariants()
        invariants.register_invariants()
        correction_invariants.register_invariants()
        money_invariants.register_invariants()
        kinds.register(papers.PAYSLIP)
        kinds.register(correction_papers.COUNTER)
        kinds.register(hours_paper.HOURS_STATEMENT)
        upload_invariants.register_invariants()
        kinds.register(host_papers.HOST_PAYSLIP)
        worth.register(worth_of_hour)
        panels.register(slip_choice)
