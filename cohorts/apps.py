from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "Cohortes"

    def ready(self) -> None:
        # Importing the tasks registers them by name, for services.answers.
        from cohorts import (
            closing_checks,
            invariants,
            kit_parts,
            retention,
            seats,
            tasks,  # noqa: F401
        )
        from cohorts.invariants import attendance, entry_files
        from cohorts.papers import (
            attendance_sheets,
            authority_notices,
            cape_ends,
            contracts,
            convocations,
            questionnaires,
            skills,
        )
        from cohorts.selectors import (
            finding,
            path_after,
            path_parts,
            waiting,
            waiting_after,
            waiting_contracts,
        )
        from cohorts.selectors.keeping import keep_papers
        from cohorts.services import recovery_cards
        from documents import kinds, panels
        from members.services.join_cards import at_entry

        seats.register()
        at_entry(recovery_cards.enter)
        invariants.register_all()
        for kind in (
            cape_ends.CAPE_END,
            authority_notices.CAPE_NOTICE,
            *contracts.KINDS,
            skills.SKILLS,
            convocations.CONVOCATION,
            questionnaires.QUESTIONNAIRE,
            attendance_sheets.ATTENDANCE_SHEET,
        ):
            kinds.register(kind)
        retention.register_all()
        attendance.register_all()
        entry_files.register_all()
        waiting.register_all()
        path_parts.register_all()
        path_after.register_all()
        finding.register_all()
        waiting_contracts.register_all()
        waiting_after.register_all()
        panels.register(keep_papers)
        closing_checks.register_checks()
        kit_parts.register_parts()
