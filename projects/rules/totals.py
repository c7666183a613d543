"""Sums of a quote or an invoice, as EN 16931 computes them: lines, then one VAT for each rate. Pure.

A price said VAT included is the whole sum paid (arrêté du 3 décembre 1987, art. 1): 9.99 € at 20 % is
8.33 + 1.66, never 8.33 + 1.67. So a rate whose lines were all priced so has the VAT that is left inside
what the customer pays; EN 16931 (BR-CO-17) tolerates that cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from ct_platform.kit.money import ZERO, cents, from_cents, split, to_cents


@dataclass(frozen=True, slots=True)
class Line:
    """`amount`: euros excl. VAT, in whole cents, negative for a deposit taken off. `gross`: what the
    customer pays for it, when its price was said VAT included."""

    amount: Decimal
    vat_percent: Decimal
    gross: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RateTotal:
    percent: Decimal
    net: Decimal  # euros excl. VAT
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Totals:
    rates: tuple[RateTotal, ...]  # by rising rate

    @property
    def net(self) -> Decimal:
        return sum((one.net for one in self.rates), ZERO)

    @property
    def vat(self) -> Decimal:
        return sum((one.vat for one in self.rates), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


def line_amount(
    quantity: Decimal, unit_price: Decimal, discount_percent: Decimal = ZERO
) -> Decimal:
    """Quantity × price excl. VAT, less a discount in percent, rounded once."""
    return cents(quantity * unit_price * (100 - discount_percent) / 100)


def totals_of_lines(lines: Iterable[Line]) -> Totals:
    """One VAT amount for each rate, computed on its sum (EN 16931, BR-CO-17), never line by line; what
    is left of the price where every line of the rate was priced VAT included."""
    rates: dict[Decimal, list[Line]] = {}
    for line in lines:
        rates.setdefault(line.vat_percent, []).append(line)
    return Totals(tuple(_rate_total(percent, rates[percent]) for percent in sorted(rates)))


def _rate_total(percent: Decimal, lines: Sequence[Line]) -> RateTotal:
    net = sum((one.amount for one in lines), ZERO)
    paid = [one.gross for one in lines if one.gross is not None]
    if len(paid) == len(lines):
        return RateTotal(percent, net, sum(paid, ZERO) - net)
    return RateTotal(percent, net, cents(net * percent / 100))


def nets_within(grosses: Sequence[Decimal], vat_percent: Decimal) -> list[Decimal]:
    """Amounts excl. VAT of lines of one rate, from what the customer pays for each (none negative).

    Their sum is that of the sum, rounded once; a line is at most a cent from its own.
    """
    whole = amount_before_vat(sum(grosses, ZERO), Decimal(1), vat_percent)
    shares = split(to_cents(whole), [to_cents(one) for one in grosses])
    return [from_cents(one) for one in shares]


class Sold(Protocol):
    """A line of a paper, built or stored: an amount excl. VAT, and its rate in percent."""

    @property
    def amount(self) -> Any: ...
    @property
    def vat_percent(self) -> Any: ...
    @property
    def gross_amount(self) -> Any: ...


def totals_of(lines: Iterable[Sold]) -> Totals:
    """Sums by rate of VAT of lines built or stored; what a database gave as text is read exactly."""
    return totals_of_lines(line_of(one) for one in lines)


def line_of(one: Sold) -> Line:
    gross = one.gross_amount
    return Line(
        Decimal(str(one.amount)),
        Decimal(str(one.vat_percent)),
        None if gross is None else Decimal(str(gross)),
    )


def amount_before_vat(price: Decimal, quantity: Decimal, vat_percent: Decimal) -> Decimal:
    """What `quantity` at a price VAT included brings, in euros excl. VAT, rounded once."""
    return cents(price * quantity * 100 / (100 + vat_percent))
