from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        # Importing the tasks registers them by name, for services.notices.
        from cohorts import gatherings
        from decisions import (
            closing_checks,
            invariants,
            kit_parts,
            papers,
            retention,
            tasks,  # noqa: F401
        )
        from decisions.effects import lower
        from decisions.gatherings import assemblies_between
        from decisions.selectors import finding, path_part, waiting
        from decisions.selectors.led import decisions_led
        from documents import kinds
        from projects import evidence

        retention.register_all()
        lower.register_effects()
        invariants.register_invariants()
        gatherings.register(assemblies_between)
        kinds.register(papers.MEETING_MINUTES)
        waiting.register_all()
        path_part.register()
        finding.register()
        evidence.register(decisions_led)
        closing_checks.register_checks()
        kit_parts.register_parts()
