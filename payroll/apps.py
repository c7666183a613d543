from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "payroll"
    verbose_name = "Paie"

    def ready(self) -> None:
        from payroll import effects, rule_invariants

        effects.register_effects()
        rule_invariants.register_invariants()
