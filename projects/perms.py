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


def may_read_sales(actor: Actor, cohort: Cohort) -> bool:
    """Quotes and invoices: the coordination that makes them, the host in whose name they are."""
    return may_run(actor, cohort) or may_validate_sales(actor, cohort)


def may_validate_sales(actor: Actor, cohort: Cohort) -> bool:
    """The host's agreement before a paper leaves in its name."""
    return actor.is_host and actor.organisation_id == cohort.host_id


def may_read_own_invoices(actor: Actor) -> bool:
    """What their cooperative invoiced: every coopérant of it, even one who left."""
    return actor.is_cooperant
