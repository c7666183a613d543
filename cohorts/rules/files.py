"""When a file is frozen, and what a change then is. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence

from cohorts.enums.entry_files import MISSING


def entry_day(
    contract_starts: Sequence[dt.date], cohort_starts_on: dt.date, cohort_ends_on: dt.date
) -> dt.date:
    """The first day of the action for somebody: that of their first contract, within the cohort."""
    first = min(contract_starts, default=cohort_starts_on)
    return min(max(first, cohort_starts_on), cohort_ends_on)


def is_frozen(entered_on: dt.date, today: dt.date) -> bool:
    """From the day after the entry, an answer given stands; the day itself still lets one rub out."""
    return today > entered_on


def corrections(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Answers already given (a refusal is one) that would say something else."""
    return tuple(
        code for code, answer in after.items() if before.get(code, MISSING) not in (MISSING, answer)
    )
