"""The figures and days a correction replaced, as a line of history keeps them. Pure."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

SALE = ("amount", "vat_rate", "sold_on", "moved_on")
EXPENSE = ("amount", "vat_rate", "vat_amount", "moved_on", "advanced_by_id")
_MONEY = frozenset({"amount", "vat_rate", "vat_amount"})
_DAYS = frozenset({"sold_on", "moved_on"})


def corrects(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what books say of a movement changed: a figure or a day, not its words.

    Money that comes, a day where there was none, is news and corrects nothing.
    """
    return any(
        now[name] != old and not (name == "moved_on" and old is None)
        for name, old in before.items()
    )


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Euros, percents and days as text: what `read` reads again."""
    return {
        name: value if value is None or name not in _MONEY | _DAYS else str(value)
        for name, value in values.items()
    }


def read(before: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in before.items():
        if value is not None and name in _MONEY:
            found[name] = Decimal(value)
        elif value is not None and name in _DAYS:
            found[name] = dt.date.fromisoformat(value)
        else:
            found[name] = value
    return found
