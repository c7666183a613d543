"""VAT by product *and* way of sale, as dated data; what the host decided prevails. Pure.

Sources: CGI art. 278, 278-0 bis A 1°, 278 bis, 279 m and n; BOFiP BOI-TVA-LIQ-30-10-10 (food),
BOI-TVA-LIQ-30-10-20 (plants), BOI-TVA-LIQ-30-20-10-20 (eaten on site, taken away). A simple bunch of
cut flowers is raw, whatever the skill (CE, 28 January 2015, n° 370455), and so are flowers that only
dried; dyed, worked or decorated ones are not. What is prepared and sold to somebody who sells it again
is stored food, not a meal. Metropolitan rates: a host overseas writes its own decisions.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from projects.enums.selling import VatCategory as Category
from projects.enums.selling import WayOfSale as Way

SINCE_2014 = dt.date(2014, 1, 1)
REDUCED, MIDDLE, FULL, NONE = Decimal("5.5"), Decimal("10"), Decimal("20"), Decimal("0")


class NoRate(ValueError):
    """Nobody decided a rate for this thing sold this way."""


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate of VAT, in percent, with the day it entered into force."""

    percent: Decimal
    words: str
    in_force_from: dt.date


# Offered where the amount is typed without a product: for information, the host decides.
VAT_RATES = (
    VatRate(REDUCED, "produits alimentaires à emporter", SINCE_2014),
    VatRate(MIDDLE, "repas prêts à manger, fleurs et plantes brutes, bouquets simples", SINCE_2014),
    VatRate(FULL, "services, compositions florales, alcool", SINCE_2014),
    VatRate(NONE, "sans TVA", SINCE_2014),
)


def vat_rates_on(day: dt.date) -> list[VatRate]:
    return [rate for rate in VAT_RATES if rate.in_force_from <= day]


@dataclass(frozen=True, slots=True)
class RateDecision:
    """The rate, in percent, of one category sold one way, from a day on."""

    category: str
    way: str
    percent: Decimal
    in_force_from: dt.date


def _since_2014(category: Category, way: Way, percent: Decimal) -> RateDecision:
    return RateDecision(category, way, percent, SINCE_2014)


LAW = (
    _since_2014(Category.FOOD, Way.STORABLE, REDUCED),
    _since_2014(Category.FOOD, Way.READY, MIDDLE),
    _since_2014(Category.FOOD, Way.ON_SITE, MIDDLE),
    _since_2014(Category.SWEETS, Way.STORABLE, FULL),
    _since_2014(Category.SWEETS, Way.READY, FULL),
    # Eaten on site: every food follows the meal, alcohol never does (CGI art. 279 m).
    _since_2014(Category.SWEETS, Way.ON_SITE, MIDDLE),
    _since_2014(Category.ALCOHOL, Way.STORABLE, FULL),
    _since_2014(Category.ALCOHOL, Way.READY, FULL),
    _since_2014(Category.ALCOHOL, Way.ON_SITE, FULL),
    _since_2014(Category.RAW_PLANTS, Way.PLAIN, MIDDLE),
    _since_2014(Category.WORKED_FLOWERS, Way.PLAIN, FULL),
    _since_2014(Category.SERVICE, Way.SERVICE, FULL),
    _since_2014(Category.OTHER, Way.PLAIN, FULL),
)


def ways_of(category: str) -> list[Way]:
    """The ways a thing of this category may be sold, in the order of the table."""
    return [Way(row.way) for row in LAW if row.category == category]


def vat_percent(
    *, category: str, way: str, day: dt.date, decided: Iterable[RateDecision] = ()
) -> Decimal:
    """The rate, in percent, on `day`: the latest of the host's decisions in force, else the law's.

    Raises NoRate when this category is never sold this way.
    """
    for table in (decided, LAW):
        found = [
            row
            for row in table
            if row.category == category and row.way == way and row.in_force_from <= day
        ]
        if found:
            return max(found, key=lambda row: row.in_force_from).percent
    raise NoRate(f"no rate for {category} sold {way}")
