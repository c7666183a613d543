"""Arithmetic and judgement about hours. Pure: no Django, no clock, no I/O."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

DAY_MINUTES = 24 * 60
# Adults under a CAPE have no statutory cap: these warn and never block.
DAY_WARNING_MINUTES = 10 * 60
WEEK_WARNING_MINUTES = 48 * 60


class Overwork(StrEnum):
    DAY = "day"
    WEEK = "week"


def overwork(*, day_minutes: int, week_minutes: int) -> list[Overwork]:
    """Say which totals pass what is reasonable: 10 h in a day, 48 h in a week."""
    found = []
    if day_minutes > DAY_WARNING_MINUTES:
        found.append(Overwork.DAY)
    if week_minutes > WEEK_WARNING_MINUTES:
        found.append(Overwork.WEEK)
    return found


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def sunday_of(day: dt.date) -> dt.date:
    return monday_of(day) + dt.timedelta(days=6)


def days_of_week(monday: dt.date) -> list[dt.date]:
    return [monday + dt.timedelta(days=number) for number in range(7)]


def mondays_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The Monday of every week that has a day between `first` and `last`, both included."""
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += dt.timedelta(days=7)


def nearest_day(day: dt.date, first: dt.date, last: dt.date) -> dt.date:
    """`day`, brought back between `first` and `last` when it falls outside."""
    return min(max(day, first), last)


def closing_batch(cohort_id: int) -> str:
    """Names, in `documents`, the papers given when a cohort closes."""
    return f"closing:{cohort_id}"
