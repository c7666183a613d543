"""The papers of a sale: invoice, deposit, credit note, and the request to a host that numbers itself."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import format_day, format_period
from documents.kinds import DocumentKind, PublicFact
from members.rules import spaced_iban
from projects.enums import InvoiceKind
from projects.papers import commercial
from projects.papers.facturx import embedded

REQUEST = "invoice_request"
# Invoice kind → kind of paper.
KINDS = {
    InvoiceKind.INVOICE: "invoice",
    InvoiceKind.DEPOSIT: "deposit_invoice",
    InvoiceKind.CREDIT_NOTE: "credit_note",
}
CODES = frozenset(KINDS.values())


def kind_of(invoice_kind: str, number: str) -> str:
    """The kind of paper; without a number it only asks the host to invoice."""
    return KINDS[InvoiceKind(invoice_kind)] if number else REQUEST


def title_of(invoice_kind: str, number: str) -> str:
    if not number:
        return _("Demande de facturation")
    words = {
        InvoiceKind.INVOICE: _("Facture n° %s"),
        InvoiceKind.DEPOSIT: _("Facture d’acompte n° %s"),
        InvoiceKind.CREDIT_NOTE: _("Avoir n° %s"),
    }
    return words[InvoiceKind(invoice_kind)] % number


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/invoice.html prints, from the photograph alone."""
    kind, seller = InvoiceKind(snapshot["kind"]), snapshot["seller"]
    printed = commercial.printed(snapshot)
    gross = printed["gross"]
    first, last = _day(snapshot["sold_from"]), _day(snapshot["sold_until"])
    return {
        **printed,
        "title": title_of(kind, snapshot["number"]),
        "subject": snapshot["title"],
        "note": snapshot["note"],
        "number": snapshot["number"],
        "is_request": not snapshot["number"],
        "is_preview": False,
        "is_credit": kind == InvoiceKind.CREDIT_NOTE,
        "is_deposit": kind == InvoiceKind.DEPOSIT,
        "issued_on": _day(snapshot["issued_on"]),
        "due_on": _day(snapshot["due_on"]),
        "sold": format_day(first) if first == last else format_period(first, last),
        "order_number": snapshot["order_number"],
        "quote": snapshot["quote"],
        "corrects": _named(snapshot["corrects"]),
        "reason": snapshot["reason"],
        "deposits": [_named(one) for one in snapshot["deposits"]],
        "gross_label": _gross_label(kind),
        "is_paid": not gross,
        "iban": spaced_iban(seller["iban"].replace(" ", "")),
        "bic": seller["bic"],
        "seller": seller["name"],
    }


def _gross_label(kind: InvoiceKind) -> str:
    return {
        InvoiceKind.INVOICE: _("Total à payer, TVA comprise"),
        InvoiceKind.DEPOSIT: _("Acompte à payer, TVA comprise"),
        InvoiceKind.CREDIT_NOTE: _("Total de l’avoir, TVA comprise"),
    }[kind]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _named(other: Mapping[str, str] | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {"number": other["number"], "on": _day(other["issued_on"])}


def _filename(snapshot: Mapping[str, Any]) -> str:
    """ "facture-2026-ct-00041.pdf"."""
    word = {"invoice": "facture", "deposit": "acompte", "credit_note": "avoir"}[snapshot["kind"]]
    return f"{word}-{slugify(snapshot['number'] or snapshot['title'])}.pdf"


def _public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """Neither the customer nor an amount: number and day are enough for who holds the paper."""
    return [PublicFact(_("Émise le"), format_day(_day(snapshot["issued_on"])))]


def _kind(
    code: str, label: str, attached: Callable[[Mapping[str, Any]], Mapping[str, bytes]] = embedded
) -> DocumentKind:
    return DocumentKind(
        code=code,
        label=label,
        template="pdf/invoice.html",
        template_version="2",
        former={"1": "pdf/former/invoice_1.html"},
        context=context,
        filename=_filename,
        open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
        public_facts=_public_facts,
        icon="vente",
        attached=attached,
    )


DOCUMENT_KINDS = (
    _kind(KINDS[InvoiceKind.INVOICE], "Facture"),
    _kind(KINDS[InvoiceKind.DEPOSIT], "Facture d’acompte"),
    _kind(KINDS[InvoiceKind.CREDIT_NOTE], "Avoir"),
    # No number, so no XML: the host's own software makes the invoice.
    _kind(REQUEST, "Demande de facturation", lambda snapshot: {}),
)
