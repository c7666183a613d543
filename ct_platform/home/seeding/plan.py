"""When each cohort runs, where, and in which state it is today. Pure, the same for the same seed."""

import datetime as dt
import random
from dataclasses import dataclass

from cohorts.enums import CohortState
from ct_platform.kit.clock import monday_of

YEARS = 5
# Of a cohort, in weeks: 84 to 190 days is what the programme allows.
WEEKS = range(15, 27)
WEEKS_AT_WORK = 16
# A cohort closes for four weeks, then it is archived.
CLOSES_FOR = dt.timedelta(days=28)
ANNOUNCED_AHEAD = 45


@dataclass(frozen=True, slots=True)
class Plan:
    """One cohort to come: days inclusive."""

    index: int
    place: int  # of its territory, from 0
    starts_on: dt.date
    ends_on: dt.date
    state: CohortState

    @property
    def has_ended(self) -> bool:
        return self.state in (CohortState.CLOSING, CohortState.ARCHIVED)

    @property
    def has_begun(self) -> bool:
        return self.state != CohortState.RECRUITING


def plans(
    *, cohorts: int, per_territory: int, at_work: bool, today: dt.date, seed: str
) -> list[Plan]:
    """`cohorts` over the last five years, territory after territory, each territory's oldest first.

    `at_work`: all of them began some weeks ago and run today, for measures of the daily work.
    """
    found = []
    for index in range(cohorts):
        chance = random.Random(f"{seed}:plan:{index}")  # noqa: S311 - invented data, not a secret
        place, turn = divmod(index, per_territory)
        of_territory = min(per_territory, cohorts - place * per_territory)
        first, last = (
            _running(chance, today) if at_work else _dated(chance, today, turn, of_territory)
        )
        found.append(Plan(index, place, first, last, _state(first, last, today)))
    return found


def _running(chance: random.Random, today: dt.date) -> tuple[dt.date, dt.date]:
    first = monday_of(today) - dt.timedelta(days=7 * chance.randint(4, WEEKS_AT_WORK - 2))
    return first, first + dt.timedelta(days=7 * WEEKS_AT_WORK - 1)


def _dated(
    chance: random.Random, today: dt.date, turn: int, of_territory: int
) -> tuple[dt.date, dt.date]:
    """The cohorts of a territory share five years between them, the last one up to the weeks to come."""
    step = YEARS * 365 / of_territory
    newest = today + dt.timedelta(days=ANNOUNCED_AHEAD)
    back = step * (of_territory - turn - 1) + chance.random() * step
    first = monday_of(newest - dt.timedelta(days=int(back)))
    return first, first + dt.timedelta(days=7 * chance.choice(WEEKS) - 1)


def _state(first: dt.date, last: dt.date, today: dt.date) -> CohortState:
    if today < first:
        return CohortState.RECRUITING
    if today <= last:
        return CohortState.RUNNING
    return CohortState.CLOSING if today <= last + CLOSES_FOR else CohortState.ARCHIVED
