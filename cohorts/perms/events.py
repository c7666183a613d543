"""Who may do what with events, guests and contacts. The button and the door ask the same."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Contact, Enrolment, Event
from ct_platform.kit.actor import Actor


def _coordinates(actor: Actor, cohort: Cohort) -> bool:
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_see_guests(actor: Actor, cohort: Cohort) -> bool:
    """Addresses and answers of guests: the coordination."""
    return _coordinates(actor, cohort)


def can_hold_events(actor: Actor, cohort: Cohort) -> bool:
    """Plan, invite, tell: the coordination, until the cohort is archived."""
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_erase_people(actor: Actor, cohort: Cohort) -> bool:
    """Even once archived: a right of the person has no season (GDPR art. 17)."""
    return _coordinates(actor, cohort)


def can_read_events(actor: Actor) -> bool:
    """The group: what is planned, and who comes."""
    return actor.is_cooperant


def can_tick_guests(actor: Actor, event: Event, own: Enrolment) -> bool:
    """On the day, at the door: who organises, while they are in. Costs one query."""
    return (
        actor.enrolment_id == own.pk
        and own.state == EnrolmentState.ACTIVE
        and own.cohort.state != CohortState.ARCHIVED
        and event.organisers.filter(pk=own.pk).exists()
    )


def can_see_contacts(actor: Actor, cohort: Cohort) -> bool:
    """Everybody the cohort met: the coordination; never the host's or partners' seats."""
    return _coordinates(actor, cohort)


def can_hold_contacts(actor: Actor, cohort: Cohort) -> bool:
    """Also once archived, for the time of asking people: what has no consent then goes."""
    return _coordinates(actor, cohort)


def has_contacts(actor: Actor) -> bool:
    """A coopérant, also after leaving: what they keep stays theirs."""
    return actor.is_cooperant


def can_propose_contact(actor: Actor, own: Enrolment) -> bool:
    return (
        actor.enrolment_id == own.pk
        and own.state == EnrolmentState.ACTIVE
        and own.cohort.state != CohortState.ARCHIVED
    )


def can_keep_contact(actor: Actor, own: Enrolment, contact: Contact) -> bool:
    """Who is or was in to the end; who left earlier no longer takes addresses of the group."""
    return (
        actor.enrolment_id == own.pk
        and contact.cohort_id == own.cohort_id
        and own.state in (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
    )
