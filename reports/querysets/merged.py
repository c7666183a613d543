"""Which years of merged cohorts a seat reads."""

from typing import Any, Self

from django.db import models

from cohorts.models import Territory
from ct_platform.kit.actor import Actor


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """The network prepares them; the others read what is published."""
        if actor.is_network:
            return self
        return self.none() if actor.is_cooperant else self.published()

    def published(self) -> Self:
        return self.filter(publication__isnull=False)


class MergedSnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """The whole network, and the territories of one's seat, once published."""
        if actor.is_cooperant:
            return self.none()
        if actor.is_network:
            return self
        mine = Territory.objects.visible_to(actor)
        return self.published().filter(
            models.Q(territory__isnull=True) | models.Q(territory__in=mine.values("pk"))
        )

    def published(self) -> Self:
        return self.filter(edition__publication__isnull=False)
