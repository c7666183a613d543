"""Where a cooperative stands: margins, margins for each hour, weeks. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO, cents

_HOUR = 60


@dataclass(frozen=True, slots=True)
class Ledger:
    """One activity, or all: euros excl. VAT, minutes. `unpaid`: sold, and the money has not come."""

    paid: Decimal = ZERO
    unpaid: Decimal = ZERO
    spent: Decimal = ZERO
    verified: int = 0
    awaiting: int = 0
    production: int = 0  # minutes noted for production, confirmed or not

    @property
    def sold(self) -> Decimal:
        return self.paid + self.unpaid

    @property
    def margin(self) -> Decimal:
        """What was sold less what was spent: paid or not, since the hours were worked all the same."""
        return self.sold - self.spent

    @property
    def by_hour(self) -> Decimal | None:
        return margin_by_hour(self.margin, self.production)

    @property
    def minutes(self) -> int:
        return self.verified + self.awaiting


def margin_by_hour(margin: Decimal, minutes: int) -> Decimal | None:
    """Euros for each hour of production, rounded to the cent; None without any hour."""
    return cents(margin * _HOUR / minutes) if minutes else None


def sum_of(ledgers: Iterable[Ledger]) -> Ledger:
    rows = list(ledgers)
    return Ledger(
        paid=sum((one.paid for one in rows), ZERO),
        unpaid=sum((one.unpaid for one in rows), ZERO),
        spent=sum((one.spent for one in rows), ZERO),
        verified=sum(one.verified for one in rows),
        awaiting=sum(one.awaiting for one in rows),
        production=sum(one.production for one in rows),
    )


@dataclass(frozen=True, slots=True)
class Week:
    """What was sold, came in and went out, and the production worked, from a Monday to its Sunday."""

    monday: dt.date
    sold: Decimal
    paid: Decimal
    spent: Decimal
    production: int

    @property
    def by_hour(self) -> Decimal | None:
        return margin_by_hour(self.sold - self.spent, self.production)


def weeks(
    mondays: Iterable[dt.date],
    *,
    sold: Mapping[dt.date, Decimal],
    paid: Mapping[dt.date, Decimal],
    spent: Mapping[dt.date, Decimal],
    production: Mapping[dt.date, int],
) -> list[Week]:
    """Put sums by Monday side by side; a week without any figure is a week of zeros, not a hole."""
    return [
        Week(
            monday,
            sold.get(monday, ZERO),
            paid.get(monday, ZERO),
            spent.get(monday, ZERO),
            production.get(monday, 0),
        )
        for monday in mondays
    ]
