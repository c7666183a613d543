"""From the slips of one share to the rows an accountant reads."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ct_platform.kit.clock import civil_day
from ct_platform.kit.money import ZERO
from members.models import Person
from payroll.engine.params import load_params
from payroll.enums import AdjustmentKind
from payroll.models import Payment, PayRun, Payslip, Share
from payroll.rules.booking import UnbalancedEntry
from payroll.rules.declared import BookedLine

SLIP, COUNTER, CORRECTION, NONE = "slip", "counter", "correction", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One slip, or a share that made none; amounts in euros, `hours` decimal, opposite on a counter.

    `kind`: slip, counter, correction, none. `relief` is positive when it lightens the cost.
    `set_aside` = `remainder` − `carried_in`: what this pay adds to the cents kept for later.
    """

    share_id: int
    enrolment_id: int
    person: Person
    kind: str
    number: str
    issued_on: dt.date
    is_cape: bool
    contract: dict[str, str] | None
    hours: Decimal
    amount: Decimal
    carried_in: Decimal
    remainder: Decimal
    gross: Decimal = ZERO
    employee_total: Decimal = ZERO
    employer_total: Decimal = ZERO
    relief: Decimal = ZERO
    cost: Decimal = ZERO
    net_social: Decimal = ZERO
    net_before_tax: Decimal = ZERO
    net_taxable: Decimal = ZERO
    tax_rate: Decimal = ZERO
    has_own_rate: bool = False
    tax: Decimal = ZERO
    net_paid: Decimal = ZERO
    advances: Decimal = ZERO
    deductions: Decimal = ZERO
    lines: tuple[BookedLine, ...] = ()
    top_coefficient: Decimal
    stands: bool
    payments: tuple[Payment, ...] = ()

    @property
    def account(self) -> str:
        return auxiliary(self.person.pk)

    @property
    def share(self) -> Decimal:
        return self.amount + self.carried_in

    @property
    def set_aside(self) -> Decimal:
        return self.remainder - self.carried_in

    @property
    def withheld(self) -> Decimal:
        return self.advances + self.deductions

    @property
    def to_pay(self) -> Decimal:
        return self.net_paid - self.withheld


def auxiliary(person_id: int) -> str:
    """The auxiliary account of a person: the same in every cohort and file, and says no name."""
    return f"P{person_id:06d}"


def top_coefficient(photograph: dict[str, Any], month: dt.date, headcount: int) -> Decimal:
    """Tmin + Tdelta of the reduction, a fraction: what its parts are reckoned in proportion of."""
    params = load_params(month)
    own = photograph["profile"].get("tdelta_override")
    if own:
        return params.rgdu_t_min + Decimal(own)
    below = headcount < 50
    return params.rgdu_t_min + (
        params.rgdu_t_delta_below_50 if below else params.rgdu_t_delta_from_50
    )


@dataclass(slots=True)
class _Asked:
    """What the engine was asked for one share, as corrected so far."""

    headcount: int
    has_own_rate: bool
    minutes: int

    def correct(self, changes: dict[str, list[Any]]) -> None:
        if "headcount" in changes:
            self.headcount = changes["headcount"][1]
        if "pas_rate" in changes:
            self.has_own_rate = changes["pas_rate"][1] is not None
        if "minutes" in changes:
            self.minutes = changes["minutes"][1]


def photographed(run: PayRun, enrolment_id: int) -> dict[str, Any]:
    """What the photograph says of one person."""
    found: dict[str, Any] = next(
        person for person in run.photograph["people"] if person["enrolment"] == enrolment_id
    )
    return found


