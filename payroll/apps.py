from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "payroll"
    verbose_name = "Paie"

    def ready(self) -> None:
        from documents import kinds, panels
        from payroll import closing_checks, effects, invariants, retention
        from payroll.papers import corrected, hours, made_elsewhere, slip
        from payroll.selectors import path_part, waiting
        from payroll.selectors.epayslip import slip_choice
        from payroll.selectors.minutes import worth_of_hour
        from payroll.services import host_settings
        from payroll.services.refunds import forget_advance, owe_advance
        from projects import advances, worth

        retention.register_all()
        effects.register_effects()
        invariants.register_invariants()
        for kind in (
            slip.PAYSLIP,
            corrected.COUNTER,
            hours.HOURS_STATEMENT,
            made_elsewhere.HOST_PAYSLIP,
        ):
            kinds.register(kind)
        worth.register(worth_of_hour)
        advances.register(advances.Keeper(owe=owe_advance, forget=forget_advance))
        panels.register(slip_choice)
        waiting.register_all()
        path_part.register()
        closing_checks.register_checks()
        host_settings.register_series()
