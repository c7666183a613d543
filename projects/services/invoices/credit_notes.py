"""Credit notes: an issued invoice is never edited; what was wrong is given back by another paper."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, cents
from projects.enums import InvoiceKind, InvoiceState
from projects.models import Invoice
from projects.rules.totals import line_amount
from projects.services.invoices._rows import hold, lines_of
from projects.services.invoices.crediting import issued_credit_notes
from projects.services.invoices.drafts import copied, write_draft, written_lines

Group = tuple[int, str, Decimal]  # project, nature, rate in percent


@transaction.atomic
def credit_whole(
    *,
    invoice: Invoice,
    reason: str,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """A draft that takes back all that is left of an issued invoice. Refused when nothing is."""
    row = _correctable(invoice, client_uuid)
    notes = issued_credit_notes(row)
    lines = [copied(one) for one in lines_of(row)] if not notes else _rest(row, notes)
    if not lines:
        raise Refused(_("Cette facture est déjà entièrement corrigée par des avoirs."))
    return _write(row, lines, reason, client_uuid, actor, at)


@transaction.atomic
def credit_lines(
    *,
    invoice: Invoice,
    taken: Mapping[int, Decimal],
    reason: str,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """A draft that takes back quantities of lines, by their ids. Refused beyond what was sold."""
    row = _correctable(invoice, client_uuid)
    lines = []
    for line in lines_of(row):
        quantity = taken.get(line.pk, ZERO)
        if not quantity or line.deposit_id is not None:
            continue
        sold = Decimal(str(line.quantity))
        if quantity < 0 or quantity > sold:
            raise Refused(
                _("« %s » : on ne reprend pas plus que ce qui est vendu.") % line.designation,
                field=f"line_{line.pk}",
            )
        price, discount = Decimal(str(line.unit_price)), Decimal(str(line.discount_percent))
        amount = line_amount(quantity, price, discount)
        # The whole of a line is its own amounts, whatever the rounding.
        taken_back: dict[str, Any] = {"quantity": quantity}
        if quantity != sold:
            gross = line.gross_amount
            part = None if gross is None else cents(Decimal(str(gross)) * quantity / sold)
            taken_back |= {"amount": amount, "gross_amount": part}
        lines.append(copied(line) | taken_back)
    if not lines:
        raise Refused(_("Dites ce que vous reprenez."))
    return _write(row, lines, reason, client_uuid, actor, at)


@transaction.atomic
def credit_amounts(
    *,
    invoice: Invoice,
    amounts: Mapping[Group, Decimal],
    reason: str,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """A draft that takes back sums, in euros excl. VAT, by project, nature and rate of the invoice."""
    row = _correctable(invoice, client_uuid)
    lines = [_sum_line(row, group, amount) for group, amount in amounts.items() if amount]
    if any(amount < 0 for amount in amounts.values()):
        raise Refused(_("Le montant est plus grand que zéro."))
    if not lines:
        raise Refused(_("Dites ce que vous rendez."))
    return _write(row, lines, reason, client_uuid, actor, at)


@dataclass(frozen=True, slots=True)
class Reissue:
    credit_note: Invoice
    invoice: Invoice


@transaction.atomic
def reissue(
    *,
    invoice: Invoice,
    reason: str,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Reissue:
    """For a wrong customer or line: two drafts, the credit note of the whole and a new invoice to mend.

    Deposits are not taken off the new draft: they are free again once the credit note is issued.
    """
    key = client_uuid or uuid.uuid4()
    note = credit_whole(invoice=invoice, reason=reason, client_uuid=key, actor=actor, at=at)
    row = hold(invoice)
    again = write_draft(
        cohort=row.cohort,
        customer=row.customer,
        title=row.title,
        note=row.note,
        order_number=row.order_number,
        service_code=row.service_code,
        lines=written_lines(row),
        sold_from=row.sold_from,
        sold_until=row.sold_until,
        client_uuid=uuid.uuid5(key, "again"),
        actor=actor,
        at=at,
    )
    return Reissue(note, again)


def groups_of(invoice: Invoice) -> dict[Group, Decimal]:
    """What is left by project, nature and rate, in euros excl. VAT, in a stable order."""
    left: dict[Group, Decimal] = {}
    for sign, rows in (
        (1, lines_of(invoice)),
        *((-1, lines_of(one)) for one in issued_credit_notes(invoice)),
    ):
        for line in rows:
            group = (line.project_id, str(line.nature), Decimal(str(line.vat_percent)))
            left[group] = left.get(group, ZERO) + sign * Decimal(line.amount)
    return {group: left[group] for group in sorted(left)}


def _correctable(invoice: Invoice, client_uuid: uuid.UUID | None) -> Invoice:
    row = hold(invoice)
    if not row.is_issued:
        raise Refused(_("Ce brouillon n’est pas émis : changez-le, ou abandonnez-le."))
    if row.is_credit:
        raise Refused(_("Un avoir ne se corrige pas par un avoir : refaites une facture."))
    taker = (
        Invoice.objects.filter(lines__deposit_id=row.pk)
        .exclude(state=InvoiceState.DROPPED)
        .distinct()
        .first()
    )
    if taker is not None:
        raise Refused(
            _("Cet acompte est déduit d’une facture (« %s ») : corrigez plutôt celle-là.") % taker
        )
    return row


def _rest(invoice: Invoice, notes: Sequence[Invoice]) -> list[dict[str, Any]]:
    left = groups_of(invoice)
    return [_sum_line(invoice, group, amount) for group, amount in left.items() if amount]


def _sum_line(invoice: Invoice, group: Group, amount: Decimal) -> dict[str, Any]:
    """A sum of one project and rate; a negative one (a deposit gone) is a negative quantity."""
    project_id, nature, percent = group
    return {
        "project_id": project_id,
        "product_id": None,
        "designation": _("Sur la facture n° %s") % invoice.number,
        "nature": nature,
        "way": "",
        "quantity": Decimal(1 if amount > 0 else -1),
        "unit": "",
        "unit_price": abs(amount),
        "discount_percent": ZERO,
        "vat_percent": percent,
        "amount": amount,
    }


def _write(
    invoice: Invoice,
    lines: Sequence[dict[str, Any]],
    reason: str,
    client_uuid: uuid.UUID | None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    if not reason.split():
        raise Refused(_("Dites pourquoi : l’avoir l’écrit."), field="reason")
    return write_draft(
        cohort=invoice.cohort,
        customer=invoice.customer,
        title=invoice.title,
        lines=lines,
        sold_from=invoice.sold_from,
        sold_until=invoice.sold_until,
        kind=InvoiceKind.CREDIT_NOTE,
        order_number=invoice.order_number,
        service_code=invoice.service_code,
        corrects=invoice,
        reason=reason,
        client_uuid=client_uuid,
        actor=actor,
        at=at,
    )
