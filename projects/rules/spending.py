"""What a receipt prints, and what an expense costs: total, VAT, rate. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import CENT, ZERO, cents

HIGHEST_RATE = Decimal(20)  # percent; CGI art. 278


@dataclass(frozen=True, slots=True)
class Cost:
    """Euros. `amount` leaves the pot, `vat` is recovered; `rate` in percent, 0 when there are several."""

    amount: Decimal
    vat: Decimal
    rate: Decimal


def cost_of(
    total: Decimal, vat: Decimal, *, rates: Iterable[Decimal], recovers_vat: bool = True
) -> Cost:
    """Split what was paid into what it costs and its VAT, in euros and whole cents.

    A host under the franchise (CGI art. 293 B) recovers no VAT: the whole total is a cost.
    """
    if not recovers_vat:
        return Cost(total, ZERO, ZERO)
    amount = total - vat
    return Cost(amount, vat, rate_of(amount, vat, rates))


def rate_of(amount: Decimal, vat: Decimal, rates: Iterable[Decimal]) -> Decimal:
    """The rate, in percent, that gives this VAT to the cent; 0 for none or for several rates."""
    found = (rate for rate in rates if rate and abs(cents(amount * rate / 100) - vat) <= CENT)
    return next(found, Decimal(0)) if vat else Decimal(0)


def too_much_vat(total: Decimal, vat: Decimal) -> bool:
    """More than the highest rate could put into this total, a cent of rounding apart."""
    return vat > cents(total * HIGHEST_RATE / (100 + HIGHEST_RATE)) + CENT
