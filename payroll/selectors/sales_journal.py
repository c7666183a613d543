"""The sales of a cohort row by row, as they were printed, with the VAT of each: what its books rest on.

A row is a `Sale`: the same one the pot counts. So what a journal says is paid is what a pay shared.
"""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.money import ZERO
from payroll.enums import PayRunState
from payroll.models import PayRun
from payroll.rules.booking import UnbalancedEntry
from payroll.rules.selling_books import Due, vat_due, vat_of_rows
from payroll.selectors.booked_turns import Turn, corrections_of, turns_of
from projects.enums import InvoiceKind
from projects.models import Expense, Invoice, InvoiceLine, Payment, Sale, SellerTerms

CREDIT = InvoiceKind.CREDIT_NOTE


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class JournalRow:
    """Euros. `customer`: as printed the day it was sold. `vat` sums, by invoice and rate, to the invoice's.

    `struck_on`: this row takes back a sale struck out or corrected that day; the row of the sale stays
    before it. `since`: the day a correction wrote it, `turn` times after the first.
    """

    sale: Sale
    vat: Decimal
    nature: str
    due_on: dt.date | None
    due: Due
    struck_on: dt.date | None = None
    since: dt.date | None = None
    turn: int = 1

    @property
    def net(self) -> Decimal:
        amount: Decimal = self.sale.amount
        return -amount if self.struck_on else amount

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat

    @property
    def invoice(self) -> Invoice | None:
        return self.sale.invoice

    @property
    def payment(self) -> Payment | None:
        return self.sale.payment

    @property
    def dated(self) -> dt.date:
        """The day of the invoice, or of the sale noted by hand; the day it was struck out or corrected."""
        if self.struck_on:
            return self.struck_on
        issued = self.invoice.issued_on if self.invoice else None
        return max(issued or self.sale.sold_on, self.since or dt.date.min)

    @property
    def number(self) -> str:
        return self.invoice.number if self.invoice else ""

    @property
    def label(self) -> str:
        what = self.sale.label
        if self.struck_on:
            return _("Annulation : %s") % what
        return _("Correction : %s") % what if self.since else what

    @property
    def paid_on(self) -> dt.date | None:
        paid: dt.date | None = self.sale.moved_on
        return max(paid, self.struck_on or self.since or paid) if paid else None

    @property
    def piece(self) -> str:
        """What the entry of a sale noted by hand is called."""
        turn = f"-{self.turn}" if self.turn > 1 else ""
        return f"V-{self.sale.pk}{turn}-A" if self.struck_on else f"V-{self.sale.pk}{turn}"

    @property
    def vat_waits(self) -> bool:
        """Its VAT is due when it is paid."""
        return self.due == Due.PAYMENT


def journal_of(cohort: Cohort) -> list[JournalRow]:
    """Every sale of a cohort, in the order of its days. Four queries, six with invoices.

    A sale struck out or corrected on a later day than it was noted may have been exported in between: it
    stays as it was, and a row takes it back on the day it was struck; what corrects it is booked that day.

    The whole cohort, whatever the period asked: the cents of an invoice's VAT depend on all its rows.
    """
    sales = list(
        Sale.objects.of_cohort(cohort.pk)
        .booked()
        .select_related("project", "invoice__customer", "payment", "cash_total__agreement")
        .order_by("sold_on", "pk")
    )
    invoiced = {sale.invoice_id for sale in sales if sale.invoice_id}
    natures, printed = _natures(invoiced), _printed(invoiced)
    debits = _debits(cohort.host_id)
    vats = _vats(sales, printed)
    corrections = corrections_of(cohort, "sale")
    rows = []
    for turn in (turn for sale in sales for turn in turns_of(sale, corrections.get(sale.pk, ()))):
        sale, invoice = turn.movement, turn.movement.invoice
        nature = natures.get((sale.invoice_id or 0, sale.project_id, sale.vat_rate), "")
        issued_on = invoice.issued_on if invoice else None
        due_on, due = vat_due(
            nature=nature,
            is_deposit=invoice is not None and invoice.kind == InvoiceKind.DEPOSIT,
            on_debits=_chosen(debits, issued_on or sale.sold_on),
            sold_on=sale.sold_on,
            issued_on=issued_on,
            paid_on=sale.moved_on,
        )
        if due_on and turn.since:
            due_on = max(due_on, turn.since)
        vat = vats[sale.pk]
        if not sale.is_invoiced and not sale.is_cash_total:  # its own, as it was in this turn
            (vat,) = vat_of_rows([sale.amount], sale.vat_rate)
        row = JournalRow(sale, vat, nature, due_on, due, since=turn.since, turn=turn.rank)
        rows.append(row)
        if turn.until is not None:
            rows.append(_taken_back(row, turn.until))
    return sorted(rows, key=lambda row: (row.dated, row.number, row.sale.pk))


