from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        # Importing the tasks registers them by name, for services.notices.
        from decisions import invariants, papers, tasks  # noqa: F401
        from decisions.effects import lower
        from documents import kinds

        lower.register_effects()
        invariants.register_invariants()
        kinds.register(papers.MEETING_MINUTES)
