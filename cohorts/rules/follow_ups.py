"""When news is asked after an exit, and what is counted of it. Pure.

Who is counted at N months: everybody whose N months have come, once per operation, refusals and
those nobody could reach included; neutralised exits are out. Source: FSE+, EECR05 and EECR06 (six
months after leaving), regulation (EU) 2021/1057, annex I; denominators: exit typology of the IAE.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.enums.entry_files import ExitCategory
from cohorts.rules.ages import add_months

MONTHS = (3, 6, 12)
# From these days on: one may phone a little early, write for a month, and open a link for two.
EARLY_DAYS, ASKED_FOR_DAYS, LINK_DAYS = 14, 30, 60
REMIND_AFTER_DAYS = 7  # once
LATE_DAYS = 14  # without an answer, it is for somebody to call
# A consent ends by itself two months after the last question.
CONSENT_MONTHS = 14
_FIRST_HOUR, _LAST_HOUR, _SUNDAY = 9, 19, 6


def due_days(last_day: dt.date) -> dict[int, dt.date]:
    """The day of each question, by months, from the last day in the cooperative."""
    return {months: add_months(last_day, months) for months in MONTHS}


def may_write_at(local: dt.datetime) -> bool:
    """From 9 h to 19 h, never on a Sunday: nobody's phone rings at night for a question."""
    return local.weekday() != _SUNDAY and _FIRST_HOUR <= local.hour < _LAST_HOUR


def is_late(due_on: dt.date, today: dt.date) -> bool:
    return today >= due_on + dt.timedelta(days=LATE_DAYS)


def link_ends(due_on: dt.date) -> dt.date:
    """The last day a link opens, included."""
    return due_on + dt.timedelta(days=LINK_DAYS)


@dataclass(frozen=True, slots=True)
class Case:
    """One question to one person. `category` None: no answer yet; `in_job` None: not known."""

    months: int
    due_on: dt.date
    category: ExitCategory | None = None
    in_job: bool | None = None
    help_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """Of those whose months have come: how many answered, what they do, how many work."""

    months: int
    due: int
    answered: int
    in_job: int
    categories: dict[ExitCategory, int]

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded half up; None while nobody's months have come."""
        return (200 * self.answered + self.due) // (2 * self.due) if self.due else None


def rate_of(cases: Iterable[Case], months: int, today: dt.date) -> Rate:
    """The figures at N months. Who answered a little early counts from the day it was due."""
    due = [one for one in cases if one.months == months and one.due_on <= today]
    told = [one for one in due if one.category is not None]
    return Rate(
        months=months,
        due=len(due),
        answered=len(told),
        in_job=sum(one.in_job is True for one in told),
        categories={
            category: sum(one.category == category for one in told) for category in ExitCategory
        },
    )
