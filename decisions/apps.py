from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        from decisions import invariants, papers
        from decisions.effects import lower
        from documents import kinds

        lower.register_effects()
        invariants.register_invariants()
        kinds.register(papers.MEETING_MINUTES)
