"""Versions of a file: a newer row follows an older one, and nothing is edited."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from cohorts.querysets import EnrolmentScopedQuerySet
from ct_platform.kit.actor import Actor, SeatKind


class FileVersionQuerySet(EnrolmentScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The coordinator of the cohort, and the person themself. Not the host, not the group."""
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(enrolment__cohort__territory_id=actor.territory_id)
            case SeatKind.COOPERANT:
                return self.filter(enrolment_id=actor.enrolment_id)
            case _:
                return self.none()

    def current(self) -> Self:
        """The last version of each enrolment."""
        newer = self.model._default_manager.filter(
            enrolment_id=OuterRef("enrolment_id"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))


class QuarterQuerySet(models.QuerySet[Any]):
    def of_vintage(self, vintage: int) -> Self:
        return self.filter(vintage=vintage)

    def of_commune(self, insee: str) -> Self:
        """Codes are kept between spaces, so that one never matches the middle of another."""
        return self.filter(insee_codes__contains=f" {insee} ") if insee else self.none()

    def around(self, longitude: Decimal, latitude: Decimal) -> Self:
        """Quarters whose box holds the point: the few worth a closer look."""
        return self.filter(
            west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude
        )
