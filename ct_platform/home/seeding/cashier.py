"""Writes the pays: runs, shares, slips with their lines and papers, accounts, cheques."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from ct_platform.home.seeding.network import Place
from ct_platform.home.seeding.papers import issue
from ct_platform.home.seeding.pay import SETTLED_AFTER, Computed, Desk
from ct_platform.home.seeding.people import noon
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Sink
from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, to_cents
from documents.models import Counter
from documents.services.numbers import format_number
from payroll.engine.types import Slip
from payroll.enums import EntryKind, PaymentKind, PaymentState, PayRunState
from payroll.models import (
    AccountEntry,
    Payment,
    PaymentOrder,
    PayRun,
    Payslip,
    PayslipLine,
    Share,
)
from payroll.papers.slip import KIND, snapshot_of
from payroll.rules.sepa import end_to_end, order_reference
from payroll.services.slip_rows import line_rows

SERIES, TITLE = "R", "Bulletin de paie"
# Of the last month of a cohort at work: how many pays still wait for the host.
WAITS = 0.4
LINE = (
    "payslip_id", "position", "code", "side", "label", "group", "base", "rate", "amount", "rule_date",
    "source",
)  # fmt: skip


@dataclass(slots=True)
class Paid:
    """What issued pays gave: (day, enrolment, cents), as reports add it up."""

    pots: list[tuple[dt.date, int, int]] = field(default_factory=list)
    nets: list[tuple[dt.date, int, int]] = field(default_factory=list)


class Cashier:
    """Pays one cohort after another; the numbers of a host follow each other."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._numbers: dict[tuple[int, int], int] = {}
        self._line = sink.maker(PayslipLine, LINE)

    def pay(
        self, plan: Plan, place: Place, desk: Desk, runs: dict[dt.date, int], today: dt.date,
        chance: random.Random,
    ) -> Paid:  # fmt: skip
        paid = Paid()
        for month in sorted(runs):
            run = desk.frozen(month, min(today, _day_of(plan, month)))
            shares = desk.shares(run)
            last = not plan.has_ended and month == max(runs)
            waits = last and chance.random() < WAITS
            self._run(run, place, waits=waits)
            for share, _slip in shares:
                share.pk = self._sink.add(Share, **columns(share))
            if not waits:
                self._issue(run, shares, place, desk, paid)
        return paid

    def write_counters(self) -> None:
        for (host, year), last in self._numbers.items():
            self._sink.add(Counter, issuer_key=host, series=SERIES, year=year, last=last)

    def _run(self, run: PayRun, place: Place, *, waits: bool) -> None:
        by, at = (None, None) if waits else (place.host.person_id, run.frozen_at)
        self._sink.add(
            PayRun, **columns(run) | {
                "id": run.pk, "state": PayRunState.REVIEWED if waits else PayRunState.PAID,
                "computed_at": run.frozen_at, "reviewed_at": run.frozen_at,
                "reviewed_by_id": place.coordinator_id, "approved_by_id": by, "approved_at": at,
                "issued_by_id": by, "issued_at": at, "paid_at": at,
            },
        )  # fmt: skip

    def _issue(self, run: PayRun, shares: Computed, place: Place, desk: Desk, paid: Paid) -> None:
        day = _left_on(run)
        for share, slip in shares:
            key = share.enrolment_id
            paid.pots.append((day, key, to_cents(share.amount)))
            if slip is not None:
                paid.nets.append((day, key, to_cents(slip.net_before_tax)))
                desk.keep(key, self._slip(run, share, slip, len(shares)), slip)
            self._account(run, share)
        self._cheques(run, [one for one, _slip in shares if one.net_paid], place)

    def _slip(self, run: PayRun, share: Share, slip: Slip, people: int) -> int:
        number, title = self._number(run), f"{TITLE}, {Month(run.month)}"
        person = share.enrolment.person
        document = issue(
            self._sink, kind=KIND, title=title, number=number, cohort=run.cohort,
            snapshot=snapshot_of(
                run=run, share=share, title=title, number=number, trades=[], people=people
            ),
            effect_key=f"{KIND}:{share.pk}", subject_id=person.pk, subject=person.civil_name,
            batch=run.batch, period=(run.month, Month(run.month).last), at=noon(_left_on(run)),
        )  # fmt: skip
        key = self._sink.add(
            Payslip, share_id=share.pk, document_id=document, number=number, month=run.month,
            gross=slip.gross, net_before_tax=slip.net_before_tax, net_social=slip.net_social,
            net_taxable=slip.net_taxable, tax=slip.pas_amount, net_paid=slip.net_paid,
            total_cost=slip.total_employer_cost, params_hash=slip.params_hash,
            engine_version=slip.engine_version,
        )  # fmt: skip
        for line in line_rows(Payslip(id=key), slip):
            self._line(
                str(key), str(line.position), line.code, line.side, line.label, line.group,
                str(line.base), None if line.rate is None else str(line.rate), str(line.amount),
                str(line.rule_date), line.source,
            )  # fmt: skip
        return key

    def _number(self, run: PayRun) -> str:
        year = _left_on(run).year
        series = (run.cohort.host_id, year)
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return format_number(SERIES, year, self._numbers[series])

    def _account(self, run: PayRun, share: Share) -> None:
        """The movements of payroll.services.ledger."""
        month = Month(run.month)
        for kind, amount, words in (
            (EntryKind.SHARE, share.amount, "Part du pot commun"),
            (EntryKind.COST, -share.cost, "Coût de la paie"),
            (EntryKind.REMAINDER, share.carried_in - share.remainder, "Reste mis de côté"),
            (EntryKind.NET, share.net_paid or ZERO, "Net du bulletin"),
        ):
            if amount:
                self._sink.add(
                    AccountEntry, enrolment_id=share.enrolment_id, kind=kind, amount=amount,
                    at=run.frozen_at, sentence=f"{words}, {month}", run_id=run.pk,
                )  # fmt: skip

    def _cheques(self, run: PayRun, shares: list[Share], place: Place) -> None:
        if not shares:
            return
        reference = order_reference(month=f"{run.month:%Y%m}", run=run.pk, rank=1)
        order = self._sink.add(
            PaymentOrder, run_id=run.pk, kind=PaymentKind.CHEQUE, reference=reference,
            execute_on=run.paid_on, created_by_id=place.host.person_id, at=run.frozen_at,
        )  # fmt: skip
        for place_in, share in enumerate(shares, start=1):
            payment = self._sink.add(
                Payment, order_id=order, enrolment_id=share.enrolment_id, kind=PaymentKind.CHEQUE,
                state=PaymentState.PAID, amount=share.net_paid, key=self._sink.uuid(),
                end_to_end=end_to_end(reference, place_in), paid_on=run.paid_on,
                paid_by_id=place.host.person_id, holder=share.enrolment.person.civil_name,
            )  # fmt: skip
            self._sink.add(
                AccountEntry, enrolment_id=share.enrolment_id, kind=EntryKind.PAYMENT,
                amount=-share.net_paid, at=run.frozen_at, sentence="Chèque remis",
                run_id=run.pk, payment_id=payment,
            )  # fmt: skip


def columns(row: PayRun | Share) -> dict[str, Any]:
    """The columns of an object that was worked out and not saved, without its key and its instant."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("id", "created_at")
    }


def _left_on(run: PayRun) -> dt.date:
    assert run.paid_on is not None  # noqa: S101  the desk wrote it
    return run.paid_on


def _day_of(plan: Plan, month: dt.date) -> dt.date:
    """The day a pay leaves: after the end of the cohort, or early in the next month."""
    if plan.has_ended:
        return plan.ends_on + SETTLED_AFTER
    return Month(month).next.first + dt.timedelta(days=7)
