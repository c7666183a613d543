"""Judgement about a cycle: how long, when, with which phases. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cohorts.rules.programmes import ProgrammeBounds

FARTHEST_START_DAYS = 730


class DateFault(StrEnum):
    ENDS_BEFORE_START = "ends_before_start"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_OLD = "too_old"
    TOO_FAR = "too_far"


def days_between(first: dt.date, last: dt.date) -> int:
    """Number of days from `first` to `last`, both counted."""
    return (last - first).days + 1


def duration_fault(first: dt.date, last: dt.date, bounds: ProgrammeBounds) -> DateFault | None:
    """What is wrong with the length of a cohort (inclusive days) of this programme, or None."""
    if last < first:
        return DateFault.ENDS_BEFORE_START
    days = days_between(first, last)
    if days < bounds.shortest_days:
        return DateFault.TOO_SHORT
    return DateFault.TOO_LONG if days > bounds.longest_days else None


def start_fault(first: dt.date, today: dt.date, bounds: ProgrammeBounds) -> DateFault | None:
    """Whether a first day is too old or too far to be anything but a slip of the hand.

    A cohort that began longer ago than the longest cycle is over: nothing is left to run.
    """
    if (today - first).days > bounds.longest_days:
        return DateFault.TOO_OLD
    return DateFault.TOO_FAR if (first - today).days > FARTHEST_START_DAYS else None


@dataclass(frozen=True, slots=True)
class PhaseShare:
    """A phase as a part of the cohort, in thousandths of its days.

    `days` fixes its length instead, `after` makes it begin so many days after the first.
    """

    kind: str
    begins: int
    ends: int
    days: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class DatedPhase:
    kind: str
    starts_on: dt.date
    ends_on: dt.date


def dated_phases(
    shares: tuple[PhaseShare, ...], first: dt.date, last: dt.date
) -> tuple[DatedPhase, ...]:
    """Lay the phases of a template between two days, both counted; every phase has a day at least."""
    total = days_between(first, last)
    return tuple(_dated(share, first, total) for share in shares)


def _dated(share: PhaseShare, first: dt.date, total: int) -> DatedPhase:
    begins = share.after or total * share.begins // 1000
    ends = begins + share.days - 1 if share.days else total * share.ends // 1000 - 1
    ends = min(max(ends, begins), total - 1)
    return DatedPhase(
        share.kind, first + dt.timedelta(days=begins), first + dt.timedelta(days=ends)
    )


def week_number(day: dt.date, first: dt.date, last: dt.date) -> tuple[int, int]:
    """(week of the cohort `day` falls in, number of weeks); the week is clamped to the cohort."""
    weeks = -(-days_between(first, last) // 7)
    return min(max((day - first).days // 7 + 1, 1), weeks), weeks
