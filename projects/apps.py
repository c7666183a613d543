from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing, archive
        from documents import kinds
        from projects import closing_checks, invariants, kit_parts, papers
        from projects.after_signing import propose_hours
        from projects.selectors import finding, path_part, waiting

        archive.keep_open(
            "A phone that was offline hears why its hours come too late; the service refuses each.",
            "projects:sync",
        )
        kinds.register(papers.PARTICIPATION)
        invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        path_part.register()
        finding.register()
        closing_checks.register_checks()
        kit_parts.register_parts()
