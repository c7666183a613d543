import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from cohorts.models import Cohort, PartnerSeat, Partnership
from cohorts.querysets import partnerships_of
from ct_platform.kit.actor import Actor, SeatKind
from reports.enums import AT_HOME, OUT, STANDING, ReportState, TokenState

# Seats of an organisation that reads reports, asks and accepts.
READERS = frozenset({SeatKind.PARTNER, SeatKind.HOST})


def _scope(actor: Actor) -> models.Q:
    if actor.kind is SeatKind.COOPERANT:
        return models.Q(pk__in=[])
    return models.Q(cohort__in=Cohort.objects.visible_to(actor))


def in_time(actor: Actor, sent_at: str) -> models.Q:
    """Reports sent while a partnership lasted: its partner keeps them, and reads none sent later.

    `sent_at`: the path to the moment of sending, from a row that has a `cohort`. All, for other seats.
    """
    if not actor.is_partner:
        return models.Q()
    around = partnerships_of(actor).filter(
        models.Q(cohort=OuterRef("cohort")) | models.Q(territory=OuterRef("cohort__territory"))
    )
    lasted = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=OuterRef(f"{sent_at}__date"))
    return models.Q(Exists(around.filter(lasted)))


class SnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """All of theirs to the coordination; what was sent to hosts, partners, network. Not coopérants."""
        found = self.filter(_scope(actor))
        if actor.is_coordinator:
            return found
        return found.filter(in_time(actor, "report__sent_at"), report__state__in=OUT)

    def that_count(self) -> Self:
        """What the next report is compared with: all that left or may still leave."""
        return self.exclude(report__state=ReportState.DROPPED)

    def standing(self) -> Self:
        return self.filter(report__state__in=STANDING)


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        found = self.filter(_scope(actor))
        if actor.is_coordinator:
            return found
        return found.filter(in_time(actor, "sent_at"), state__in=OUT)

    def with_open_questions(self) -> Self:
        """Reports on which a partner still waits for an answer."""
        from reports.models import Question  # models read this file

        return self.filter(Exists(Question.objects.filter(report=OuterRef("pk")).unanswered()))


class QuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A question stays between the organisation that asked and the coordination."""
        if actor.is_coordinator:
            return self.filter(report__cohort__territory_id=actor.territory_id)
        if actor.kind in READERS:
            return self.filter(organisation_id=actor.organisation_id, report__state__in=OUT)
        return self.none()

    def unanswered(self) -> Self:
        return self.filter(answers__isnull=True)


class RequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_coordinator:
            return self.filter(cohort__territory_id=actor.territory_id)
        if actor.kind in READERS:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()

    def waiting(self) -> Self:
        """Nobody prepared it yet."""
        return self.filter(report__isnull=True)

    def unsent(self) -> Self:
        """Not received yet, whether or not somebody is reading it again."""
        return self.filter(models.Q(report__isnull=True) | models.Q(report__state__in=AT_HOME))


class ShareLinkQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A link is seen by the coordination and by the organisation it is printed for."""
        if actor.is_coordinator:
            return self.filter(report__cohort__territory_id=actor.territory_id)
        if actor.kind in READERS:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class ApiTokenQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of one's organisation; all of them to the network, which may close one."""
        if actor.is_network:
            return self
        if actor.is_partner:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()

    def open_on(self, day: dt.date) -> Self:
        return self.filter(state=TokenState.OPEN, expires_on__gte=day)

    def with_standing(self, day: dt.date) -> Self:
        """`has_seat`: who made it still sits there, account open; `has_partnership`: it still follows something."""
        seats = PartnerSeat.objects.in_force(day).filter(
            organisation_id=OuterRef("organisation_id"), person_id=OuterRef("made_by_id"),
            person__user__is_active=True,
        )  # fmt: skip
        followed = partnerships_in_force(day).filter(organisation_id=OuterRef("organisation_id"))
        return self.annotate(has_seat=Exists(seats), has_partnership=Exists(followed))


def partnerships_in_force(day: dt.date) -> models.QuerySet[Any]:
    return Partnership.objects.filter(starts_on__lte=day).exclude(ends_on__lt=day)
