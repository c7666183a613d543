"""Months under contract: which have begun, how much of one was spent there. Pure."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

Period = tuple[date, date]  # first and last day, both counted
_STEP = Decimal("0.000001")


def presence(month: date, periods: Iterable[Period]) -> Decimal:
    """Fraction of the month covered by `periods`, days counted once; 0 to 1, six decimals."""
    length = calendar.monthrange(month.year, month.month)[1]
    last = month.replace(day=length)
    days: set[int] = set()
    for starts_on, ends_on in periods:
        first, end = max(month, starts_on), min(last, ends_on)
        days |= set(range(first.toordinal(), end.toordinal() + 1))
    return (Decimal(len(days)) / Decimal(length)).quantize(_STEP)


def months_begun(periods: Iterable[Period], before: date) -> list[date]:
    """Every month with a day under contract, strictly before the month `before`; first days.

    Any month begun counts whole. Source: décret 2008-121, arrêté of 18 February 2008.
    """
    found: set[date] = set()
    for starts_on, ends_on in periods:
        month = starts_on.replace(day=1)
        while month <= ends_on and month < before.replace(day=1):
            found.add(month)
            month = next_month(month)
    return sorted(found)


def next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def rank(month: date, starts_on: date) -> int:
    """Which month of a cohort this is, counted from 1: the month of its first day."""
    return (month.year - starts_on.year) * 12 + month.month - starts_on.month + 1
