"""Arithmetic of invoices: what they bring to projects, deposits, what a credit note may take. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO, cents
from projects.rules.selling import due_days_for
from projects.rules.totals import Line, RateTotal, Totals, nets_within, totals_of_lines

# A service to a consumer: a note is compulsory from 25 € VAT included (arrêté n° 83-50/A, 1983).
NOTE_FROM = Decimal("25.00")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an invoice brings to one project at one rate, in euros excl. VAT."""

    project: int
    percent: Decimal
    amount: Decimal


def brought_by(lines: Iterable[tuple[int, Line]]) -> list[Brought]:
    """One row for each (project, rate), in order of project then rate; a net of zero has no row."""
    sums: dict[tuple[int, Decimal], Decimal] = {}
    for project, line in lines:
        key = (project, line.vat_percent)
        sums[key] = sums.get(key, ZERO) + line.amount
    return [Brought(*key, sums[key]) for key in sorted(sums) if sums[key]]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an order that a deposit asks at once: one project, one nature, one rate."""

    project: int
    nature: str
    percent: Decimal
    amount: Decimal  # euros excl. VAT
    gross: Decimal | None = None  # what is asked, where the prices of the rate are VAT included


def deposit_shares(lines: Iterable[tuple[int, str, Line]], percent_asked: Decimal) -> list[Share]:
    """`percent_asked` % of what each project sells at each rate, rounded once; nothing for zero.

    Rates stay apart: the VAT of a deposit is that of what it announces (CGI art. 269, 2 a and c).
    """
    groups: dict[tuple[int, str, Decimal], list[Line]] = {}
    for project, nature, line in lines:
        groups.setdefault((project, nature, line.vat_percent), []).append(line)
    shares = []
    for key in sorted(groups):
        totals = totals_of_lines(groups[key])
        share = Share(*key, cents(totals.net * percent_asked / 100))
        if all(one.gross is not None for one in groups[key]):
            gross = cents(totals.gross * percent_asked / 100)
            (net,) = nets_within([gross], key[2])
            share = Share(*key, net, gross)
        shares.append(share)
    return [share for share in shares if share.amount > 0]


def due_on(issued_on: dt.date, days: int, *, to_authority: bool) -> dt.date:
    """The day a customer pays at the latest: `days` after the invoice, within what the law allows."""
    return issued_on + dt.timedelta(days=due_days_for(days, is_public=to_authority))


def needs_a_note(*, to_consumer: bool, has_services: bool, total: Decimal) -> bool:
    """A consumer must receive a note for a service of 25 € or more, VAT included."""
    return to_consumer and has_services and total >= NOTE_FROM


class TooMuchCredit(ValueError):
    """A credit note takes more than what is left of its invoice. `percent`: the rate, None for all."""

    def __init__(self, left: Decimal, percent: Decimal | None = None) -> None:
        super().__init__(f"only {left} left")
        self.left = left
        self.percent = percent


@dataclass(frozen=True, slots=True)
class Left:
    """What credit notes have not taken yet of an invoice, rate by rate; never negative for an amount
    that was positive."""

    rates: tuple[RateTotal, ...]

    @property
    def net(self) -> Decimal:
        return sum((one.net for one in self.rates), ZERO)

    @property
    def gross(self) -> Decimal:
        return sum((one.gross for one in self.rates), ZERO)

    @property
    def is_nothing(self) -> bool:
        return not any(one.net for one in self.rates)

    def of(self, percent: Decimal) -> RateTotal:
        for one in self.rates:
            if one.percent == percent:
                return one
        return RateTotal(percent, ZERO, ZERO)


def left_of(invoice: Iterable[Line], credits: Iterable[Sequence[Line]] = ()) -> Left:
    """What is left after credit notes, in the order of their numbers."""
    left = Left(totals_of_lines(invoice).rates)
    for lines in credits:
        left = _less(left, credit_totals(lines, left))
    return left


def credit_totals(lines: Iterable[Line], left: Left) -> Totals:
    """The sums of a credit note, amounts positive. Raises TooMuchCredit.

    The last credit of a rate takes the VAT that is left, so that partial credits never add up to a
    cent more or less than their invoice (EN 16931 BR-CO-17 tolerates that cent).
    """
    asked = totals_of_lines(lines)
    for rate in asked.rates:
        there = left.of(rate.percent)
        if _beyond(rate.net, there.net):
            raise TooMuchCredit(there.net, rate.percent)
    if asked.net > left.net:
        raise TooMuchCredit(left.net)
    return Totals(tuple(_with_vat_left(rate, left.of(rate.percent)) for rate in asked.rates))


def _beyond(asked: Decimal, there: Decimal) -> bool:
    """A rate whose net is negative (a deposit larger than it) is credited downwards."""
    return asked > there if there >= 0 else asked < there


def _with_vat_left(rate: RateTotal, there: RateTotal) -> RateTotal:
    if rate.net == there.net:
        return RateTotal(rate.percent, rate.net, there.vat)
    vat = min(rate.vat, there.vat) if there.vat >= 0 else max(rate.vat, there.vat)
    return RateTotal(rate.percent, rate.net, vat)


def _less(left: Left, taken: Totals) -> Left:
    gone = {one.percent: one for one in taken.rates}
    zero = RateTotal(ZERO, ZERO, ZERO)
    return Left(
        tuple(
            RateTotal(
                one.percent,
                one.net - gone.get(one.percent, zero).net,
                one.vat - gone.get(one.percent, zero).vat,
            )
            for one in left.rates
        )
    )