def _taken_back(row: JournalRow, struck_on: dt.date) -> JournalRow:
    """The VAT that was due is taken back the day the sale is; what never was due is not."""
    due_on = max(row.due_on, struck_on) if row.due_on else None
    return replace(row, vat=-row.vat, due_on=due_on, struck_on=struck_on)


Printed = dict[tuple[int, Decimal], Decimal]  # invoice, rate in percent: its VAT, signed


def _vats(sales: Sequence[Sale], printed: Printed) -> dict[int, Decimal]:
    """The VAT of each row. Paid rows first, by day: what was told of them does not move afterwards."""
    groups: dict[tuple[int, int, Decimal], list[Sale]] = defaultdict(list)
    found: dict[int, Decimal] = {}
    for sale in sales:
        if sale.cash_total is not None:  # counted VAT included: the VAT is what is left inside
            found[sale.pk] = sale.cash_total.gross_amount - sale.amount
            continue
        alone = 0 if sale.invoice_id else sale.pk
        groups[sale.invoice_id or 0, alone, sale.vat_rate].append(sale)
    for (invoice_id, _alone, percent), rows in groups.items():
        rows.sort(key=lambda row: (row.moved_on is None, row.moved_on or dt.date.max, row.pk))
        told = printed.get((invoice_id, percent))
        shares = vat_of_rows([row.amount for row in rows], percent, told)
        found |= {row.pk: vat for row, vat in zip(rows, shares, strict=True)}
    return found


def _printed(invoice_ids: Collection[int]) -> Printed:
    """The VAT of each rate as the paper says it. One query."""
    if not invoice_ids:
        return {}
    rows = Invoice.objects.filter(pk__in=invoice_ids, document__isnull=False).order_by()
    return {
        (key, Decimal(one["percent"])): Decimal(one["vat"]) * (-1 if kind == CREDIT else 1)
        for key, kind, rates in rows.values_list("pk", "kind", "document__snapshot__totals__rates")
        for one in rates or ()
    }


def _natures(invoice_ids: Iterable[int]) -> dict[tuple[int, int, Decimal], str]:
    """Goods or services, by invoice, project and rate; absent when both are mixed. One query."""
    wanted = list(invoice_ids)
    if not wanted:
        return {}
    told: dict[tuple[int, int, Decimal], set[str]] = defaultdict(set)
    rows = InvoiceLine.objects.filter(invoice_id__in=wanted).order_by()
    for invoice_id, project_id, percent, nature in rows.values_list(
        "invoice_id", "project_id", "vat_percent", "nature"
    ).distinct():
        told[invoice_id, project_id, percent].add(nature)
    return {key: next(iter(natures)) for key, natures in told.items() if len(natures) == 1}


def _debits(host_id: int) -> list[tuple[dt.date, bool]]:
    """Since when the host pays the VAT of services on debits, latest first. One query."""
    rows = SellerTerms.objects.of_host(host_id).order_by("-in_force_from", "-pk")
    return list(rows.values_list("in_force_from", "vat_on_debits"))


def _chosen(debits: Sequence[tuple[dt.date, bool]], day: dt.date) -> bool:
    return next((chosen for since, chosen in debits if since <= day), False)


