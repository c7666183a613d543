import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from ct_platform.kit.actor import Actor, SeatKind


class HostOwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        match actor.kind:
            case SeatKind.HOST:
                return self.filter(host_id=actor.organisation_id)
            case SeatKind.COORDINATOR:
                return self.filter(host__hosted_cohorts__territory_id=actor.territory_id).distinct()
            case _:
                return self.none()

    def in_force(self, day: dt.date) -> Self:
        """Latest first: take the first row."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-id")


class OwnPayQuerySet(CohortScopedQuerySet):
    """Pay of one person: seen by that person, the coordinator and the host, never by a co-worker."""

    enrolment_path = "enrolment"

    def visible_to(self, actor: Actor) -> Self:
        own = Q(**{f"{self.enrolment_path}__person_id": actor.person_id})
        if actor.kind in (SeatKind.COORDINATOR, SeatKind.HOST):
            return self.filter(own | cohort_scope(actor, self.cohort_path))
        return self.filter(own)


class StaffPayQuerySet(CohortScopedQuerySet):
    """Runs show everybody's pay: staff only."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind in (SeatKind.COORDINATOR, SeatKind.HOST):
            return self.filter(cohort_scope(actor, self.cohort_path))
        return self.none()


class ShareQuerySet(OwnPayQuerySet):
    cohort_path = "run__cohort"


class PayslipQuerySet(OwnPayQuerySet):
    cohort_path = "share__run__cohort"
    enrolment_path = "share__enrolment"


class AccountEntryQuerySet(OwnPayQuerySet):
    cohort_path = "enrolment__cohort"
