from typing import Any, Self

from django.db import models

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor, SeatKind


class SnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Coordinators and hosts of the cohort, partners who follow it, the network. Not coopérants."""
        if actor.kind is SeatKind.COOPERANT:
            return self.none()
        return self.filter(cohort__in=Cohort.objects.visible_to(actor))
