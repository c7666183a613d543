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


MIDNIGHT = 24 * 60


def format_time(minute_of_day: int) -> str:
    """A time of day as people say it: 540 → "9 h", 755 → "12 h 35"; past midnight it starts again."""
    hours, minutes = divmod(minute_of_day % MIDNIGHT, 60)
    return f"{hours}\u00a0h\u00a0{minutes:02d}" if minutes else f"{hours}\u00a0h"


def format_span(starts_at: int, minutes: int) -> str:
    """ "9 h à 12 h 30": from a minute of the day, and for how many minutes."""
    return f"{format_time(starts_at)} à {format_time(starts_at + minutes)}"


def cross(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans of one day (minute of the day, minutes) share a moment; touching is not crossing."""
    return first[0] < second[0] + second[1] and second[0] < first[0] + first[1]


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
