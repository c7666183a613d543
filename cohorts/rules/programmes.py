"""What a kind of programme asks: how long, how many, of what age. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cohorts.rules.ages import ADULT_AGE, HIGHEST_AGE, add_months, age_on


@dataclass(frozen=True, slots=True)
class ProgrammeBounds:
    """Days are counted both ends included; ages are whole years on the first day, inclusive.

    `highest_age` None: no limit. `guardian_consent`: a minor enters with the dated agreement of a
    legal guardian. Whether the host takes minors is the host's own dated word (ContractTerms).
    """

    shortest_days: int
    longest_days: int
    lowest_age: int
    highest_age: int | None = None
    guardian_consent: bool = True


class AgeFault(StrEnum):
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    IMPOSSIBLE = "impossible"


def age_fault(born: dt.date, first: dt.date, bounds: ProgrammeBounds) -> AgeFault | None:
    """Why somebody born that day cannot begin on `first`, or None."""
    age = age_on(born, first)
    if age > HIGHEST_AGE:
        return AgeFault.IMPOSSIBLE
    if age < bounds.lowest_age:
        return AgeFault.TOO_YOUNG
    if bounds.highest_age is not None and age > bounds.highest_age:
        return AgeFault.TOO_OLD
    return None


def is_minor(born: dt.date | None, day: dt.date) -> bool:
    """Under eighteen on that day (C. civ. art. 388); an unknown birth date is nobody's minority."""
    return born is not None and age_on(born, day) < ADULT_AGE


def majority_day(born: dt.date) -> dt.date:
    """The eighteenth birthday; 1 March for who is born on 29 February."""
    day = add_months(born, 12 * ADULT_AGE)
    return day if age_on(born, day) == ADULT_AGE else day + dt.timedelta(days=1)
