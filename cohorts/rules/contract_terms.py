"""Judgement about the terms of a contract: how long, how many, one after the other, for whom. Pure."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from cohorts.rules.ages import ADULT_AGE, add_months, age_on
from cohorts.rules.contract_kinds import Nature

Term = tuple[dt.date, dt.date]  # first and last day, both counted

LOWEST_AGE = 16  # nobody works younger: C. trav. L4153-1


class TermFault(StrEnum):
    REVERSED = "reversed"
    TOO_LONG = "too_long"
    OVERLAP = "overlap"
    ONE_TOO_MANY = "one_too_many"


def is_longer_than(starts_on: dt.date, ends_on: dt.date, months: int) -> bool:
    """Whether a term lasts more than so many months: from 1 March, twelve end on the last of February."""
    return ends_on >= add_months(starts_on, months)


def term_fault(
    nature: Nature,
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    others: Sequence[Term] = (),
    renewals_before: int | None = None,
    most_months: int | None = None,
    most_renewals: int | None = None,
) -> TermFault | None:
    """Why a term cannot be, or None. `others` are the person's other terms that stand, early ends counted.

    `renewals_before`: how many renewals the contract has had, when this term renews it; None for a
    first term. `most_months` and `most_renewals` are the host's own limits: they can only be stricter
    than the law. Source: C. com. L127-2: twelve months at most, renewed twice, even if all are short.
    """
    if ends_on < starts_on:
        return TermFault.REVERSED
    months = stricter(nature.most_months, most_months)
    if months is not None and is_longer_than(starts_on, ends_on, months):
        return TermFault.TOO_LONG
    renewals = stricter(nature.most_renewals, most_renewals)
    if renewals_before is not None and renewals is not None and renewals_before >= renewals:
        return TermFault.ONE_TOO_MANY
    if any(first <= ends_on and starts_on <= last for first, last in others):
        return TermFault.OVERLAP
    return None


def stricter(law: int | None, host: int | None) -> int | None:
    """The smaller of two limits, None being none."""
    limits = [limit for limit in (law, host) if limit is not None]
    return min(limits) if limits else None


def may_renew_on(day: dt.date, previous_last: dt.date) -> bool:
    """A contract is renewed in writing while it runs: after its last day there is nothing to renew."""
    return day <= previous_last


class EligibilityFault(StrEnum):
    BIRTH_UNKNOWN = "birth_unknown"
    TOO_YOUNG = "too_young"
    MINOR_REFUSED = "minor_refused"
    NO_CONSENT = "no_consent"
    NOT_ASKED = "not_asked"
    FULL_TIME = "full_time"


def eligibility_faults(
    nature: Nature,
    *,
    born_on: dt.date | None,
    starts_on: dt.date,
    employed_full_time: bool | None,
    minors_allowed: bool,
    has_consent: bool,
) -> list[EligibilityFault]:
    """Everything that forbids a contract to somebody on its first day; [] when nothing does.

    `employed_full_time` None: nobody asked. Only a CAPE asks it (C. com. L127-1: not employed full
    time). Under 16, never; 16 and 17, where the host allows it and with the consent of the holders
    of parental authority (CAPE with minors: to confirm by each host); a contract of employment has its
    own rules, kept by the host's own tools.
    """
    faults: list[EligibilityFault] = []
    if born_on is None:
        faults.append(EligibilityFault.BIRTH_UNKNOWN)
    elif (age := age_on(born_on, starts_on)) < LOWEST_AGE:
        faults.append(EligibilityFault.TOO_YOUNG)
    elif age < ADULT_AGE and not nature.is_employment:
        if not minors_allowed:
            faults.append(EligibilityFault.MINOR_REFUSED)
        elif not has_consent:
            faults.append(EligibilityFault.NO_CONSENT)
    if not nature.is_employment:
        if employed_full_time is None:
            faults.append(EligibilityFault.NOT_ASKED)
        elif employed_full_time:
            faults.append(EligibilityFault.FULL_TIME)
    return faults


# Days before the end of a contract when the host and the coordinator are told.
ALERT_DAYS = (30, 15, 7)


def alert_level(ends_on: dt.date, today: dt.date) -> int | None:
    """Which alert a last day calls for today: the nearest threshold reached, None before or after.

    A day when nothing ran skips no threshold, and sends only the one that is true today.
    """
    left = (ends_on - today).days
    return min((days for days in ALERT_DAYS if 0 <= left <= days), default=None)
