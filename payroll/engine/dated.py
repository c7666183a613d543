"""What a checked parameter file holds: dated numbers, lines, withholding grids."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Dated:
    """A number and the day it takes effect, with its source."""

    since: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """Every dated number of one code, oldest first."""

    code: str
    label: str
    dated: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """Return what is in force on `day`, or None before the first date."""
        in_force = [dated for dated in self.dated if dated.since <= day]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One contribution line and who owes it. Headcounts: from inclusive, below exclusive."""

    code: str
    base: str
    group: str
    label: str
    source: str
    rates: History | None
    input: str | None
    since: date
    headcount_from: int
    headcount_below: int | None
    contracts: frozenset[str] | None

    def overlaps(self, other: "LineEntry") -> bool:
        """Say whether one headcount could owe both entries."""
        return (self.headcount_below is None or other.headcount_from < self.headcount_below) and (
            other.headcount_below is None or self.headcount_from < other.headcount_below
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A default withholding grid: strictly below a monthly limit in euros, its rate in percent."""

    since: date
    source: str
    brackets: tuple[tuple[Decimal, Decimal], ...]
    top_rate: Decimal

    def rate_for(self, net_taxable: Decimal) -> Decimal:
        """Return the rate in percent for a monthly net taxable amount (CGI 204 H III)."""
        for limit, rate in self.brackets:
            if net_taxable < limit:
                return rate
        return self.top_rate


@dataclass(frozen=True, slots=True)
class ParameterFile:
    """A whole file, checked. `hash` is the sha-256 of its bytes."""

    hash: str
    valid_from: date
    valid_until: date
    values: tuple[History, ...]
    lines: tuple[LineEntry, ...]
    grids: tuple[Grid, ...]