@dataclass(frozen=True, slots=True)
class RunControl:
    """What a pay photographed, and what the journal says it counted. Euros excl. VAT."""

    run: PayRun
    sales: Decimal
    journal_sales: Decimal
    expenses: Decimal
    journal_expenses: Decimal

    @property
    def gap(self) -> Decimal:
        return abs(self.sales - self.journal_sales) + abs(self.expenses - self.journal_expenses)


def controls_of(
    cohort: Cohort, rows: Iterable[JournalRow], expenses: Iterable[Expense]
) -> list[RunControl]:
    """Each photographed pay beside the rows that name it. One query. Raises UnbalancedEntry for a gap."""
    sold: dict[int, Decimal] = defaultdict(lambda: ZERO)
    spent: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sold[row.sale.pay_run_key or 0] += row.net
    for expense in expenses:
        spent[expense.pay_run_key or 0] += expense.amount
    runs: Any = PayRun.objects.of_cohort(cohort.pk).exclude(state=PayRunState.DRAFT)
    found = [
        RunControl(run, run.sales, sold[run.pk], run.expenses, spent[run.pk])
        for run in runs.defer("photograph").order_by("month", "pk")
    ]
    for one in found:
        if one.gap:
            raise UnbalancedEntry(
                f"Paie de {one.run.month:%m/%Y} : le journal dit {one.journal_sales} de ventes et "
                f"{one.journal_expenses} de dépenses, sa photo dit {one.sales} et {one.expenses}. Aucun "
                "fichier n’a été fait. Prévenez le réseau."
            )
    return found


def expenses_of(cohort: Cohort) -> list[Expense]:
    """Every expense, oldest first; one struck out or corrected later than noted has its counterpart.

    Two queries.
    """
    rows = Expense.objects.of_cohort(cohort.pk).booked()
    corrections = corrections_of(cohort, "expense")
    found = []
    for one in rows.select_related("project", "advanced_by__person").order_by("moved_on", "pk"):
        for turn in turns_of(one, corrections.get(one.pk, ())):
            booked = _expense_of(turn)
            found.append(booked)
            if turn.until is not None:
                found.append(_expense_taken_back(booked, turn.until))
    return sorted(found, key=lambda one: (one.moved_on, one.pk))


def _expense_of(turn: Turn[Expense]) -> Expense:
    if turn.since is None:
        return turn.movement
    again: Expense = copy.copy(turn.movement)
    again.turn = turn.rank
    again.label = _("Correction : %s") % again.label
    again.moved_on = max(again.moved_on, turn.since)
    return again


def _expense_taken_back(one: Expense, day: dt.date) -> Expense:
    """The same in memory, backwards, on the day it was struck or corrected: nothing saves it."""
    back: Expense = copy.copy(one)
    back.amount, back.vat_amount = -one.amount, -one.vat
    back.label = _("Annulation : %s") % one.label
    back.moved_on = max(one.moved_on, day)
    return back


@dataclass(frozen=True, slots=True)
class VatLine:
    """One rate and one reason, over a period: what is owed, and on what base."""

    percent: Decimal
    due: Due
    base: Decimal
    vat: Decimal


def vat_summary(rows: Iterable[JournalRow], period: Period) -> list[VatLine]:
    """The VAT due in a period, by rate then reason. No query."""
    sums: dict[tuple[Decimal, Due], tuple[Decimal, Decimal]] = {}
    for row in rows:
        if period.holds(row.due_on):
            base, vat = sums.get((row.sale.vat_rate, row.due), (ZERO, ZERO))
            sums[row.sale.vat_rate, row.due] = (base + row.net, vat + row.vat)
    return [
        VatLine(percent, due, base, vat) for (percent, due), (base, vat) in sorted(sums.items())
    ]


def invoices_between(cohort: Cohort, period: Period) -> list[Invoice]:
    """Issued in a period, in the order of their numbers, with their paper. One query."""
    rows = Invoice.objects.of_cohort(cohort.pk).issued()
    rows = rows.filter(issued_on__gte=period.first, issued_on__lte=period.last)
    return list(rows.select_related("document", "customer").order_by("issued_on", "number"))
