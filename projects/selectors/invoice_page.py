"""One invoice: its lines and sums, who did what, its paper, its credit notes, how it left."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.models import TransitionLog
from ct_platform.kit.money import ZERO
from members.models import Person
from projects.enums import Badge, InvoiceKind, InvoiceState
from projects.models import Invoice, InvoiceLine, InvoiceMessage
from projects.rules.billing import needs_a_note
from projects.rules.totals import RateTotal, Totals, totals_of
from projects.selectors.invoices import badge_of
from projects.selectors.payments import PaymentsOf, payments_of
from projects.selectors.selling import terms_on


@dataclass(frozen=True, slots=True)
class Told:
    """One moment of the history of an invoice, in words."""

    at: dt.datetime
    words: str
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InvoicePage:
    invoice: Invoice
    lines: list[InvoiceLine]
    totals: Totals
    money: PaymentsOf | None  # once issued
    badge: Badge
    history: list[Told]
    credit_notes: list[Invoice]
    messages: list[InvoiceMessage]
    host_has_terms: bool
    asks_to_validate: bool
    gives_numbers: bool
    has_siren: bool
    needs_note: bool

    @property
    def is_submittable(self) -> bool:
        """The host looks first, or numbers itself."""
        return self.asks_to_validate or not self.gives_numbers

    @property
    def may_be_credited(self) -> bool:
        return self.invoice.is_issued and not self.invoice.is_credit


def invoice_page(invoice: Invoice, today: dt.date) -> InvoicePage:
    """Ten queries at most, whatever the lines."""
    lines = list(
        invoice.lines.select_related("project", "product", "deposit").order_by("position", "pk")
    )
    terms = terms_on(invoice.host_id, today) if invoice.is_unfinished else None
    money = payments_of(invoice, today) if invoice.is_issued else None
    is_person = invoice.customer.is_consumer
    return InvoicePage(
        invoice=invoice,
        lines=lines,
        totals=_totals(invoice, lines),
        money=money,
        badge=badge_of(invoice, _signed(money), today),
        history=_history(invoice),
        credit_notes=list(invoice.credit_notes.exclude(state=InvoiceState.DROPPED).order_by("pk")),
        messages=list(
            InvoiceMessage.objects.filter(invoice=invoice).select_related("sent_by").order_by("-pk")
        ),
        host_has_terms=terms is not None,
        asks_to_validate=terms is not None and terms.asks_to_validate,
        gives_numbers=terms is not None and terms.gives_numbers,
        has_siren=is_person or bool(invoice.customer.siret),
        needs_note=needs_a_note(
            to_consumer=is_person,
            has_services=any(one.nature == "services" for one in lines),
            total=invoice.total_amount,
        ),
    )


def _signed(money: PaymentsOf | None) -> Decimal:
    """What its payments sum to, as they are written: negative for money given back."""
    if money is None:
        return ZERO
    return -money.received if money.invoice.is_credit else money.received


def sold_lines(invoice: Invoice) -> list[InvoiceLine]:
    """What was sold, line by line. One query."""
    return list(invoice.lines.filter(deposit__isnull=True).order_by("position", "pk"))


def _totals(invoice: Invoice, lines: list[InvoiceLine]) -> Totals:
    """As its paper prints them: the last credit note of an invoice may carry its leftover cent of VAT."""
    if invoice.is_issued and invoice.kind == InvoiceKind.CREDIT_NOTE and invoice.document:
        told = invoice.document.snapshot["totals"]["rates"]
        return Totals(
            tuple(
                RateTotal(*(Decimal(one[name]) for name in ("percent", "net", "vat")))
                for one in told
            )
        )
    return totals_of(lines)


def _history(invoice: Invoice) -> list[Told]:
    moves = list(TransitionLog.objects.filter(model=Invoice._meta.label_lower, row_id=invoice.pk))
    keys = {invoice.written_by_id, *(one.by_person_id or 0 for one in moves)}
    people = {one.pk: one.full_name for one in Person.objects.filter(pk__in=keys)}
    begun = Told(invoice.created_at, _("Brouillon écrit"), people.get(invoice.written_by_id, ""))
    return [
        begun,
        *(
            Told(one.at, _moved(one), people.get(one.by_person_id or 0, ""), one.reason)
            for one in moves
        ),
    ]


def _moved(one: Any) -> str:
    match one.new:
        case InvoiceState.SUBMITTED:
            return _("Envoyée à la coopérative hôte")
        case InvoiceState.APPROVED:
            return _("Validée par la coopérative hôte")
        case InvoiceState.ISSUED:
            return _("Émise")
        case InvoiceState.DROPPED:
            return _("Abandonnée")
        case _:
            return _("De nouveau un brouillon")
