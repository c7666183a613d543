"""Whether somebody is asked for their story today."""

import datetime as dt

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from testimonials.enums import Said, TestimonialState
from testimonials.models import AskAnswer, Testimonial
from testimonials.rules.asking import Heard, Moment, asks_on, moment_of


def ask_now(actor: Actor, today: dt.date) -> Moment | None:
    """The moment for which this coopérant is asked. One query outside the moments, three within."""
    rows = Enrolment.objects.visible_to(actor).filter(pk=actor.enrolment_id or 0)
    enrolment = rows.select_related("cohort").first()
    return asked_of(enrolment, today) if enrolment is not None else None


def asked_of(enrolment: Enrolment, today: dt.date) -> Moment | None:
    last_day = enrolment.left_on or enrolment.cohort.ends_on
    if moment_of(last_day, today) is None:
        return None
    told = Testimonial.objects.exclude(state=TestimonialState.WITHDRAWN).written_by(
        enrolment.person_id
    )
    if told.exists():
        return None
    answers = AskAnswer.objects.filter(enrolment__person_id=enrolment.person_id)
    said = list(answers.values_list("said", "at"))
    heard = Heard(
        laters=sorted(civil_day(at) for what, at in said if what == Said.LATER),
        never=any(what == Said.NEVER for what, _at in said),
    )
    return asks_on(last_day, today, heard, told=False)
