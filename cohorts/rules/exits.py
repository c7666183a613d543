"""The category of an exit, derived from the raw situation and the length of the contract. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cohorts.enums.entry_files import ExitCategory, ExitStatus

# Exit data are collected within four weeks of leaving (FSE+; to confirm with the authority).
EXIT_DAYS = 28
LONG_CONTRACT_MONTHS = 6  # strictly more is durable
# Lengths are asked for these only.
TIMED = frozenset({ExitStatus.FIXED_TERM, ExitStatus.TEMPORARY})
DURABLE = frozenset({ExitStatus.OPEN_ENDED, ExitStatus.TENURE, ExitStatus.BUSINESS})
POSITIVE = frozenset({ExitStatus.QUALIFYING, ExitStatus.SIAE})
# Leavers taken out of the denominator; the list is the funder's to confirm.
NEUTRALISED = frozenset({ExitStatus.PREVENTED, ExitStatus.MOVED, ExitStatus.DEATH})
# "Sorties dynamiques". Calling all of them positive is a known abuse.
DYNAMIC = frozenset({ExitCategory.DURABLE, ExitCategory.TRANSITION, ExitCategory.POSITIVE})


def is_in_time(left_on: dt.date, known_on: dt.date) -> bool:
    """Whether an exit was observed within four weeks of leaving: later, its results count nowhere."""
    return known_on <= left_on + dt.timedelta(days=EXIT_DAYS)


class ExitDoubt(StrEnum):
    """What the funder or the coordinator must still settle about a category."""

    EXACTLY_SIX_MONTHS = "exactly_six_months"
    LENGTH_UNKNOWN = "length_unknown"
    NEUTRALISED_LIST = "neutralised_list"


@dataclass(frozen=True, slots=True)
class Outcome:
    category: ExitCategory
    doubt: ExitDoubt | None = None


def outcome_of(status: str, months: int | None = None, days: int = 0) -> Outcome:
    """The category of a raw situation; a fixed-term or interim contract lasts `months` and `days`.

    Strictly more than six months is durable; exactly six is transition, to be confirmed; an unknown
    length is transition until it is known. Raises ValueError for an unknown situation.
    Source: exit typology of the IAE, reused by funders (CT is not IAE).
    """
    known = ExitStatus(status)
    if known in NEUTRALISED:
        return Outcome(ExitCategory.NEUTRALISED, ExitDoubt.NEUTRALISED_LIST)
    if known in DURABLE:
        return Outcome(ExitCategory.DURABLE)
    if known in POSITIVE:
        return Outcome(ExitCategory.POSITIVE)
    if known in TIMED:
        return _by_length(months, days)
    return Outcome(ExitCategory.TRANSITION if known == ExitStatus.AIDED else ExitCategory.OTHER)


def _by_length(months: int | None, days: int) -> Outcome:
    if months is None:
        return Outcome(ExitCategory.TRANSITION, ExitDoubt.LENGTH_UNKNOWN)
    if (months, days) > (LONG_CONTRACT_MONTHS, 0):
        return Outcome(ExitCategory.DURABLE)
    exact = (months, days) == (LONG_CONTRACT_MONTHS, 0)
    return Outcome(ExitCategory.TRANSITION, ExitDoubt.EXACTLY_SIX_MONTHS if exact else None)
