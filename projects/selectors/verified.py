"""Sums of hours: minutes only, from stored rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from projects.models import WorkEntry
from projects.rules import sunday_of


def minutes_by_person_and_kind(
    cohort_id: int, first: dt.date, last: dt.date
) -> dict[int, dict[str, int]]:
    """Verified minutes from `first` to `last` (both included), by enrolment key then kind of work.

    Who has none is absent. One query.
    """
    rows = (
        WorkEntry.objects.of_cohort(cohort_id)
        .verified()
        .between(first, last)
        .order_by()
        .values("enrolment_id", "kind")
        .annotate(total=Sum("minutes"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["enrolment_id"]][row["kind"]] = row["total"]
    return dict(found)


def minutes_by_kind(enrolment_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """All verified minutes of some enrolments, by enrolment key then kind of work. One query."""
    rows = (
        WorkEntry.objects.verified()
        .filter(enrolment_id__in=list(enrolment_ids))
        .order_by()
        .values("enrolment_id", "kind")
        .annotate(total=Sum("minutes"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["enrolment_id"]][row["kind"]] = row["total"]
    return dict(found)


def minutes_by_month(enrolment_ids: Iterable[int]) -> dict[int, dict[dt.date, dict[str, int]]]:
    """All verified minutes of some enrolments, by enrolment key, first day of the month, kind. One query."""
    rows = (
        WorkEntry.objects.verified()
        .filter(enrolment_id__in=list(enrolment_ids))
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values("enrolment_id", "month", "kind")
        .annotate(total=Sum("minutes"))
    )
    found: dict[int, dict[dt.date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row["enrolment_id"]][row["month"]][row["kind"]] = row["total"]
    return {key: dict(sorted(months.items())) for key, months in found.items()}


def hours_this_week_by_trade(cohort_id: int, monday: dt.date) -> dict[str, int]:
    """Minutes noted in the week of `monday` (confirmed or not, nothing struck out), by trade.

    Work outside any line of business (meetings, training) stands under "". One query.
    """
    rows = (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .between(monday, sunday_of(monday))
        .order_by()
        .values("project__trade")
        .annotate(total=Sum("minutes"))
    )
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["project__trade"] or ""] += row["total"]
    return dict(found)
