"""Who may do what in a cohort. The button and the door ask the same question."""

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor


def can_create_cohort(actor: Actor) -> bool:
    """The coordinator of a territory, in that territory."""
    return actor.is_coordinator


def _coordinates(actor: Actor, cohort: Cohort) -> bool:
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_see_people(actor: Actor, cohort: Cohort) -> bool:
    """Names, contacts and dates of everybody: the coordinator only."""
    return _coordinates(actor, cohort)


def can_edit_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, until the cohort is archived."""
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_move_cohort(actor: Actor, cohort: Cohort) -> bool:
    return can_edit_cohort(actor, cohort)


def can_enrol(actor: Actor, cohort: Cohort) -> bool:
    """Add or import people: the coordinator, until the cohort is being closed."""
    return _coordinates(actor, cohort) and cohort.state in (
        CohortState.DRAFT,
        CohortState.RECRUITING,
        CohortState.RUNNING,
    )


def can_note_departure(actor: Actor, cohort: Cohort) -> bool:
    return can_edit_cohort(actor, cohort)


def can_print_cards(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, until the archive. After it one comes back by two people (services.recovery):
    a card printed by one alone would go round them.
    """
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_issue_cape_end(actor: Actor, cohort: Cohort) -> bool:
    """The host, whose contract it is; even once the cohort is archived."""
    return actor.is_host and actor.organisation_id == cohort.host_id


def can_see_papers(actor: Actor, cohort: Cohort) -> bool:
    return _coordinates(actor, cohort)
