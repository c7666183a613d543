from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Activités"

    def ready(self) -> None:
        from cohorts import after_signing, archive, gatherings
        from documents import kinds
        from projects import (
            closing_checks,
            invariants,
            kit_parts,
            papers,
            task_invariants,
            trade_invariants,
        )
        from projects.after_signing import propose_hours
        from projects.gatherings import tasks_of_person
        from projects.selectors import finding, path_part, waiting, waiting_tasks
        from projects.selectors.activities import cohort_of_project

        kinds.register(papers.PARTICIPATION)
        invariants.register_all()
        task_invariants.register_all()
        trade_invariants.register_all()
        after_signing.register(propose_hours)
        waiting.register_all()
        waiting_tasks.register_all()
        gatherings.register_own(tasks_of_person)
        path_part.register()
        finding.register()
        closing_checks.register_checks()
        kit_parts.register_parts()
        archive.reached_by("project_id", cohort_of_project)
