"""Who may see and write what comes next, and what is asked after. The button and the door ask the same."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from cohorts.perms.entry_files import is_own
from ct_platform.kit.actor import Actor


def _coordinates(actor: Actor, cohort: Cohort) -> bool:
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_write_next(actor: Actor, enrolment: Enrolment) -> bool:
    """The person, also after leaving and once the cohort is archived; and who coordinates it."""
    if enrolment.state == EnrolmentState.SELECTED:
        return False
    return is_own(actor, enrolment) or _coordinates(actor, enrolment.cohort)


def can_choose_who_sees(actor: Actor, enrolment: Enrolment) -> bool:
    """The person alone: nobody shows a project in their stead."""
    return is_own(actor, enrolment) and can_write_next(actor, enrolment)


def can_see_helped(actor: Actor) -> bool:
    """Whoever sits at an organisation that may help: each sees what people chose to show it."""
    return actor.is_partner or actor.is_host


def can_follow_up(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, long after the cohort is archived. Raw figures: nobody else reads this page."""
    return _coordinates(actor, cohort)


def can_hold_interview(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, until the cohort is archived: the exit it notes closes then."""
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_take_back(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, while the cohort runs."""
    return _coordinates(actor, cohort) and cohort.state == CohortState.RUNNING
