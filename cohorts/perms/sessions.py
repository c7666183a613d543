"""Who may do what with the calendar and attendance."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.sessions import CorrectionSide
from cohorts.models import Cohort, CorrectionRequest, Enrolment, Session
from ct_platform.kit.actor import Actor


def can_see_calendar(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, with everybody's presences; coopérants have their own agenda."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_plan(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, until the cohort is archived."""
    return can_see_calendar(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_note_attendance(actor: Actor, cohort: Cohort) -> bool:
    return can_plan(actor, cohort)


def can_print_sheets(actor: Actor, cohort: Cohort) -> bool:
    """Even once archived: audits come later."""
    return can_see_calendar(actor, cohort)


def can_call_on_paper(actor: Actor, session: Session) -> bool:
    """The coordinator; nobody is called to a session that was cancelled."""
    return can_plan(actor, session.cohort) and not session.is_cancelled


def has_presences(actor: Actor) -> bool:
    """A coopérant, also after leaving: their presences stay theirs to read."""
    return actor.is_cooperant


def has_agenda(actor: Actor) -> bool:
    """Whoever is awaited at sessions, or follows them: an address for their phone."""
    return actor.is_cooperant or actor.is_coordinator


def can_sign(actor: Actor, own: Enrolment) -> bool:
    """A coopérant, for themselves, while they are in."""
    return actor.enrolment_id == own.pk and own.state == EnrolmentState.ACTIVE


def can_ask_correction(actor: Actor, own: Enrolment) -> bool:
    """The person, even after leaving: a sheet stays wrong until somebody says so."""
    return actor.enrolment_id == own.pk and own.cohort.state != CohortState.ARCHIVED


def can_answer(actor: Actor, asked: CorrectionRequest, cohort: Cohort) -> bool:
    """The other side of who asked."""
    if asked.side == CorrectionSide.PERSON:
        return can_note_attendance(actor, cohort)
    return actor.enrolment_id == asked.enrolment_id and cohort.state != CohortState.ARCHIVED
