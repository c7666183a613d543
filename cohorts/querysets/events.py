"""Scoping of events and of the people met there: the coordination and the group, nobody else.

The host's seat works in the cohort for pay and contracts; addresses of third persons are not its
business, nor partners'.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.enums.events import ContactState, EventState, GuestAnswer, MessageKind
from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from ct_platform.kit.actor import Actor
from ct_platform.kit.delivery import DeliveryQuerySet, DeliveryStatus


def group_scope(actor: Actor, path: str) -> Q:
    """Rows of the cohorts of a coordinator or a coopérant, reached by `path`."""
    if actor.is_coordinator or actor.is_cooperant:
        return cohort_scope(actor, path)
    return Q(pk__in=[])


class EventQuerySet(CohortScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(group_scope(actor, self.cohort_path))

    def planned(self) -> Self:
        return self.filter(state=EventState.PLANNED)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Both days included."""
        return self.filter(day__gte=first, day__lte=last)

    def shown_to_all(self) -> Self:
        """What the public page may say: planned, and ticked by the coordination."""
        return self.planned().filter(is_public=True)


class GuestQuerySet(CohortScopedQuerySet):
    cohort_path = "event__cohort"

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(group_scope(actor, self.cohort_path))

    def standing(self) -> Self:
        return self.filter(erased_at__isnull=True)

    def coming(self, day: dt.date) -> Self:
        """Who said yes for that very day: a yes for another one is asked again."""
        return self.filter(answer=GuestAnswer.YES, answered_day=day)

    def not_invited(self) -> Self:
        return self.standing().exclude(messages__kind=MessageKind.INVITATION)


class MessageQuerySet(DeliveryQuerySet):
    def of_event(self, event_id: int) -> Self:
        return self.filter(guest__event_id=event_id, guest__erased_at__isnull=True)

    def letters(self) -> Self:
        return self.filter(way="letter")

    def sendable(self) -> Self:
        """What a worker sends: letters are posted by a hand."""
        return self.exclude(way="letter")

    def told(self) -> Self:
        """Arrived, or leaving at this very moment."""
        return self.filter(status__in=[DeliveryStatus.DONE, DeliveryStatus.RUNNING])


class ContactQuerySet(CohortScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The coordination sees all; the group what is kept, and each what they proposed."""
        found = self.filter(group_scope(actor, self.cohort_path))
        if actor.is_coordinator:
            return found
        return found.filter(Q(state=ContactState.KEPT) | Q(added_by_id=actor.person_id))

    def held_by(self, actor: Actor) -> Self:
        """In sight, or kept by this person from an earlier cohort."""
        mine = self.model._default_manager.filter(keepers__person_id=actor.person_id)
        seen = self.model._default_manager.all().visible_to(actor)
        return self.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=seen.values("pk")))

    def standing(self) -> Self:
        return self.filter(erased_at__isnull=True)


class KeptContactQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person_id=actor.person_id)
