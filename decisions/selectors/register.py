"""The register: what was decided, and what was in force on a day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from ct_platform.kit.actor import Actor
from ct_platform.kit.models import TransitionLog
from decisions import effects
from decisions.enums import PollState
from decisions.models import Outcome, Poll
from decisions.querysets import LOOK_AHEAD
from members.models import Person


def in_force(cohort_id: int, law: str, day: dt.date) -> Outcome | None:
    """The decision that was the law on that subject on `day`, if it still was. One query."""
    return next((one for one in all_in_force(cohort_id, day) if one.law == law), None)


def all_in_force(cohort_id: int, day: dt.date) -> list[Outcome]:
    """The law on `day`, oldest decision first. One query."""
    adopted = Outcome.objects.of_cohort(cohort_id).adopted()
    return law_among(adopted.select_related("winner", "poll__proposal"), day)


def law_among(register: Iterable[Outcome], day: dt.date) -> list[Outcome]:
    """The law on `day` among the decisions of a whole cohort: the latest begun on each subject. No query.

    A decision that ended or was repealed leaves its subject empty: the one before does not come
    back. What is done once and over (letting somebody in) is no law.
    """
    begun = sorted((one for one in register if one.has_begun(day)), key=lambda one: one.number)
    repealed = {one.repeals_id for one in begun}
    latest = {one.law: one for one in begun if not _is_act(one)}
    held = (one for one in latest.values() if one.pk not in repealed)
    lasting = [one for one in held if one.ends_on is None or one.ends_on >= day]
    return sorted(lasting, key=lambda one: one.number)


def _is_act(outcome: Outcome) -> bool:
    effect = effects.find(outcome.poll.proposal.effect_code)
    return effect is not None and effect.act


def outcomes_of(actor: Actor, cohort_id: int) -> QuerySet[Any]:
    """Every decision of the cohort, latest first, with what a line of the register shows. One query.

    `closed_by`: who closed the vote; a name for those closed before their hour by somebody.
    """
    closed = TransitionLog.objects.filter(
        model=Poll._meta.label_lower, row_id=OuterRef("poll_id"), new=PollState.CLOSED
    )
    called = Coalesce(NullIf("used_name", Value("")), "first_name")
    name = Concat(called, Value(" "), "last_name")
    closer = Person.objects.filter(pk=OuterRef("closer_id")).values_list(name)
    lines: QuerySet[Any] = (
        Outcome.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .select_related("winner", "poll__proposal")
        .annotate(closer_id=Subquery(closed.values("by_person_id")[:1]))
        .annotate(closed_by=Subquery(closer[:1]))
        .order_by("-number")
    )
    return lines


def closed_by(poll: Poll) -> str:
    """Who closed a vote, as its minutes name them; "" when it was the clock. One query."""
    closed = TransitionLog.objects.filter(
        model=Poll._meta.label_lower, row_id=poll.pk, new=PollState.CLOSED
    )
    closer = Person.objects.filter(pk__in=closed.values("by_person_id")).first()
    return closer.civil_name if closer else ""


def blocked_of(register: Iterable[Outcome]) -> list[Outcome]:
    """Of the register, decisions not applied, or not whole, oldest first: each is a task."""
    return sorted((one for one in register if one.waits), key=lambda one: one.number)


def to_look_at(held: Iterable[Outcome], day: dt.date) -> list[Outcome]:
    """Of decisions in force, those whose review is within two weeks of `day` or late, soonest first."""
    limit = day + LOOK_AHEAD
    due = [one for one in held if one.review_on is not None and one.review_on <= limit]
    return sorted(due, key=lambda one: (one.review_on or day, one.number))
