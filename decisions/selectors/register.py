"""The register: what was decided, and what was in force on a day."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from ct_platform.kit.actor import Actor
from decisions import effects
from decisions.models import Outcome


def in_force(cohort_id: int, law: str, day: dt.date) -> Outcome | None:
    """The decision that was the law on that subject on `day`, if it still was. Two queries."""
    return next((one for one in all_in_force(cohort_id, day) if one.law == law), None)


def all_in_force(cohort_id: int, day: dt.date) -> list[Outcome]:
    """The law on `day`: the latest decision begun on each subject, oldest first. Two queries.

    A decision that ended or was repealed leaves its subject empty: the one before does not come
    back. What is done once and over (letting somebody in) is no law.
    """
    own = Outcome.objects.of_cohort(cohort_id)
    held = set(own.in_force(day).values_list("pk", flat=True))
    begun = own.begun(day).select_related("winner", "poll__proposal").order_by("number")
    latest = {outcome.law: outcome for outcome in begun if not _is_act(outcome)}
    return sorted(
        (one for one in latest.values() if one.pk in held), key=lambda outcome: outcome.number
    )


def _is_act(outcome: Outcome) -> bool:
    effect = effects.find(outcome.poll.proposal.effect_code)
    return effect is not None and effect.act


def outcomes_of(actor: Actor, cohort_id: int) -> QuerySet[Any]:
    """Every decision of the cohort, latest first, with what a line of the register shows. One query."""
    return (
        Outcome.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .select_related("winner", "poll__proposal")
        .order_by("-number")
    )
