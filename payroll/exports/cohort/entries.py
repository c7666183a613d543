"""Sales, payments, expenses, refunds and cash handed over in a period as balanced entries, in the columns of the FEC.

What was struck out before any export is not booked; a correction is a credit note or another expense.
Money of an offset stays on the customer's account: the invoice and its credit note meet there.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.clock import civil_day
from ct_platform.kit.money import ZERO
from payroll.exports.fec_file import fec_file
from payroll.models import Refund
from payroll.rules.accounts import plan_of
from payroll.rules.booking import Entry, entry
from payroll.rules.selling_books import (
    expense_postings,
    handed_postings,
    receipt_postings,
    sale_postings,
    settled_postings,
)
from payroll.selectors.book_rows import auxiliary
from payroll.selectors.sales_journal import JournalRow, Period
from projects.enums import PaymentMeans
from projects.models import CashHandover, Expense, Payment

SALES, PURCHASES, BANK, CASH = "VE", "AC", "BQ", "CA"
JOURNALS = {SALES: "Ventes", PURCHASES: "Achats", BANK: "Banque", CASH: "Caisse"}


def selling_fec(
    cohort: Cohort,
    rows: Sequence[JournalRow],
    payments: Sequence[Payment],
    expenses: Sequence[Expense],
    refunds: Sequence[Refund],
    handovers: Sequence[CashHandover],
    *,
    period: Period,
    accounts: Mapping[str, str],
) -> bytes:
    """Write the entries dated in the period. Raises UnbalancedEntry when one differs by a cent."""
    booked = entries(rows, payments, expenses, refunds, handovers)
    found = [one for one in booked if period.holds(one.on)]
    return fec_file(found, plan_of(accounts), names_of(rows, expenses, refunds), JOURNALS)


def entries(
    rows: Sequence[JournalRow],
    payments: Iterable[Payment],
    expenses: Iterable[Expense],
    refunds: Iterable[Refund],
    handovers: Iterable[CashHandover] = (),
) -> list[Entry]:
    """Every entry of a cohort, by date then journal and number."""
    found = [
        *_sold(rows), *_paid(rows, payments), *_bought(expenses), *_given_back(refunds),
        *_handed_over(handovers),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.on, one.journal, one.number))


def customer_account(row: JournalRow) -> str:
    """The customer of an invoice; sales noted by hand share one account without auxiliary."""
    return f"C{row.invoice.customer_id:06d}" if row.invoice else ""


def _sold(rows: Sequence[JournalRow]) -> Iterator[Entry]:
    groups: dict[str, list[JournalRow]] = defaultdict(list)
    for row in rows:
        groups[row.number or row.piece].append(row)
    for number, found in groups.items():
        first = found[0]
        postings = [(row.net, row.vat, row.nature, row.vat_waits) for row in found]
        yield entry(
            journal=SALES,
            number=number,
            on=first.dated,
            piece=number,
            piece_on=first.dated,
            label=f"{first.sale.customer} {first.label}".strip(),
            postings=sale_postings(postings, customer_account(first)),
        )


def _paid(rows: Sequence[JournalRow], payments: Iterable[Payment]) -> Iterator[Entry]:
    due: dict[int, list[JournalRow]] = defaultdict(list)
    for row in rows:
        if row.payment is not None:
            due[row.payment.pk].append(row)
    for payment in payments:
        if payment.means == PaymentMeans.OFFSET:
            continue
        waited = sum((row.vat for row in due[payment.pk] if row.vat_waits), ZERO)
        is_cash = payment.means == PaymentMeans.CASH
        yield entry(
            journal=CASH if is_cash else BANK,
            number=f"E-{payment.pk}",
            on=payment.received_on,
            piece=payment.reference or payment.invoice.number,
            piece_on=payment.received_on,
            label=_("Encaissement %(number)s, %(means)s")
            % {"number": payment.invoice.number, "means": payment.get_means_display()},
            postings=receipt_postings(
                payment.amount, f"C{payment.invoice.customer_id:06d}", cash=is_cash, vat_due=waited
            ),
        )
    in_coins = _in_coins(rows)
    for row in rows:
        if row.invoice is None and row.paid_on is not None:
            waited = row.vat if row.vat_waits else ZERO
            coins = in_coins.get((row.sale.pk, row.struck_on), ZERO)
            for amount, is_cash in ((coins, True), (row.gross - coins, False)):
                if not amount:
                    continue
                yield entry(
                    journal=CASH if is_cash else BANK,
                    number=f"E{row.piece}",
                    on=row.paid_on,
                    piece=row.piece,
                    piece_on=row.dated,
                    label=_("Encaissement, %(what)s") % {"what": row.label},
                    postings=receipt_postings(amount, "", cash=is_cash, vat_due=waited),
                )
                waited = ZERO


def _in_coins(rows: Sequence[JournalRow]) -> dict[tuple[int, dt.date | None], Decimal]:
    """What of each row came in coins, where a count of the cash box says it; cards and cheques, which
    reach the account, are taken from the first rows of the count."""
    counts: dict[int, list[JournalRow]] = defaultdict(list)
    for row in rows:
        if row.sale.cash_total is not None:
            counts[row.sale.cash_total.agreement_id].append(row)
    found: dict[tuple[int, dt.date | None], Decimal] = {}
    for counted in counts.values():
        total = counted[0].sale.cash_total
        assert total is not None  # noqa: S101  grouped by it
        left = total.agreement.card_amount + total.agreement.cheque_amount
        for row in sorted(counted, key=lambda one: one.sale.pk):
            banked = min(row.gross, left) if row.gross > 0 else max(row.gross, left)
            left -= banked
            found[row.sale.pk, row.struck_on] = row.gross - banked
    return found


def _bought(expenses: Iterable[Expense]) -> Iterator[Entry]:
    for one in expenses:
        person = auxiliary(one.advanced_by.person_id) if one.advanced_by else ""
        label = f"{one.supplier} {one.label}".strip()
        turn = f"-{one.turn}" if one.turn > 1 else ""
        end = f"{turn}-A" if one.amount < 0 else turn  # taken back: struck out, or corrected
        piece = f"D-{one.pk}{end}"
        yield entry(
            journal=PURCHASES, number=piece, on=one.moved_on, piece=piece, piece_on=one.moved_on,
            label=label, postings=expense_postings(one.amount, one.vat, person),
        )  # fmt: skip
        if not person:
            yield entry(
                journal=BANK, number=f"P-{one.pk}{end}", on=one.moved_on, piece=piece,
                piece_on=one.moved_on, label=label,
                postings=settled_postings(one.total, "suppliers"),
            )  # fmt: skip


def _given_back(refunds: Iterable[Refund]) -> Iterator[Entry]:
    for refund in refunds:
        person = auxiliary(refund.enrolment.person_id)
        is_cash = refund.means == PaymentMeans.CASH
        name = refund.enrolment.person.civil_name
        for on, amount, number, words in (
            (refund.paid_on, refund.amount, f"R-{refund.pk}", _("Frais remboursés, %(name)s")),
            (
                civil_day(refund.cancelled_at) if refund.cancelled_at else None,
                -refund.amount,
                f"R-{refund.pk}-A",
                _("Remboursement annulé, %(name)s"),
            ),
        ):
            if on is not None:
                yield entry(
                    journal=CASH if is_cash else BANK, number=number, on=on,
                    piece=refund.reference or f"R-{refund.pk}", piece_on=refund.paid_on,
                    label=words % {"name": name},
                    postings=settled_postings(amount, "advanced", person, cash=is_cash),
                )  # fmt: skip


def _handed_over(handovers: Iterable[CashHandover]) -> Iterator[Entry]:
    """A line that was wrong has its own row, of the opposite amount, on the day it was taken back."""
    for one in handovers:
        words = _("Espèces remises à %(who)s") if one.amount > 0 else _("Remise annulée, %(who)s")
        yield entry(
            journal=CASH, number=f"H-{one.pk}", on=one.handed_on, piece=f"H-{one.reverses_id or one.pk}",
            piece_on=one.reverses.handed_on if one.reverses else one.handed_on,
            label=words % {"who": one.given_to}, postings=handed_postings(one.amount),
        )  # fmt: skip


def names_of(
    rows: Iterable[JournalRow], expenses: Iterable[Expense], refunds: Iterable[Refund]
) -> dict[str, str]:
    customers = {customer_account(row): row.sale.customer for row in rows if row.invoice}
    people = {
        auxiliary(one.person_id): one.person.civil_name
        for one in (
            *(expense.advanced_by for expense in expenses if expense.advanced_by),
            *(refund.enrolment for refund in refunds),
        )
    }
    return customers | people
