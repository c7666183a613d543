"""French writing of figures and months inside the engine's sentences."""

from datetime import date
from decimal import Decimal

# Narrow no-break space between thousands, no-break space before a unit.
THOUSANDS = "\N{NARROW NO-BREAK SPACE}"
BEFORE_UNIT = "\N{NO-BREAK SPACE}"

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def euros(amount: Decimal) -> str:
    """Write an amount at two decimals, as in "1 834,04 €"."""
    written = f"{amount:,.2f}".replace(",", THOUSANDS).replace(".", ",").replace("-", "−")
    return f"{written}{BEFORE_UNIT}€"


def percent(rate: Decimal) -> str:
    """Write a rate given in percent with at least two decimals, as in "6,90 %" or "0,016 %"."""
    digits = f"{rate:.5f}".rstrip("0")
    whole, _, decimals = digits.partition(".")
    return f"{whole},{decimals:0<2}{BEFORE_UNIT}%"


def month_name(month: date) -> str:
    """Write a month, as in "juin 2026"."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def french_date(day: date) -> str:
    """Write a day, as in "01/06/2026"."""
    return f"{day:%d/%m/%Y}"
