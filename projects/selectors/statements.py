"""A customer's account on a day: what was invoiced, credited, paid, and what is left."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.money import ZERO
from projects.models import Customer, Invoice, Payment


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; amounts in euros, VAT included. `owed` adds to what is due, `paid` takes from it."""

    on: dt.date
    what: str
    owed: Decimal
    paid: Decimal
    balance: Decimal
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    customer: Customer
    until: dt.date
    entries: list[Entry]

    @property
    def owed(self) -> Decimal:
        return sum((one.owed for one in self.entries), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.entries), ZERO)

    @property
    def balance(self) -> Decimal:
        return self.owed - self.paid


def statement_of(customer: Customer, until: dt.date) -> Statement:
    """Everything up to `until` included, in order of day. Two queries.

    A credit note takes from what is due; the two sides of an offset cancel out, so they are not told.
    """
    issued = Invoice.objects.issued().filter(customer_id=customer.pk, issued_on__lte=until)
    rows: list[tuple[dt.date, int, int, str, Decimal, Decimal, dt.date | None]] = []
    for one in issued:
        sign = -1 if one.is_credit else 1
        what = _("%(kind)s n° %(number)s, %(title)s") % {
            "kind": one.get_kind_display().capitalize(),
            "number": one.number,
            "title": one.title,
        }
        due = None if one.is_credit else one.due_on
        rows.append((one.issued_on or until, 0, one.pk, what, sign * one.total_amount, ZERO, due))
    came = Payment.objects.filter(
        invoice__customer_id=customer.pk, received_on__lte=until
    ).select_related("invoice")
    for pay in came.exclude(means="offset"):
        what = _("%(means)s, facture n° %(number)s") % {
            "means": pay.get_means_display().capitalize(),
            "number": pay.invoice.number,
        }
        rows.append((pay.received_on, 1, pay.pk, what, ZERO, pay.amount, None))
    return Statement(customer, until, _balanced(sorted(rows, key=lambda row: row[:3])))


def _balanced(
    rows: list[tuple[dt.date, int, int, str, Decimal, Decimal, dt.date | None]],
) -> list[Entry]:
    entries, balance = [], ZERO
    for on, _kind, _key, what, owed, paid, due in rows:
        balance += owed - paid
        entries.append(Entry(on, what, owed, paid, balance, due))
    return entries
