from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        from decisions import invariants
        from decisions.effects import lower

        lower.register_effects()
        invariants.register_invariants()
