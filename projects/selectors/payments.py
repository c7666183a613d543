"""What was received for an invoice, what is left of it, and who is late."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cohorts.enums import CohortState
from ct_platform.kit.money import ZERO
from projects.enums import CustomerKind, InvoiceKind
from projects.models import Invoice, Payment, Reminder, SellerTerms
from projects.rules.overdue import Late, late_of
from projects.selectors.selling import terms_on

_EUROS: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=10, decimal_places=2)


def with_left(rows: QuerySet[Invoice]) -> QuerySet[Any]:
    """Issued ones, each with `received` and `left`, VAT included; positive for a credit note too."""
    sums = Payment.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice_id")
    total = sums.annotate(n=Sum("amount")).values("n")
    received = Coalesce(Subquery(total, output_field=_EUROS), ZERO, output_field=_EUROS)
    return rows.filter(state="issued").annotate(
        received=received, left=ExpressionWrapper(F("total_amount") - received, _EUROS)
    )


def owed(rows: QuerySet[Invoice]) -> QuerySet[Any]:
    """Invoices and deposits of which something is left to pay, the oldest debt first."""
    found = with_left(rows).exclude(kind=InvoiceKind.CREDIT_NOTE).filter(left__gt=0)
    return found.select_related("customer", "cohort").order_by("due_on", "pk")


def owed_to_host(host_id: int) -> list[Invoice]:
    """One query."""
    return list(owed(Invoice.objects.filter(host_id=host_id)))


def overdue(today: dt.date) -> QuerySet[Any]:
    """Of every cohort, what was due before today and is not paid."""
    return owed(Invoice.objects.filter(due_on__lt=today))


def credit_left(invoice: Invoice) -> list[Invoice]:
    """Credit notes of the same customer that are neither given back nor set off. One query."""
    rows = Invoice.objects.filter(customer_id=invoice.customer_id, kind=InvoiceKind.CREDIT_NOTE)
    return list(with_left(rows).filter(left__gt=0).order_by("issued_on", "pk"))


@dataclass(frozen=True, slots=True)
class PaymentsOf:
    """What the page of an invoice says of its money. Amounts in euros, VAT included, positive."""

    invoice: Invoice
    payments: list[Payment]
    received: Decimal
    left: Decimal
    credits: list[Invoice]  # to set off against it
    reminders: list[Reminder]
    late: Late | None
    is_archived: bool

    @property
    def is_paid(self) -> bool:
        return self.left <= 0


def payments_of(invoice: Invoice, today: dt.date) -> PaymentsOf:
    """Five queries at most. `invoice` comes with its cohort and customer."""
    payments = list(
        Payment.objects.filter(invoice=invoice)
        .select_related("recorded_by", "reversed_by", "reverses", "bank_match")
        .order_by("received_on", "pk")
    )
    total = sum((one.amount for one in payments), ZERO)
    received = -total if invoice.is_credit else total
    left = invoice.total_amount - received
    owes = not invoice.is_credit and left > 0
    reminders = list(Reminder.objects.filter(invoice=invoice).select_related("written_by", "mail"))
    return PaymentsOf(
        invoice=invoice,
        payments=payments,
        received=received,
        left=left,
        credits=credit_left(invoice) if owes else [],
        reminders=[] if invoice.is_credit else reminders,
        late=lateness(invoice, left, today) if owes else None,
        is_archived=invoice.cohort.state == CohortState.ARCHIVED,
    )


def lateness(
    invoice: Invoice, left: Decimal, today: dt.date, terms: SellerTerms | None = None
) -> Late | None:
    """Days late, and for a firm what the law lets the host ask; None while it is not late.

    One query when `terms` (in force on the day of issue) are not given.
    """
    if invoice.due_on is None or invoice.issued_on is None or invoice.due_on >= today:
        return None
    if invoice.customer.kind != CustomerKind.FIRM:
        return late_of(left=left, due_on=invoice.due_on, today=today, rate=None)
    found = terms or terms_on(invoice.host_id, invoice.issued_on)
    rate = found.late_rate if found is not None else ZERO
    return late_of(left=left, due_on=invoice.due_on, today=today, rate=rate)
