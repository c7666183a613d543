"""Who may read and write a file. Partners, the host and other coopérants never do."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor


def _coordinates(actor: Actor, cohort: Cohort) -> bool:
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def is_own(actor: Actor, enrolment: Enrolment) -> bool:
    """The coopérant whose file it is, in the seat of that cohort."""
    return actor.is_cooperant and actor.enrolment_id == enrolment.pk


def can_read_file(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator of the cohort, archived or not."""
    return _coordinates(actor, cohort)


def can_write_file(actor: Actor, enrolment: Enrolment) -> bool:
    """The coordinator, or the person while they are in; nobody once the cohort is archived."""
    if enrolment.cohort.state == CohortState.ARCHIVED:
        return False
    if _coordinates(actor, enrolment.cohort):
        return True
    return is_own(actor, enrolment) and enrolment.state in (
        EnrolmentState.SELECTED,
        EnrolmentState.ACTIVE,
    )


def can_correct_file(actor: Actor, enrolment: Enrolment) -> bool:
    """Answers given before the entry: the coordinator alone, with a reason."""
    return _coordinates(actor, enrolment.cohort) and can_write_file(actor, enrolment)


def can_open_sensitive(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator of the cohort; each opening is recorded."""
    return _coordinates(actor, cohort)


def can_export_participants(actor: Actor, cohort: Cohort) -> bool:
    """The row-level FSE+ file: the coordinator of the cohort, never a partner."""
    return _coordinates(actor, cohort)
