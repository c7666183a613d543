"""Sums of a quote or an invoice, as EN 16931 computes them: lines, then one VAT for each rate. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from ct_platform.kit.money import ZERO, cents


@dataclass(frozen=True, slots=True)
class Line:
    """`amount`: euros excl. VAT, in whole cents, negative for a deposit taken off."""

    amount: Decimal
    vat_percent: Decimal


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
    """One VAT amount for each rate, computed on its sum (EN 16931, BR-CO-17), never line by line."""
    nets: dict[Decimal, Decimal] = {}
    for line in lines:
        nets[line.vat_percent] = nets.get(line.vat_percent, ZERO) + line.amount
    return Totals(
        tuple(
            RateTotal(percent, nets[percent], cents(nets[percent] * percent / 100))
            for percent in sorted(nets)
        )
    )


class Sold(Protocol):
    """A line of a paper, built or stored: an amount excl. VAT, and its rate in percent."""

    @property
    def amount(self) -> Any: ...
    @property
    def vat_percent(self) -> Any: ...


def totals_of(lines: Iterable[Sold]) -> Totals:
    """Sums by rate of VAT of lines built or stored; what a database gave as text is read exactly."""
    return totals_of_lines(
        Line(Decimal(str(one.amount)), Decimal(str(one.vat_percent))) for one in lines
    )


def amount_before_vat(price: Decimal, quantity: Decimal, vat_percent: Decimal) -> Decimal:
    """What `quantity` at a price VAT included brings, in euros excl. VAT, rounded once."""
    return cents(price * quantity * 100 / (100 + vat_percent))
