"""Kinds of programmes: which are offered, and whose."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from ct_platform.kit.actor import Actor, SeatKind


class ProgrammeQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """The network's, and the host's own; coordinators and the network see every host's."""
        if actor.kind in (SeatKind.COORDINATOR, SeatKind.NETWORK):
            return self
        return self.filter(
            Q(organisation__isnull=True) | Q(organisation_id=actor.organisation_id or 0)
        )

    def of_network(self) -> Self:
        return self.filter(organisation__isnull=True)

    def offered(self) -> Self:
        """Still proposed to new cooperatives."""
        return self.filter(closed_on__isnull=True)

    def offered_or(self, kept_id: int) -> Self:
        """Those offered, and the one a cooperative already has."""
        return self.filter(Q(closed_on__isnull=True) | Q(pk=kept_id))

    def own_of(self, organisation_id: int | None) -> Self:
        return self.filter(organisation_id=organisation_id or 0)
