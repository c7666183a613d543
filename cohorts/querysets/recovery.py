"""Requests of people who can no longer enter: who sees which."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.enums.recovery import UNDERWAY, WAITING, RecoveryState
from ct_platform.kit.actor import Actor, SeatKind


class RecoveryQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Until somebody says who it is: the territory and the hosts it was sent to. After: those of
        the person's own cohorts, archived or not, and nobody else."""
        match actor.kind:
            case SeatKind.COORDINATOR:
                sent = Q(cohorts__territory_id=actor.territory_id) | Q(
                    territory_id=actor.territory_id
                )
                own = Q(person__enrolments__cohort__territory_id=actor.territory_id)
            case SeatKind.HOST:
                sent = Q(cohorts__host_id=actor.organisation_id)
                own = Q(person__enrolments__cohort__host_id=actor.organisation_id)
            case _:
                return self.none()
        seen = Q(person__isnull=True) & sent | Q(person__isnull=False) & own
        return self.filter(pk__in=self.model._default_manager.filter(seen).values("pk"))

    def received(self) -> Self:
        return self.filter(state=RecoveryState.RECEIVED)

    def underway(self) -> Self:
        return self.filter(state__in=UNDERWAY)

    def waiting(self) -> Self:
        """Somebody of the staff still has something to do."""
        return self.filter(state__in=WAITING)

    def over(self) -> Self:
        return self.exclude(state__in=WAITING)

    def homeless(self) -> Self:
        """Sent to nobody yet: the operator routes them."""
        return self.received().filter(territory__isnull=True, cohorts__isnull=True)

    def same_name(self, request: Any) -> Self:
        """Other requests that still wait under the same name and birth date."""
        same = self.waiting().filter(search_key=request.search_key, birth_date=request.birth_date)
        return same.exclude(pk=request.pk)

    def to_erase(self, before: dt.datetime) -> Self:
        return self.over().filter(erased_at__isnull=True, closed_at__lt=before)
