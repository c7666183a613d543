"""Who may do what with hours and money. Button and door ask the same predicate."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from projects.models import WorkEntry


def may_open_my_hours(actor: Actor) -> bool:
    """A coopérant, even one who left: their hours stay readable."""
    return actor.is_cooperant


def may_note(actor: Actor, enrolment: Enrolment) -> bool:
    """The person themself, while in the cohort."""
    return (
        actor.is_cooperant
        and actor.enrolment_id == enrolment.pk
        and enrolment.state == EnrolmentState.ACTIVE
    )


def may_read(actor: Actor, entry: WorkEntry) -> bool:
    """One's own hours. Colleagues see them where they confirm, the coordination on its own pages."""
    return actor.is_cooperant and actor.enrolment_id == entry.enrolment_id


def may_change(actor: Actor, entry: WorkEntry) -> bool:
    """The author, while in the cohort. Nobody else edits hours, not even the coordination."""
    return may_note(actor, entry.enrolment)


def may_answer(actor: Actor, entry: WorkEntry) -> bool:
    """Hours that another wrote: only the person concerned says yes or no."""
    return may_note(actor, entry.enrolment)


def may_offer(actor: Actor, own: Enrolment) -> bool:
    """Noting for a colleague: a coopérant still in the cohort; the coordination where it runs hours."""
    return may_note(actor, own)


def may_take_back(actor: Actor, entry: WorkEntry) -> bool:
    """Who wrote for another, while still in the cohort."""
    return actor.is_cooperant and actor.person_id == entry.entered_by_id


def may_confirm_with(actor: Actor, own: Enrolment) -> bool:
    """A coopérant still in the cohort witnesses for the others; the service refuses one's own hours."""
    return may_note(actor, own)


def may_question(actor: Actor, entry: WorkEntry) -> bool:
    """Anybody who may confirm, but never the author."""
    return actor.person_id not in (entry.enrolment.person_id, entry.entered_by_id)


def may_run(actor: Actor, cohort: Cohort) -> bool:
    """Hours and money of a cohort: the coordination of its territory."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def may_give_closing_papers(actor: Actor, cohort: Cohort) -> bool:
    """The same, while the cohort is being closed: before, people still enter and work."""
    return may_run(actor, cohort) and cohort.state == CohortState.CLOSING
