"""Judgement about cohorts: how long, when, with which phases, how old. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_DAYS, LONGEST_DAYS = 84, 190  # three to six months, both days counted
# A cohort that began longer ago than the longest cycle is over: nothing is left to run.
OLDEST_START_DAYS = LONGEST_DAYS
FARTHEST_START_DAYS = 730
USUAL_SEATS = range(10, 19)  # about fifteen; outside, the page warns and goes on

CONTRACT_MONTHS = 12  # CAPE: C. com. L127-4, twelve months at most
LOWEST_AGE, ADULT_AGE, HIGHEST_AGE = 16, 18, 110


class DateFault(StrEnum):
    ENDS_BEFORE_START = "ends_before_start"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_OLD = "too_old"
    TOO_FAR = "too_far"


def days_between(first: dt.date, last: dt.date) -> int:
    """Number of days from `first` to `last`, both counted."""
    return (last - first).days + 1


def duration_fault(first: dt.date, last: dt.date) -> DateFault | None:
    """What is wrong with the length of a cohort (inclusive days), or None."""
    if last < first:
        return DateFault.ENDS_BEFORE_START
    days = days_between(first, last)
    if days < SHORTEST_DAYS:
        return DateFault.TOO_SHORT
    return DateFault.TOO_LONG if days > LONGEST_DAYS else None


def start_fault(first: dt.date, today: dt.date) -> DateFault | None:
    """Whether a first day is too old or too far to be anything but a slip of the hand."""
    if (today - first).days > OLDEST_START_DAYS:
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


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years. Who is born on 29 February is a year older on 1 March."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def contract_too_long(starts_on: dt.date, ends_on: dt.date) -> bool:
    """More than twelve months: a CAPE from 1 March ends on the last day of February at the latest."""
    return ends_on >= add_months(starts_on, CONTRACT_MONTHS)


CAPE_END_AHEAD_DAYS = 31  # an attestation of the end may be signed this long before


class EndFault(StrEnum):
    NO_TERM = "no_term"
    OUTSIDE = "outside"
    TOO_EARLY = "too_early"


def cape_end(terms: Sequence[tuple[dt.date, dt.date]], left_on: dt.date | None) -> dt.date:
    """The day a CAPE ends: as planned by its last term, or the day its holder left, if earlier.

    `terms` are inclusive (first, last) days, oldest first. Nobody leaves before the first day.
    """
    first, planned = terms[0][0], terms[-1][1]
    return planned if left_on is None else max(first, min(left_on, planned))


def cape_end_fault(
    terms: Sequence[tuple[dt.date, dt.date]], ended_on: dt.date, today: dt.date
) -> EndFault | None:
    """Why an attestation cannot say that the CAPE ends on that day, or None."""
    if not terms:
        return EndFault.NO_TERM
    if not terms[0][0] <= ended_on <= terms[-1][1]:
        return EndFault.OUTSIDE
    return EndFault.TOO_EARLY if (ended_on - today).days > CAPE_END_AHEAD_DAYS else None


def spaced_siret(siret: str) -> str:
    """A SIRET as papers carry it: "732 829 320 00074", never broken at the end of a line."""
    parts = (siret[:3], siret[3:6], siret[6:9], siret[9:])
    return "\N{NO-BREAK SPACE}".join(part for part in parts if part)