def hours_of(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def withholdings_of(share: Share) -> tuple[Decimal, Decimal]:
    """Advances, then deductions, taken from this pay. Reads `withholdings`."""
    taken = dict.fromkeys(AdjustmentKind, ZERO)
    for one in share.withholdings.all():
        taken[AdjustmentKind(one.adjustment.kind)] += one.amount
    return taken[AdjustmentKind.ADVANCE], taken[AdjustmentKind.DEDUCTION]


def rows_of(run: PayRun, share: Share, payments: tuple[Payment, ...]) -> Iterator[Row]:
    person = photographed(run, share.enrolment_id)
    terms = person.get("terms") or {}
    asked = _Asked(
        headcount=run.photograph["settings"]["headcount"],
        has_own_rate=bool(terms.get("sealed_pas_rate")),
        minutes=sum(share.minutes_by_kind.values()),
    )
    common = {
        "share_id": share.pk,
        "enrolment_id": share.enrolment_id,
        "person": share.enrolment.person,
        "contract": person["contract"],
        "amount": share.amount,
        "carried_in": share.carried_in,
    }
    slips = list(share.slips.all())
    if not slips:
        assert run.issued_at is not None  # noqa: S101  books are those of an issued run
        yield Row(
            **common,
            kind=NONE,
            number="",
            issued_on=civil_day(run.issued_at),
            is_cape=run.photograph["profile"]["code"] == "cape",
            hours=hours_of(asked.minutes),
            remainder=share.remainder,
            top_coefficient=top_coefficient(run.photograph, run.month, asked.headcount),
            stands=True,
        )
        return
    found: dict[int, Row] = {}
    sent = tuple(p for p in payments if p.enrolment_id == share.enrolment_id)
    cancelled = {slip.cancels_id for slip in slips}
    for slip in slips:
        if slip.is_counter:
            yield _counter(slip, found[slip.cancels_id])
            continue
        if slip.correction is not None:
            asked.correct(slip.correction.changes)
        stands = slip.pk not in cancelled
        row = _row(run, share, slip, asked, common, stands=stands, sent=sent if stands else ())
        found[slip.pk] = row
        yield row


def _row(
    run: PayRun,
    share: Share,
    slip: Payslip,
    asked: _Asked,
    common: dict[str, Any],
    *,
    stands: bool,
    sent: tuple[Payment, ...],
) -> Row:
    answer = slip.answer["slip"]
    advances, deductions = withholdings_of(share)
    if advances + deductions != slip.withheld:
        raise UnbalancedEntry(
            f"Bulletin {slip.number} : ses retenues ne sont pas celles du compte."
        )
    correction = slip.correction
    paid = correction.answer["paid_hours"] if correction is not None else share.paid_hours
    return Row(
        **common,
        **_figures(slip),
        kind=CORRECTION if correction is not None else SLIP,
        number=slip.number,
        issued_on=civil_day(slip.document.issued_at),
        is_cape=answer["profile_code"] == "cape",
        hours=hours_of(asked.minutes) if paid is None else Decimal(paid),
        remainder=correction.remainder if correction is not None else share.remainder,
        tax_rate=Decimal(answer["pas_rate"]),
        has_own_rate=asked.has_own_rate,
        advances=advances,
        deductions=deductions,
        lines=_lines(slip),
        top_coefficient=top_coefficient(run.photograph, run.month, asked.headcount),
        stands=stands,
        payments=sent,
    )


def _counter(slip: Payslip, of: Row) -> Row:
    """The stored amounts of the counter-slip; for what it does not store, the opposite of its slip."""
    return replace(
        of,
        **_figures(slip),
        kind=COUNTER,
        number=slip.number,
        issued_on=civil_day(slip.document.issued_at),
        hours=-of.hours,
        amount=-of.amount,
        carried_in=-of.carried_in,
        remainder=-of.remainder,
        advances=-of.advances,
        deductions=-of.deductions,
        lines=_lines(slip),
        stands=False,
        payments=(),
    )


def _lines(slip: Payslip) -> tuple[BookedLine, ...]:
    return tuple(
        BookedLine(
            line.code, line.side, line.label, line.group, line.base or ZERO, line.rate, line.amount
        )
        for line in slip.lines.all()
    )


def _figures(slip: Payslip) -> dict[str, Any]:
    """Totals are sums of the stored lines; the reduction is stored as what it takes off."""
    sums = {"ee": ZERO, "er": ZERO, "rgdu": ZERO}
    for line in slip.lines.all():
        sums["rgdu" if line.code == "rgdu" else line.side] += line.amount
    return {
        "gross": slip.gross,
        "employee_total": sums["ee"],
        "employer_total": sums["er"],
        "relief": -sums["rgdu"],
        "cost": slip.total_cost,
        "net_social": slip.net_social,
        "net_before_tax": slip.net_before_tax,
        "net_taxable": slip.net_taxable,
        "tax": slip.tax,
        "net_paid": slip.net_paid,
    }
