"""Judgement about sessions: half-days, series, what crosses what. Pure.

Hours are civil hours of Europe/Paris: a series at nine stays at nine when the clocks change.
"""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from ct_platform.kit.clock import PARIS

# Clocks change between two and three: no session stands there, so that no hour is double or missing.
EARLIEST, LATEST = dt.time(4, 0), dt.time(23, 45)
LONGEST_MINUTES = 360
SHORTEST_MINUTES = 15
MOST_IN_A_SERIES = 40


class SlotFault(StrEnum):
    BACKWARDS = "backwards"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    AT_NIGHT = "at_night"


def instant(day: dt.date, hour: dt.time) -> dt.datetime:
    """The instant of a civil hour in Paris."""
    return dt.datetime.combine(day, hour, tzinfo=PARIS)


def minutes_between(starts: dt.time, ends: dt.time) -> int:
    """Whole minutes from one hour to another of the same day."""
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


def slot_fault(starts: dt.time, ends: dt.time) -> SlotFault | None:
    """What is wrong with the hours of a half-day, or None. Six hours at most."""
    minutes = minutes_between(starts, ends)
    if minutes <= 0:
        return SlotFault.BACKWARDS
    if minutes < SHORTEST_MINUTES:
        return SlotFault.TOO_SHORT
    if minutes > LONGEST_MINUTES:
        return SlotFault.TOO_LONG
    return SlotFault.AT_NIGHT if starts < EARLIEST or ends > LATEST else None


def series_days(
    first: dt.date, *, until: dt.date, every_weeks: int = 1, skipped: Collection[dt.date] = ()
) -> list[dt.date]:
    """The days of a weekly series, `first` and `until` included, without the skipped ones."""
    step = dt.timedelta(weeks=every_weeks)
    days, day = [], first
    while day <= until:
        if day not in skipped:
            days.append(day)
        day += step
    return days


def cross(one: tuple[dt.time, dt.time], other: tuple[dt.time, dt.time]) -> bool:
    """Whether two stretches of one day overlap; ending when the other begins does not."""
    return one[0] < other[1] and other[0] < one[1]
