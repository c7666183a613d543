"""What was received for an invoice, what is left of it, and who is late."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from ct_platform.kit.clock import civil_day
from ct_platform.kit.components import Fact
from ct_platform.kit.money import ZERO, euros
from projects.enums import CustomerKind, InvoiceKind
from projects.models import Invoice, Payment, Reminder, SellerTerms
from projects.rules.overdue import Late, late_of, may_remind_from
from projects.selectors.selling import terms_on

ON_A_PAGE = 25
_EUROS: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=10, decimal_places=2)


def with_left(rows: QuerySet[Invoice]) -> QuerySet[Any]:
    """Issued ones, each with `received` and `left`, VAT included; positive for a credit note too."""
    sums = Payment.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice_id")
    total = sums.annotate(n=Sum("amount")).values("n")
    came = Coalesce(Subquery(total, output_field=_EUROS), ZERO, output_field=_EUROS)
    # Money given back for a credit note is negative where it is written.
    given = ExpressionWrapper(-came, _EUROS)
    received = Case(When(kind=InvoiceKind.CREDIT_NOTE, then=given), default=came)
    return rows.filter(state="issued").annotate(
        received=received, left=ExpressionWrapper(F("total_amount") - received, _EUROS)
    )


def owed(rows: QuerySet[Invoice]) -> QuerySet[Any]:
    """Invoices and deposits of which something is left to pay, the oldest debt first."""
    found = with_left(rows).exclude(kind=InvoiceKind.CREDIT_NOTE).filter(left__gt=0)
    return found.select_related("customer", "cohort").order_by("due_on", "pk")


def owed_to_host(host_id: int) -> list[Any]:
    """One query."""
    return list(owed(Invoice.objects.filter(host_id=host_id)))


def overdue(today: dt.date) -> QuerySet[Any]:
    """Of every cohort, what was due before today and is not paid."""
    return owed(Invoice.objects.filter(due_on__lt=today))


@dataclass(frozen=True, slots=True)
class CohortDebt:
    cohort_id: int
    cohort: str
    left: Decimal
    count: int


def debts_to_host(host_id: int) -> list[CohortDebt]:
    """What customers still owe, by cohort, the most first. One query."""
    found: dict[int, CohortDebt] = {}
    for row in owed_to_host(host_id):
        before = found.get(row.cohort_id, CohortDebt(row.cohort_id, row.cohort.name, ZERO, 0))
        found[row.cohort_id] = replace(before, left=before.left + row.left, count=before.count + 1)
    return sorted(found.values(), key=lambda one: (-one.left, one.cohort_id))


def credit_left(invoice: Invoice) -> list[Any]:
    """Credit notes of the same customer that are neither given back nor set off. One query."""
    rows = Invoice.objects.filter(customer_id=invoice.customer_id, kind=InvoiceKind.CREDIT_NOTE)
    return list(with_left(rows).filter(left__gt=0).order_by("issued_on", "pk"))


@dataclass(frozen=True, slots=True)
class OffsetOffer:
    """A credit note that may be set off; the key makes a double press set it off once."""

    note: Any  # an Invoice with `left`
    amount: Decimal
    client_uuid: uuid.UUID


@dataclass(frozen=True, slots=True)
class PaymentsOf:
    """What the page of an invoice says of its money. Amounts in euros, VAT included, positive."""

    invoice: Invoice
    payments: list[Payment]
    received: Decimal
    left: Decimal
    offers: list["OffsetOffer"]  # credit notes to set off against it
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
        offers=[
            OffsetOffer(one, min(one.left, left), uuid.uuid4())
            for one in (credit_left(invoice) if owes else [])
        ],
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


@dataclass(frozen=True, slots=True)
class OwedRow:
    invoice: Any  # an Invoice with `received` and `left`
    days_late: int  # zero while it is not late
    reminders: int
    free_on: dt.date | None  # when the next reminder may leave

    @property
    def may_remind(self) -> bool:
        return self.days_late > 0 and self.free_on is None


@dataclass(frozen=True, slots=True)
class OwedPage:
    rows: list[OwedRow]
    page: Page[Any]
    left: Decimal  # of all pages
    late: Decimal
    latest: list[Payment]

    @property
    def facts(self) -> list[Fact]:
        return [
            Fact(_("Reste à recevoir"), euros(self.left)),
            Fact(_("Dont en retard"), euros(self.late)),
        ]


def owed_page(cohort_id: int, today: dt.date, number: str) -> OwedPage:
    """What customers owe, the oldest debt first, and the last payments. Five queries."""
    rows = owed(Invoice.objects.of_cohort(cohort_id))
    sums = rows.aggregate(whole=Sum("left"), late=Sum("left", filter=Q(due_on__lt=today)))
    page = Paginator(rows.prefetch_related("reminders"), ON_A_PAGE).get_page(number)
    latest = Payment.objects.of_cohort(cohort_id).select_related("invoice__customer")
    return OwedPage(
        rows=[_owed_row(one, today) for one in page.object_list],
        page=page,
        left=sums["whole"] or ZERO,
        late=sums["late"] or ZERO,
        latest=list(latest.order_by("-at", "-pk")[:10]),
    )


def _owed_row(invoice: Any, today: dt.date) -> OwedRow:
    reminders = list(invoice.reminders.all())
    free_on = may_remind_from(civil_day(reminders[-1].at) if reminders else None)
    return OwedRow(
        invoice=invoice,
        days_late=max((today - invoice.due_on).days, 0) if invoice.due_on else 0,
        reminders=len(reminders),
        free_on=free_on if free_on and free_on > today else None,
    )


def reminder_by_key(key: int) -> Reminder | None:
    """For the link a customer holds: whoever holds it, no seat is asked. One query."""
    rows = Reminder.objects.select_related("invoice__customer", "invoice__cohort", "invoice__host")
    found: Reminder | None = rows.filter(pk=key).first()
    return found
