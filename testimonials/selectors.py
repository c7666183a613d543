"""Reads. `words_for_home` is the only door to the public: it asks the consent of the day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from testimonials.models import Testimonial
from testimonials.rules import sensitive_words


@dataclass(frozen=True, slots=True)
class PublicWord:
    """What a stranger may read of a testimonial, and nothing else."""

    text: str
    signed_as: str
    place: str
    trade: str
    note: str


def words_for_home(*, day: dt.date, limit: int) -> list[PublicWord]:
    """Published testimonials whose consent holds on `day`, newest first. One query."""
    rows = Testimonial.objects.published_at_home(day).select_related("enrolment__cohort", "consent")
    return [
        PublicWord(
            text=row.text,
            signed_as=row.signed_as,
            place=row.enrolment.cohort.name,
            trade=row.trade,
            note=_("Publié avec son accord jusqu’au %(day)s.")
            % {"day": format_day(row.consent.expires_on)},
        )
        for row in rows[:limit]
    ]


def own_words(actor: Actor) -> QuerySet[Testimonial]:
    """The actor's own, newest first. One query."""
    return (
        Testimonial.objects.visible_to(actor).written_by(actor.person_id).select_related("consent")
    )


@dataclass(frozen=True, slots=True)
class WordToRead:
    testimonial: Testimonial
    warnings: list[str]


def words_of_cohort(actor: Actor, cohort_id: int) -> list[WordToRead]:
    """What the coordinator reads, those waiting first. One query."""
    rows = (
        Testimonial.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .waiting_first()
        .select_related("enrolment__person", "consent", "decided_by")
    )
    return [WordToRead(row, sensitive_words(row.text)) for row in rows]
