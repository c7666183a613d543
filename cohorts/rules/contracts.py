"""Judgement about contracts: how long, and when a CAPE ends. Pure."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from cohorts.rules.contract_terms import is_longer_than

CONTRACT_MONTHS = 12  # CAPE: C. com. L127-2, twelve months at most


def contract_too_long(starts_on: dt.date, ends_on: dt.date) -> bool:
    """More than twelve months: a CAPE from 1 March ends on the last day of February at the latest."""
    return is_longer_than(starts_on, ends_on, CONTRACT_MONTHS)


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
