"""Who may do what with skills."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor


def can_say_own_skills(actor: Actor, enrolment: Enrolment) -> bool:
    """The person, while they are in the cooperative or have finished it."""
    return (
        enrolment.person_id == actor.person_id
        and enrolment.state in (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
        and enrolment.cohort.state != CohortState.ARCHIVED
    )


def can_see_skills_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator of its territory."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_write_grid(actor: Actor, cohort: Cohort) -> bool:
    return can_see_skills_of_cohort(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_confirm_skills(actor: Actor, enrolment: Enrolment, own: Enrolment | None) -> bool:
    """A co-worker who is active in the same cohort, or its coordinator; never for oneself.

    `own` is the enrolment of the seat, when it has one.
    """
    if enrolment.person_id == actor.person_id or enrolment.cohort.state == CohortState.ARCHIVED:
        return False
    if actor.is_coordinator:
        return actor.territory_id == enrolment.cohort.territory_id
    return (
        own is not None
        and own.state == EnrolmentState.ACTIVE
        and own.cohort_id == enrolment.cohort_id
    )


def can_issue_skills(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, even once the cohort is archived: people come back for their papers."""
    return can_see_skills_of_cohort(actor, cohort)
