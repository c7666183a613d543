"""Scoping: which rows a seat may see. Every other app's `visible_to` is built on these."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cohorts.enums import CohortState, EnrolmentState
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor, SeatKind

# Seats that work inside a cohort; partners and the network read reports, never its rows.
INSIDE = frozenset({SeatKind.COORDINATOR, SeatKind.COOPERANT, SeatKind.HOST})


def cohort_scope(actor: Actor, path: str) -> Q:
    """Rows of the cohorts an inside seat works with, reached by `path` ("cohort", "poll__cohort"…)."""
    match actor.kind:
        case SeatKind.COORDINATOR:
            return Q(**{f"{path}__territory_id": actor.territory_id})
        case SeatKind.COOPERANT:
            return Q(**{f"{path}_id": actor.cohort_id})
        case SeatKind.HOST:
            return Q(**{f"{path}__host_id": actor.organisation_id})
        case _:
            return Q(pk__in=[])


class TerritoryQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(pk=actor.territory_id)
            case SeatKind.NETWORK:
                return self
            case _:
                # A partner of a whole territory reads it before its first cohort is announced.
                own = Q(pk__in=_cohorts_of(actor).order_by().values("territory"))
                if actor.kind is SeatKind.PARTNER:
                    followed = partnerships_of(actor).filter(territory__isnull=False)
                    own |= Q(pk__in=followed.values("territory"))
                return self.filter(own)


class OrganisationQuerySet(models.QuerySet[Any]):
    def hosts(self) -> Self:
        return self.filter(kind="host")

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind in (SeatKind.NETWORK, SeatKind.COORDINATOR):
            return self
        return self.filter(pk=actor.organisation_id)


class SeatQuerySet(models.QuerySet[Any]):
    def in_force(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class CohortQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(territory_id=actor.territory_id)
            case SeatKind.COOPERANT:
                return self.filter(pk=actor.cohort_id)
            case SeatKind.HOST:
                return self.filter(host_id=actor.organisation_id)
            case SeatKind.PARTNER:
                # Lists of keys: a join would give a cohort once for each way that leads to it. What began
                # after a partnership of a territory was over is not its partner's.
                followed = partnerships_of(actor)
                there = followed.filter(territory__isnull=False)
                over = there.filter(
                    territory=OuterRef("territory"), ends_on__gte=OuterRef("starts_on")
                )
                return self.filter(
                    Q(pk__in=followed.filter(cohort__isnull=False).values("cohort"))
                    | Q(territory__in=there.filter(ends_on__isnull=True).values("territory"))
                    | Q(Exists(over))
                )
            case SeatKind.NETWORK:
                return self

    def public(self) -> Self:
        """What the public site may name: recruiting or at work, never a draft."""
        return self.filter(
            state__in=[CohortState.RECRUITING, CohortState.RUNNING], hidden_from_site=False
        )

    def remembered(self) -> Self:
        """Those that ended, and whose page the coordination left on the public site."""
        return self.filter(
            state__in=[CohortState.CLOSING, CohortState.ARCHIVED], hidden_from_site=False
        )

    def recruiting(self) -> Self:
        return self.filter(state=CohortState.RECRUITING)


def partnerships_of(actor: Actor) -> models.QuerySet[Any]:
    """Partnerships of a partner that began, over or not: what is signed ahead opens nothing before its first day."""
    from cohorts.models import Partnership

    own = Partnership.objects.filter(organisation_id=actor.organisation_id or 0)
    return own.filter(starts_on__lte=clock.today()).order_by()


def _cohorts_of(actor: Actor) -> models.QuerySet[Any]:
    from cohorts.models import Cohort

    return Cohort.objects.visible_to(actor)


class CohortScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to a cohort, reached through `cohort_path`."""

    cohort_path = "cohort"

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(cohort_scope(actor, self.cohort_path))

    def of_cohort(self, cohort_id: int) -> Self:
        return self.filter(**{f"{self.cohort_path}_id": cohort_id})


class EnrolmentScopedQuerySet(CohortScopedQuerySet):
    """Rows that belong to a cohort through somebody's enrolment."""

    cohort_path = "enrolment__cohort"


class EnrolmentQuerySet(CohortScopedQuerySet):
    def active(self) -> Self:
        return self.filter(state=EnrolmentState.ACTIVE)

    def selected(self) -> Self:
        """Chosen to enter, and not in yet."""
        return self.filter(state=EnrolmentState.SELECTED)

    def entitled_to_vote(self, day: dt.date) -> Self:
        """Active, and the date from which they vote has come."""
        return self.active().filter(votes_from__lte=day)


class MandateQuerySet(EnrolmentScopedQuerySet):
    def in_force(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def held(self, day: dt.date) -> Self:
        """In force, by somebody who is still in the cooperative."""
        return self.in_force(day).filter(enrolment__state=EnrolmentState.ACTIVE)
