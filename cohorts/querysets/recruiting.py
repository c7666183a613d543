"""Applications: who may see them, and what still waits."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from cohorts.enums import PartnershipRole
from cohorts.enums.recruiting import ANSWERED_STATES, ApplicationState
from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.delivery import DeliveryQuerySet, DeliveryStatus


def selection_scope(actor: Actor, path: str) -> Q:
    """Cohorts whose selection a seat takes part in: its coordinators, and the local committee.

    Dates of the partnership are judged by perms, which are given the day.
    """
    if actor.kind is SeatKind.COORDINATOR:
        return cohort_scope(actor, path)
    if actor.kind is not SeatKind.PARTNER:
        return Q(pk__in=[])
    own = {"organisation_id": actor.organisation_id, "role": PartnershipRole.LOCAL_COMMITTEE}
    return Q(**{f"{path}__partnerships__{name}": value for name, value in own.items()}) | Q(
        **{f"{path}__territory__partnerships__{name}": value for name, value in own.items()}
    )


class ApplicationQuerySet(CohortScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(
            pk__in=self.model._default_manager.filter(selection_scope(actor, "cohort")).values("pk")
        )

    def received(self) -> Self:
        return self.filter(state=ApplicationState.RECEIVED)

    def decided(self) -> Self:
        """Those who are to be told something."""
        return self.filter(state__in=ANSWERED_STATES)

    def unanswered(self) -> Self:
        """Nobody decided yet, or what was decided has not reached them. Erased ones wait no more."""
        told = self._written(answers__status=DeliveryStatus.DONE)
        return self.filter(
            Q(state=ApplicationState.RECEIVED)
            | Q(state__in=ANSWERED_STATES) & ~Q(pk__in=told.values("pk")),
            erased_at__isnull=True,
        )

    def untold(self) -> Self:
        """Decided, and not one message is written yet for that outcome."""
        written = self._written().values("pk")
        return self.decided().filter(erased_at__isnull=True).exclude(pk__in=written)

    def _written(self, **more: Any) -> models.QuerySet[Any]:
        """Applications an answer is written for, of the outcome that stands.

        In one filter: two would be met by two different answers.
        """
        found: models.QuerySet[Any] = self.model._default_manager.filter(
            answers__outcome=F("state"), **more
        )
        return found

    def standing(self) -> Self:
        return self.filter(erased_at__isnull=True)


class VoiceQuerySet(models.QuerySet[Any]):
    def loose(self, before: dt.datetime) -> Self:
        """Sent with a form that never came whole."""
        return self.filter(application__isnull=True, created_at__lt=before)


class OpinionQuerySet(models.QuerySet[Any]):
    def readable_by(self, actor: Actor) -> Self:
        """Coordinators read everybody's; others their own."""
        return self if actor.is_coordinator else self.filter(by_id=actor.person_id)


class AnswerQuerySet(DeliveryQuerySet):
    def of_cohort(self, cohort_id: int) -> Self:
        return self.filter(application__cohort_id=cohort_id)

    def letters(self) -> Self:
        return self.filter(way="letter")

    def sendable(self) -> Self:
        """What a worker sends: letters are posted by a hand."""
        return self.exclude(way="letter")

    def current(self) -> Self:
        """For the outcome that stands: an earlier one is history."""
        return self.filter(outcome=F("application__state"))
