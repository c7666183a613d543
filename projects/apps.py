from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing
        from projects import invariants, papers
        from projects.after_signing import propose_hours
        from projects.selectors import finding, path_part, waiting

        papers.register()
        invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        path_part.register()
        finding.register()
