"""Who reads lines of funding: the coordination of the territory, the network, and whoever funds."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from ct_platform.kit.actor import Actor, SeatKind
from reports.enums.funding import WON, DueState, FundingState


def _seen_by(actor: Actor, territory: str, organisation: str) -> Q:
    match actor.kind:
        case SeatKind.COORDINATOR:
            return Q(**{territory: actor.territory_id})
        case SeatKind.NETWORK:
            return Q()
        case SeatKind.PARTNER:
            return Q(**{organisation: actor.organisation_id})
        case _:
            return Q(pk__in=[])


class OperationQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A partner sees the operations it funds, and those it is the authority of."""
        if actor.kind is SeatKind.PARTNER:
            funded = Q(lines__organisation_id=actor.organisation_id)
            return self.filter(funded | Q(authority_id=actor.organisation_id)).distinct()
        return self.filter(_seen_by(actor, "territory_id", ""))


class FundingLineQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """All of its territory to the coordination, all to the network, its own to a funder."""
        return self.filter(_seen_by(actor, "territory_id", "organisation_id"))

    def won(self) -> Self:
        return self.filter(state__in=WON)


class OfLineQuerySet(models.QuerySet[Any]):
    """What hangs from a line."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_seen_by(actor, "line__territory_id", "line__organisation_id"))


class ShareQuerySet(OfLineQuerySet):
    def won(self) -> Self:
        return self.filter(line__state__in=WON)


class DueQuerySet(OfLineQuerySet):
    def expected(self) -> Self:
        """Still to hand over, of lines that are alive."""
        return self.filter(state=DueState.EXPECTED).exclude(
            line__state__in=[FundingState.REFUSED, FundingState.DROPPED]
        )

    def due_before(self, day: dt.date) -> Self:
        return self.expected().filter(due_on__lte=day)


class CostQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """What the coordination spends by kind names its two people: never a funder's to read."""
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(cohort__territory_id=actor.territory_id)
            case SeatKind.NETWORK:
                return self
            case _:
                return self.none()

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def standing_at(self, at: dt.datetime | None) -> Self:
        """Those noted by that moment and not withdrawn then; none without a moment."""
        if at is None:
            return self.none()
        return self.filter(recorded_at__lte=at).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
        )
