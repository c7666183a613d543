"""Drafts: written, changed, dropped. They have no number and bind nobody."""

import datetime as dt
import uuid
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.enums import INVOICE_ALLOWED, InvoiceKind, InvoiceState
from projects.models import Customer, Invoice, Quote
from projects.rules import totals_of_lines
from projects.services.archived import refuse_closed, refuse_closed_invoice
from projects.services.invoices._rows import (
    amounts,
    back_to_draft,
    hold,
    lines_of,
    refuse_customer,
    refuse_days,
    refuse_final,
    refuse_seen,
    total_columns,
    write_lines,
)
from projects.services.invoices.crediting import credited_totals
from projects.services.invoices.deposits import refuse_deposits, taking_off
from projects.services.lines import BuiltLine


@transaction.atomic
def write_draft(
    *,
    cohort: Cohort,
    customer: Customer,
    title: str,
    lines: Sequence[BuiltLine | dict[str, Any]],
    sold_from: dt.date,
    sold_until: dt.date,
    kind: str = InvoiceKind.INVOICE,
    note: str = "",
    order_number: str = "",
    service_code: str = "",
    quote: Quote | None = None,
    deposits: Sequence[Invoice] = (),
    corrects: Invoice | None = None,
    reason: str = "",
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """Write a draft of an invoice, a deposit or a credit note; `sold_…` are inclusive days.

    `deposits` are taken off as lines of quantity −1. The same `client_uuid` gives the first draft.
    Refused for a customer of another cohort, days outside it, a deposit already taken off, and when
    deposits are larger than what is sold. Once the cohort is archived, only its host, and only to
    correct an invoice.
    """
    if kind == InvoiceKind.CREDIT_NOTE:
        refuse_closed(cohort, actor)
    else:
        refuse_archived(cohort)
    key = client_uuid or uuid.uuid4()
    first: Invoice | None = Invoice.objects.of_cohort(cohort.pk).filter(client_uuid=key).first()
    if first is not None:
        return first
    refuse_customer(cohort, customer)
    if kind != InvoiceKind.CREDIT_NOTE:
        refuse_days(cohort, sold_from, sold_until, kind=kind, at=at)
    invoice = Invoice(
        cohort=cohort,
        host_id=cohort.host_id,
        customer=customer,
        kind=kind,
        title=_one_line(title),
        note=note.strip(),
        order_number=_one_line(order_number),
        service_code=_one_line(service_code),
        quote=quote,
        corrects=corrects,
        reason=_one_line(reason),
        sold_from=sold_from,
        sold_until=sold_until,
        written_by_id=actor.person_id,
        client_uuid=key,
    )
    _require_title(invoice.title)
    refuse_deposits(invoice, deposits)
    values = _values(lines, deposits)
    for column, amount in _columns(values, corrects).items():
        setattr(invoice, column, amount)
    invoice.save(force_insert=True)
    write_lines(invoice, values)
    return invoice


@transaction.atomic
def change_draft(
    *,
    invoice: Invoice,
    seen_version: int,
    customer: Customer,
    title: str,
    lines: Sequence[BuiltLine | dict[str, Any]],
    sold_from: dt.date,
    sold_until: dt.date,
    note: str = "",
    order_number: str = "",
    service_code: str = "",
    deposits: Sequence[Invoice] = (),
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """Rewrite a draft of an invoice with its lines. What was submitted or approved is a draft again.

    Frozen once issued or dropped, Stale when it changed since `seen_version`, Refused as
    `write_draft`, and for deposits and credit notes: drop those and make others.
    """
    row = hold(invoice)
    refuse_archived(row.cohort)
    refuse_final(row)
    refuse_seen(row, seen_version)
    if row.kind != InvoiceKind.INVOICE:
        raise Refused(
            _("Un acompte ou un avoir ne se retouche pas : abandonnez-le et refaites-le.")
        )
    refuse_customer(row.cohort, customer)
    refuse_days(row.cohort, sold_from, sold_until, kind=row.kind, at=at)
    _require_title(_one_line(title))
    row.customer = customer
    refuse_deposits(row, deposits)
    values = _values(lines, deposits)
    columns = _columns(values)
    back_to_draft(row, actor=actor, at=at, reason=_("Modifiée après l’envoi à la validation."))
    write_lines(row, values)
    Invoice.objects.filter(pk=row.pk).update(
        customer=customer,
        title=_one_line(title),
        note=note.strip(),
        order_number=_one_line(order_number),
        service_code=_one_line(service_code),
        sold_from=sold_from,
        sold_until=sold_until,
        version=F("version") + 1,
        **columns,
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def drop_draft(*, invoice: Invoice, actor: Actor, at: dt.datetime) -> Invoice:
    """Nobody wants it any more. It never had a number. Dropping twice is quiet; Frozen once issued."""
    row = hold(invoice)
    refuse_closed_invoice(row, actor)
    if row.state == InvoiceState.DROPPED:
        return row
    refuse_final(row)
    states.move(
        row,
        InvoiceState.DROPPED,
        allowed=INVOICE_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        approved_by=None,
        approved_at=None,
    )
    return row


def copied(line: Any) -> dict[str, Any]:
    """The values of a line of a quote or of an invoice, to write them again elsewhere."""
    names = (
        "project_id", "product_id", "designation", "nature", "way", "quantity", "unit",
        "unit_price", "discount_percent", "vat_percent", "amount", "gross_amount",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names}


def written_lines(invoice: Invoice) -> list[dict[str, Any]]:
    """What an invoice sells, without the deposits it takes off."""
    return [copied(one) for one in lines_of(invoice) if one.deposit_id is None]


def _values(
    lines: Sequence[BuiltLine | dict[str, Any]], deposits: Sequence[Invoice]
) -> list[dict[str, Any]]:
    if not lines:
        raise Refused(_("Écrivez au moins une ligne."))
    sold = [one.values() if isinstance(one, BuiltLine) else one for one in lines]
    return [*sold, *taking_off(deposits)]


def _columns(values: Sequence[dict[str, Any]], corrects: Invoice | None = None) -> dict[str, Any]:
    rows = [SimpleNamespace(**{"gross_amount": None} | one) for one in values]
    totals = credited_totals(corrects, rows) if corrects else totals_of_lines(amounts(rows))
    if totals.gross < 0:
        raise Refused(_("Les acomptes déduits dépassent ce qui est vendu."), field="deposits")
    return total_columns(totals)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _require_title(title: str) -> None:
    if not title:
        raise Refused(_("Dites en quelques mots ce que vous facturez."), field="title")
