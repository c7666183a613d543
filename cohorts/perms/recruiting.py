"""Who takes part in a selection, who decides, who answers. The button and the door ask the same."""

import datetime as dt

from cohorts.enums import CohortState, PartnershipRole
from cohorts.models import Application, Cohort, Partnership
from ct_platform.kit.actor import Actor

_BEFORE_START = (CohortState.DRAFT, CohortState.RECRUITING)


def _coordinates(actor: Actor, cohort: Cohort) -> bool:
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_recruit(actor: Actor, cohort: Cohort) -> bool:
    """Information meetings: the coordinator, until the cohort is archived."""
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_see_selection(actor: Actor, cohort: Cohort, day: dt.date) -> bool:
    """The coordinators, and partners of the local committee while their partnership is in force.

    Costs one query for a partner.
    """
    if _coordinates(actor, cohort):
        return True
    return actor.is_partner and sits_on_committee(actor, cohort, day)


def sits_on_committee(actor: Actor, cohort: Cohort, day: dt.date) -> bool:
    ties = Partnership.objects.filter(
        organisation_id=actor.organisation_id or 0,
        role=PartnershipRole.LOCAL_COMMITTEE,
        starts_on__lte=day,
    ).exclude(ends_on__lt=day)
    return (
        ties.filter(cohort_id=cohort.pk).exists()
        or ties.filter(territory_id=cohort.territory_id).exists()
    )


def can_give_opinion(actor: Actor, application: Application, day: dt.date) -> bool:
    """Whoever sees the selection, as long as the application stands and the cohort is not closing."""
    cohort = application.cohort
    open_states = (*_BEFORE_START, CohortState.RUNNING)
    return (
        application.erased_at is None
        and cohort.state in open_states
        and can_see_selection(actor, cohort, day)
    )


def can_decide(actor: Actor, application: Application) -> bool:
    """The coordinators, until the cohort is being closed."""
    cohort = application.cohort
    return (
        application.erased_at is None
        and _coordinates(actor, cohort)
        and cohort.state in (*_BEFORE_START, CohortState.RUNNING)
    )


def can_answer(actor: Actor, cohort: Cohort) -> bool:
    """The coordinators, even once the cohort runs: nobody is left without an answer."""
    return _coordinates(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_welcome(actor: Actor, cohort: Cohort) -> bool:
    """Before the start, the coordinators let in who was selected; after, the group decides by a vote."""
    return _coordinates(actor, cohort) and cohort.state in _BEFORE_START
