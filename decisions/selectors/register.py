"""The register: what was decided, and what was in force on a day."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from ct_platform.kit.actor import Actor
from decisions.models import Outcome


def in_force(cohort_id: int, law: str, day: dt.date) -> Outcome | None:
    """The decision that was the law on that subject on `day`: the latest of those begun. One query."""
    found: Outcome | None = (
        Outcome.objects.of_cohort(cohort_id)
        .in_force(day)
        .filter(law=law)
        .select_related("winner", "poll__proposal")
        .order_by("-number")
        .first()
    )
    return found


def all_in_force(cohort_id: int, day: dt.date) -> list[Outcome]:
    """The law on `day`: the latest decision on each subject, oldest first. One query."""
    rows = (
        Outcome.objects.of_cohort(cohort_id)
        .in_force(day)
        .select_related("winner", "poll__proposal")
        .order_by("number")
    )
    latest = {outcome.law: outcome for outcome in rows}
    return sorted(latest.values(), key=lambda outcome: outcome.number)


def outcomes_of(actor: Actor, cohort_id: int) -> QuerySet[Any]:
    """Every decision of the cohort, latest first, with what a line of the register shows. One query."""
    return (
        Outcome.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .select_related("winner", "poll__proposal")
        .order_by("-number")
    )
