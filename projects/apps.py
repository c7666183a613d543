from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from projects import invariants, papers

        papers.register()
        invariants.register_all()
