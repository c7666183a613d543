"""Deposits: asked on an accepted quote, then taken off the invoice, each one once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from projects.enums import InvoiceKind, InvoiceState
from projects.models import Invoice
from projects.services.invoices._rows import lines_of
from projects.services.invoices.crediting import is_wholly_credited

ONE_LESS = Decimal(-1)


def deposits_to_take_off(*, customer_id: int, invoice: Invoice | None = None) -> list[Invoice]:
    """Issued deposits of a customer that nothing corrects and no other standing invoice takes off."""
    corrected = Invoice.objects.filter(corrects_id=OuterRef("pk")).exclude(
        state=InvoiceState.DROPPED
    )
    rows = Invoice.objects.issued().filter(
        kind=InvoiceKind.DEPOSIT, customer_id=customer_id, numbered_by_host=False
    )
    free = rows.exclude(Exists(corrected)).order_by("issued_on", "pk")
    return [one for one in free if not _taken_elsewhere(one, invoice)]


def refuse_deposits(invoice: Invoice, deposits: Sequence[Invoice]) -> None:
    """Locks them: two invoices never take off the same one. Refused (deposits)."""
    if not deposits:
        return
    if invoice.kind != InvoiceKind.INVOICE:
        raise Refused(_("Un acompte se déduit d’une facture."), field="deposits")
    keys = sorted({one.pk for one in deposits})
    held = list(Invoice.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    for deposit in held:
        words = {"number": deposit.number}
        if deposit.kind != InvoiceKind.DEPOSIT or not deposit.is_issued:
            raise Refused(_("On ne déduit qu’un acompte émis."), field="deposits")
        if deposit.customer_id != invoice.customer_id:
            raise Refused(
                _("L’acompte n° %(number)s est à un autre client.") % words, field="deposits"
            )
        if deposit.credit_notes.exclude(state=InvoiceState.DROPPED).exists():
            raise Refused(
                _("L’acompte n° %(number)s est corrigé par un avoir : il ne se déduit plus.")
                % words,
                field="deposits",
            )
        if _taken_elsewhere(deposit, invoice):
            raise Refused(
                _("L’acompte n° %(number)s est déjà déduit d’une autre facture.") % words,
                field="deposits",
            )


def _taken_elsewhere(deposit: Invoice, invoice: Invoice | None) -> bool:
    """By another invoice that stands: neither dropped, nor cancelled by its credit notes."""
    others = Invoice.objects.filter(kind=InvoiceKind.INVOICE, lines__deposit=deposit)
    others = others.exclude(state=InvoiceState.DROPPED).distinct()
    if invoice is not None:
        others = others.exclude(pk=invoice.pk)
    return any(not is_wholly_credited(one) for one in others)


def taking_off(deposits: Sequence[Invoice]) -> list[dict[str, Any]]:
    """Their lines, backwards: a negative quantity, never a negative price (EN 16931 BR-27)."""
    return [
        {
            "project_id": line.project_id,
            "product_id": None,
            "designation": _("Acompte déduit, facture n° %s") % deposit.number,
            "nature": line.nature,
            "way": "",
            "quantity": ONE_LESS,
            "unit": "",
            "unit_price": line.amount,
            "discount_percent": Decimal(0),
            "vat_percent": line.vat_percent,
            "amount": -line.amount,
            "gross_amount": None if line.gross_amount is None else -line.gross_amount,
            "deposit_id": deposit.pk,
        }
        for deposit in deposits
        for line in lines_of(deposit)
    ]


def taken_off(invoice: Invoice) -> list[Invoice]:
    """The deposits an invoice takes off, in the order of their numbers."""
    keys = invoice.lines.filter(deposit__isnull=False).values("deposit_id")
    return list(Invoice.objects.filter(pk__in=keys).order_by("issued_on", "pk"))
