"""Whose projects a seat may see: their own, those of the cohorts it coordinates, those shown to it."""

from typing import Self

from django.db.models import Q

from cohorts.querysets import EnrolmentScopedQuerySet
from cohorts.querysets.entry_files import FileVersionQuerySet
from ct_platform.kit.actor import Actor, SeatKind


def _of(actor: Actor) -> Q | None:
    """The coordinator of the cohort and the person; None for who sees only what is shown to them."""
    match actor.kind:
        case SeatKind.COORDINATOR:
            return Q(enrolment__cohort__territory_id=actor.territory_id)
        case SeatKind.COOPERANT:
            return Q(enrolment_id=actor.enrolment_id)
        case _:
            return None


def _shown_to(actor: Actor) -> Q:
    """One row of helpers at most answers: an organisation helps somebody once at a time."""
    return Q(
        enrolment__own_helpers__organisation_id=actor.organisation_id or 0,
        enrolment__own_helpers__sees=True,
        enrolment__own_helpers__removed_on__isnull=True,
    )


class OwnProjectQuerySet(FileVersionQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        own = _of(actor)
        return self.filter(own if own is not None else _shown_to(actor))


class OwnStepQuerySet(EnrolmentScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        own = _of(actor)
        return self.filter(own if own is not None else _shown_to(actor))


class OwnHelperQuerySet(EnrolmentScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """An organisation sees itself among the helpers, never the others."""
        own = _of(actor)
        return self.filter(
            own
            if own is not None
            else Q(organisation_id=actor.organisation_id or 0, sees=True, removed_on__isnull=True)
        )

    def present(self) -> Self:
        return self.filter(removed_on__isnull=True)
