"""What every act on an invoice begins with: the row held, its lines, what may still change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused, Stale
from documents.services.revoke import revoke_document
from projects.enums import INVOICE_ALLOWED, InvoiceKind, InvoiceState
from projects.models import Customer, Invoice, InvoiceLine
from projects.rules.totals import Line, Totals, line_of

_JOINED = ("cohort__host", "host", "customer", "quote", "corrects", "document")


def hold(invoice: Invoice) -> Invoice:
    """The row as it is now, locked until the end of the transaction."""
    row: Invoice = (
        Invoice.objects.select_for_update(of=("self",)).select_related(*_JOINED).get(pk=invoice.pk)
    )
    return row


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    return list(
        invoice.lines.select_related("project", "product", "deposit").order_by("position", "id")
    )


def amounts(lines: Iterable[Any]) -> list[Line]:
    """Stored or built lines, as the rules take them."""
    return [line_of(one) for one in lines]


def total_columns(totals: Totals) -> dict[str, Any]:
    return {
        "net_amount": totals.net,
        "vat_amount": totals.vat,
        "total_amount": totals.gross,
    }


def refuse_final(invoice: Invoice) -> None:
    """Issued or dropped, it no longer changes."""
    if invoice.is_issued:
        raise Frozen(_("Cette facture est émise : elle ne change plus. Corrigez-la par un avoir."))
    if invoice.state == InvoiceState.DROPPED:
        raise Frozen(_("Ce brouillon est abandonné : il ne change plus."))


def refuse_seen(invoice: Invoice, seen_version: int) -> None:
    if invoice.version != seen_version:
        raise Stale(
            _(
                "Quelqu’un vient de modifier cette facture. Voici ce qui est écrit maintenant. "
                "Vérifiez, puis recommencez."
            )
        )


def refuse_customer(cohort: Cohort, customer: Customer) -> None:
    if customer.cohort_id != cohort.pk:
        raise Refused(_("Ce client n’est pas dans la coopérative."), field="customer")


def refuse_days(
    cohort: Cohort, sold_from: dt.date, sold_until: dt.date, *, kind: str, at: dt.datetime
) -> None:
    """Within the life of the cohort, and already sold, but for a deposit."""
    if sold_until < sold_from:
        raise Refused(_("Le dernier jour vient après le premier."), field="sold_until")
    if sold_from < cohort.starts_on:
        first = clock.format_day(cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="sold_from")
    if sold_until > cohort.ends_on:
        last = clock.format_day(cohort.ends_on)
        raise Refused(_("La coopérative s’est terminée le %s.") % last, field="sold_until")
    if kind != InvoiceKind.DEPOSIT and sold_until > clock.civil_day(at):
        raise Refused(
            _("Ce jour n’est pas encore là. Avant de livrer, on demande un acompte."),
            field="sold_until",
        )


def back_to_draft(invoice: Invoice, *, actor: Actor, at: dt.datetime, reason: str = "") -> None:
    """An approval concerns the exact version: what changes afterwards is a draft again.

    A request already sent to the host is revoked: it says what is no longer asked.
    """
    if invoice.state in (InvoiceState.SUBMITTED, InvoiceState.APPROVED):
        if invoice.document is not None:
            revoke_document(
                document=invoice.document, reason=_("La demande a changé."), actor=actor, at=at
            )
        states.move(
            invoice,
            InvoiceState.DRAFT,
            allowed=INVOICE_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=reason,
            approved_by=None,
            approved_at=None,
            document=None,
        )


def write_lines(invoice: Invoice, values: Sequence[dict[str, Any]]) -> list[InvoiceLine]:
    """Replace every line of a draft."""
    invoice.lines.all().delete()
    rows = [
        InvoiceLine(invoice=invoice, **{**one, "position": place})
        for place, one in enumerate(values, start=1)
    ]
    written: list[InvoiceLine] = InvoiceLine.objects.bulk_create(rows)
    return written
