"""Invoices as the coordination, the host and the group read them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.money import ZERO
from projects.enums import Badge, InvoiceKind, InvoiceState
from projects.models import Customer, Invoice

PER_PAGE = 25
# Tabs of the list: their word in the address.
TO_DO, ISSUED, UNPAID, DROPPED = "a-faire", "emises", "a-encaisser", "abandonnees"
_UNFINISHED = (InvoiceState.DRAFT, InvoiceState.SUBMITTED, InvoiceState.APPROVED)
_AMOUNT: Any = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of a list: what was paid so far, VAT included, and the word of its state."""

    invoice: Invoice
    paid: Decimal
    badge: Badge

    @property
    def left(self) -> Decimal:
        left: Decimal = self.invoice.total_amount - self.paid
        return left


@dataclass(frozen=True, slots=True)
class InvoicesPage:
    rows: "Page[Any]"
    tab: str
    counts: dict[str, int]
    unpaid: Decimal  # VAT included


def with_paid(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotated with `paid`: what came for it (positive for a credit note given back)."""
    came = Coalesce(Sum("payments__amount"), Value(ZERO), output_field=_AMOUNT)
    found: QuerySet[Any] = rows.annotate(paid=came)
    return found


def unpaid(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Issued invoices and deposits whose money has not all come, annotated with `paid`.

    What a credit note cancelled is settled by an offset: until then it is still written here.
    """
    owed = rows.filter(state=InvoiceState.ISSUED).exclude(kind=InvoiceKind.CREDIT_NOTE)
    found: QuerySet[Any] = with_paid(owed).filter(total_amount__gt=F("paid"))
    return found


def invoices_page(cohort: Cohort, *, tab: str, number: str, today: dt.date) -> InvoicesPage:
    """One tab of the list, the latest first. Six queries."""
    mine = Invoice.objects.of_cohort(cohort.pk)
    owed = unpaid(mine)
    tabs: dict[str, QuerySet[Any]] = {
        TO_DO: mine.filter(state__in=_UNFINISHED),
        ISSUED: mine.filter(state=InvoiceState.ISSUED),
        UNPAID: owed,
        DROPPED: mine.filter(state=InvoiceState.DROPPED),
    }
    counted = mine.aggregate(
        to_do=Count("pk", filter=Q(state__in=_UNFINISHED)),
        issued=Count("pk", filter=Q(state=InvoiceState.ISSUED)),
        dropped=Count("pk", filter=Q(state=InvoiceState.DROPPED)),
    )
    shown = tab if tab in tabs else (TO_DO if counted["to_do"] else ISSUED)
    order = ("due_on", "pk") if shown == UNPAID else ("-issued_on", "-number", "-pk")
    found = with_paid(tabs[shown]).select_related("customer").order_by(*order)
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = _rows(page.object_list, today)
    _sold, left = invoiced_and_owed(mine)
    return InvoicesPage(page, shown, {**counted, "unpaid": owed.count()}, left)


def invoiced_and_owed(rows: QuerySet[Any]) -> tuple[Decimal, Decimal]:
    """What was invoiced less credit notes, and what of it has not come, VAT included. Two queries.

    Money given back on a credit note is a negative payment, so that one sum holds both ways.
    """
    issued = rows.filter(state=InvoiceState.ISSUED)
    is_credit = Q(kind=InvoiceKind.CREDIT_NOTE)
    sums = issued.aggregate(
        sold=Sum("total_amount", filter=~is_credit), given=Sum("total_amount", filter=is_credit)
    )
    came = issued.aggregate(came=Sum("payments__amount"))["came"] or ZERO
    invoiced: Decimal = (sums["sold"] or ZERO) - (sums["given"] or ZERO)
    return invoiced, invoiced - came


def _rows(invoices: Iterable[Any], today: dt.date) -> list[InvoiceRow]:
    return [InvoiceRow(one, one.paid, badge_of(one, one.paid, today)) for one in invoices]


def badge_of(invoice: Invoice, paid: Decimal, today: dt.date) -> Badge:
    match invoice.state:
        case InvoiceState.DRAFT if invoice.sent_back_because:
            return Badge("warn", "bulle", _("À corriger"))
        case InvoiceState.DRAFT:
            return Badge("wait", "stylo", _("Brouillon"))
        case InvoiceState.SUBMITTED:
            return Badge("wait", "cle", _("Chez l’hôte"))
        case InvoiceState.APPROVED:
            return Badge("warn", "ok", _("Validée, à émettre"))
        case InvoiceState.DROPPED:
            return Badge("wait", "non-rond", _("Abandonnée"))
    return _issued_badge(invoice, paid, today)


def _issued_badge(invoice: Invoice, paid: Decimal, today: dt.date) -> Badge:
    if invoice.is_credit:
        return Badge("wait", "refaire", _("Avoir émis"))
    if paid >= invoice.total_amount:
        return Badge("ok", "ok", _("Payée"))
    if invoice.due_on is not None and invoice.due_on < today:
        return Badge("bad", "alerte", _("En retard"))
    if paid > 0:
        return Badge("warn", "attente", _("Payée en partie"))
    return Badge("warn", "attente", _("À encaisser"))


def customers_to_invoice(cohort_id: int, *, also: int | None = None) -> list[Customer]:
    """Those a new invoice may name, by name; `also`: the one a draft names already. One query."""
    rows = Customer.objects.of_cohort(cohort_id)
    return list(rows.filter(Q(archived_at__isnull=True) | Q(pk=also)).order_by("name", "pk"))


def deposits_of_cohort(cohort_id: int, *, also: Invoice | None = None) -> list[Invoice]:
    """Issued deposits that no other draft nor invoice takes off, as far as one query tells: the
    service judges again, under lock. Those of a credited invoice are free again."""
    free = Q(taken_off_by__isnull=True) | Q(taken_off_by__invoice__state=InvoiceState.DROPPED)
    free |= Q(taken_off_by__invoice__credit_notes__state=InvoiceState.ISSUED)
    if also is not None:
        free |= Q(taken_off_by__invoice=also)
    rows = Invoice.objects.of_cohort(cohort_id).issued().filter(kind=InvoiceKind.DEPOSIT)
    found = rows.filter(free, credit_notes__isnull=True, numbered_by_host=False).distinct()
    return list(found.select_related("customer").order_by("issued_on", "pk"))


def invoices_to_approve(actor: Actor) -> list[Invoice]:
    """What waits for the host: its agreement, or its number. One query; none for other seats."""
    if actor.kind != SeatKind.HOST:
        return []
    rows = Invoice.objects.visible_to(actor).filter(state=InvoiceState.SUBMITTED)
    return list(rows.select_related("cohort", "customer", "document").order_by("pk")[:50])


def host_invoices(actor: Actor, *, number: str, today: dt.date) -> "Page[Any]":
    """Everything issued or waiting in the host's name, in all its cohorts. Two queries."""
    rows = Invoice.objects.visible_to(actor).exclude(
        state__in=[InvoiceState.DRAFT, InvoiceState.DROPPED]
    )
    found = with_paid(rows).select_related("customer", "cohort").order_by("-issued_on", "-pk")
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = _rows(page.object_list, today)
    return page


@dataclass(frozen=True, slots=True)
class OwnInvoices:
    rows: "Page[Any]"
    invoiced: Decimal  # VAT included, credit notes taken off
    owed: Decimal


def own_invoices(cohort_id: int, *, number: str, today: dt.date) -> OwnInvoices:
    """What one's cooperative invoiced: names and sums, no address, no draft. Four queries."""
    issued = Invoice.objects.of_cohort(cohort_id).issued()
    found = with_paid(issued).select_related("customer").order_by("-issued_on", "-pk")
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = _rows(page.object_list, today)
    return OwnInvoices(page, *invoiced_and_owed(issued))


def invoice_by_key(invoice_id: int) -> Invoice | None:
    """For whoever holds a link of ours. One query."""
    rows = Invoice.objects.issued().select_related("cohort", "host", "customer", "document")
    found: Invoice | None = rows.filter(pk=invoice_id, numbered_by_host=False).first()
    return found
