"""Amounts, durations and dates in French words. Every filter takes None or "" and stays quiet."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone

from ct_platform.kit import charts, clock, money
from ct_platform.kit.words import amount_in_words as in_words
from ct_platform.kit.words import of_name as after_noun

register = template.Library()


@register.filter
def euros(amount: Decimal | int | None) -> str:
    return "" if amount == "" else money.euros(amount)


@register.filter
def signed_euros(amount: Decimal) -> str:
    return money.signed_euros(amount)


@register.filter
def amount_in_words(amount: Decimal | None) -> str:
    return in_words(amount) if isinstance(amount, Decimal) else ""


@register.filter
def duration(minutes: int | None) -> str:
    return clock.format_minutes(minutes) if isinstance(minutes, int) else ""


@register.filter
def number_fr(value: Decimal | int | None, places: int = 0) -> str:
    try:
        return "" if value in (None, "") else charts.figure(Decimal(str(value)), places)
    except InvalidOperation:
        return ""


@register.filter
def rate_fr(value: Decimal | None) -> str:
    """A rate with every digit it has, two at least: "6,90", "0,016"."""
    if value is None:
        return ""
    whole, _point, part = f"{value:.5f}".rstrip("0").partition(".")
    return f"{whole},{part:0<2}"


@register.filter
def unit_price_fr(value: Decimal | None) -> str:
    """The price of one unit: two decimals at least, four at most: "16,3636", "12,00"."""
    return rate_fr(round(value, 4)) if isinstance(value, Decimal) else ""


@register.filter
def exact_price_fr(value: Decimal | None) -> str:
    """The price of one unit as it is multiplied, on a paper: two decimals at least, six at most."""
    if not isinstance(value, Decimal):
        return ""
    whole, _point, part = f"{value:.6f}".rstrip("0").partition(".")
    return f"{whole},{part:0<2}"


@register.filter
def quantity_fr(value: Decimal | None) -> str:
    """ "1,5", and "−1" for a deposit taken off, with the sign amounts have."""
    return plain_fr(value).replace("-", "−")


@register.filter
def plain_fr(value: Decimal | None) -> str:
    """A quantity or a percentage without useless zeros: "1,5", "20"."""
    return money.plain(value) if isinstance(value, Decimal) else ""


def _day(value: Any) -> dt.date | None:
    """The Paris date of a date, an aware instant or a Month; None for anything else."""
    if isinstance(value, clock.Month):
        return value.first
    if isinstance(value, dt.datetime):
        return clock.civil_day(value) if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def month_name(value: Any) -> str:
    day = _day(value)
    return clock.MONTHS[day.month - 1] if day else ""


@register.filter
def of_month(value: Any) -> str:
    """ "d’octobre", "de novembre": after a noun."""
    day = _day(value)
    return clock.of_month(day) if day else ""


@register.filter
def of_name(name: str | None) -> str:
    """ "d’Aminata", "du Plateau": after a noun."""
    return after_noun(name) if name else ""


@register.filter
def month_year(value: Any) -> str:
    day = _day(value)
    return str(clock.Month.of(day)) if day else ""


@register.filter
def date_fr(value: Any) -> str:
    day = _day(value)
    return clock.format_day(day) if day else ""


@register.filter
def day_month(value: Any) -> str:
    day = _day(value)
    return clock.format_day(day, year=False) if day else ""


@register.filter
def day_fr(value: Any) -> str:
    day = _day(value)
    return clock.format_day(day, weekday=True, year=False) if day else ""


@register.filter
def day_full(value: Any) -> str:
    day = _day(value)
    return clock.format_day(day, weekday=True) if day else ""


@register.filter
def hour_fr(value: Any) -> str:
    """ "18 h", "8 h 57", in Paris."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if not isinstance(value, dt.datetime | dt.time):
        return ""
    return f"{value.hour}{money.NBSP}h" + (
        f"{money.NBSP}{value.minute:02d}" if value.minute else ""
    )


@register.filter
def moment_fr(value: Any) -> str:
    """ "vendredi 27 novembre, 18 h"."""
    return f"{day_fr(value)}, {hour_fr(value)}" if isinstance(value, dt.datetime) else ""


@register.simple_tag
def period(first: dt.date, last: dt.date) -> str:
    return clock.format_period(first, last)
