"""Whether somebody is asked for their story today."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from testimonials.enums import Said, TestimonialState
from testimonials.models import AskAnswer, Testimonial
from testimonials.rules.asking import Heard, Moment, asks_on, moment_of


def own_stay(actor: Actor) -> Enrolment | None:
    """The actor's enrolment with its cohort, and whether they told or answered something. One query."""
    rows = Enrolment.objects.visible_to(actor).filter(pk=actor.enrolment_id or 0)
    found: Enrolment | None = _known(rows).select_related("cohort").first()
    return found


def asked_of(enrolment: Enrolment, today: dt.date) -> Moment | None:
    """The moment for which they are asked on `today`.

    No query for `own_stay` outside the moments, nor within for who never answered; else two at most.
    """
    last_day = enrolment.left_on or enrolment.cohort.ends_on
    if moment_of(last_day, today) is None:
        return None
    if not hasattr(enrolment, "told_story"):
        enrolment = _known(Enrolment.objects.filter(pk=enrolment.pk)).get()
    heard = _heard(enrolment.person_id) if enrolment.answered_ask else Heard()  # type: ignore[attr-defined]
    return asks_on(last_day, today, heard, told=enrolment.told_story)  # type: ignore[attr-defined]


def _known(rows: "QuerySet[Enrolment]") -> "QuerySet[Enrolment]":
    told = Testimonial.objects.exclude(state=TestimonialState.WITHDRAWN).filter(
        enrolment__person=OuterRef("person")
    )
    answered = AskAnswer.objects.filter(enrolment__person=OuterRef("person"))
    return rows.annotate(told_story=Exists(told), answered_ask=Exists(answered))


def _heard(person_id: int) -> Heard:
    said = list(AskAnswer.objects.filter(enrolment__person_id=person_id).values_list("said", "at"))
    return Heard(
        laters=sorted(civil_day(at) for what, at in said if what == Said.LATER),
        never=any(what == Said.NEVER for what, _at in said),
    )
