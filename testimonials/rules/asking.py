"""When somebody is asked for their story, and when no more. Pure.

At the end of the cohort and beside the news of three, six and twelve months; each time once, and
once again a week after "later". "Never" is never. Who already told something is not asked.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cohorts.rules.follow_ups import due_days

BEFORE_DAYS, ASKED_DAYS, AGAIN_AFTER_DAYS = 14, 30, 7


class Moment(StrEnum):
    END = "end"
    MONTHS_3 = "3"
    MONTHS_6 = "6"
    MONTHS_12 = "12"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was answered so far: the days of each "later", and whether it was "never"."""

    laters: Sequence[dt.date] = ()
    never: bool = False


def moment_of(last_day: dt.date, today: dt.date) -> tuple[Moment, dt.date] | None:
    """The moment that `today` falls in and its first day; None in between."""
    firsts = {Moment.END: last_day - dt.timedelta(days=BEFORE_DAYS)}
    firsts |= {Moment(str(months)): day for months, day in due_days(last_day).items()}
    lasts = {one: first + dt.timedelta(days=ASKED_DAYS) for one, first in firsts.items()}
    lasts[Moment.END] = last_day + dt.timedelta(days=ASKED_DAYS)
    return next(((one, firsts[one]) for one in firsts if firsts[one] <= today <= lasts[one]), None)


def asks_on(last_day: dt.date, today: dt.date, heard: Heard, *, told: bool) -> Moment | None:
    """The moment for which somebody is asked on `today`, or None."""
    found = moment_of(last_day, today)
    if found is None or told or heard.never:
        return None
    moment, first = found
    laters = [day for day in heard.laters if day >= first]
    if len(laters) > 1:
        return None
    if laters and today < laters[0] + dt.timedelta(days=AGAIN_AFTER_DAYS):
        return None
    return moment
