"""The entries of a run in the eighteen columns of the FEC, to import in the host's own books.

Two things are the host's own to book: an advance, on the day it hands the
money over (a pay only clears it), and the flat AT/MP of months without pay, when it declares it.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month, civil_day
from payroll.exports.fec_file import ENCODING, fec_file
from payroll.models import Payment
from payroll.rules.accounts import plan_of
from payroll.rules.booking import (
    Entry,
    LineAmount,
    SlipAmounts,
    entry,
    payment_postings,
    rounding_postings,
    slip_postings,
)
from payroll.rules.declared import gaps
from payroll.selectors.book_rows import CORRECTION, COUNTER, Row, auxiliary
from payroll.selectors.books import Books

__all__ = ["ENCODING", "entries", "fec"]

PAY, BANK = "PAI", "BQ"
_JOURNALS = {PAY: "Paie", BANK: "Banque"}


def fec(books: Books) -> bytes:
    """Write the entries of an issued run. Raises UnbalancedEntry when one differs by a cent."""
    names = {row.account: row.person.civil_name for row in books.rows} | {
        auxiliary(p.enrolment.person_id): p.enrolment.person.civil_name for p in books.payments
    }
    return fec_file(entries(books), plan_of(books.accounts), names, _JOURNALS)


def entries(books: Books) -> list[Entry]:
    """Every entry of a run, by date then number: slips, cents of rounding, money sent and sent back."""
    found = [*_pay(books), *_rounding(books), *_bank(books)]
    return sorted(found, key=lambda one: (one.on, one.journal != PAY, one.number))


def _pay(books: Books) -> Iterator[Entry]:
    month = Month(books.run.month)
    for row in books.rows:
        if not row.number and not row.set_aside:
            continue  # nothing earned, nothing kept: nothing to book
        piece = row.number or f"PART-{row.share_id}"
        words = {"piece": piece, "name": row.person.civil_name, "month": month}
        label = (
            _("Bulletin %(piece)s, %(month)s, %(name)s")
            if row.number
            else _("Part gardée, %(month)s, %(name)s")
        )
        yield entry(
            journal=PAY,
            number=piece,
            on=_booked_on(row, month),
            piece=piece,
            piece_on=row.issued_on,
            label=label % words,
            postings=slip_postings(_amounts(row), row.account),
        )


def _booked_on(row: Row, month: Month) -> dt.date:
    """A pay belongs to the month worked; what corrects it later, to the day it was corrected."""
    return row.issued_on if row.kind in (COUNTER, CORRECTION) else min(month.last, row.issued_on)


def _amounts(row: Row) -> SlipAmounts:
    return SlipAmounts(
        is_cape=row.is_cape,
        gross=row.gross,
        lines=[LineAmount(line.code, line.side, line.amount) for line in row.lines],
        tax=row.tax,
        net_paid=row.net_paid,
        advances=row.advances,
        deductions=row.deductions,
        set_aside=row.set_aside,
        top_coefficient=row.top_coefficient,
    )


def _rounding(books: Books) -> Iterator[Entry]:
    """What the slips of the issue say beyond the declared totals: one entry, whatever comes later."""
    found = gaps(books.declared())
    issued_at = books.run.issued_at
    if not found or issued_at is None:
        return
    day, number = civil_day(issued_at), f"ARRONDI-{books.run.pk}"
    yield entry(
        journal=PAY,
        number=number,
        on=min(Month(books.run.month).last, day),
        piece=number,
        piece_on=day,
        label=_("Arrondis entre bulletins et déclaration, %(month)s")
        % {"month": Month(books.run.month)},
        postings=rounding_postings(found),
    )


def _bank(books: Books) -> Iterator[Entry]:
    is_cape = {row.enrolment_id: row.is_cape for row in books.rows if row.stands}
    for payment in books.payments:
        cape = is_cape.get(payment.enrolment_id, books.run.photograph["profile"]["code"] == "cape")
        assert payment.paid_on is not None  # noqa: S101  paid, or paid then sent back
        yield _transfer(payment, payment.paid_on, payment.amount, cape)
        if payment.rejected_on is not None:
            yield _transfer(payment, payment.rejected_on, -payment.amount, cape)


def _transfer(payment: Payment, on: dt.date, amount: Decimal, is_cape: bool) -> Entry:
    back = amount < 0
    sentence = _("%(kind)s rejeté, %(name)s") if back else _("%(kind)s, %(name)s")
    words = {
        "kind": str(payment.get_kind_display()).capitalize(),
        "name": payment.enrolment.person.civil_name,
    }
    return entry(
        journal=BANK,
        number=f"{payment.end_to_end}-R" if back else payment.end_to_end,
        on=on,
        piece=payment.cheque_number or payment.end_to_end,
        piece_on=on,
        label=sentence % words,
        postings=payment_postings(amount, auxiliary(payment.enrolment.person_id), is_cape=is_cape),
    )
