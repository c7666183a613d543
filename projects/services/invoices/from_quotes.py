"""From an accepted quote: its invoice, or a deposit of a part of it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros, plain
from projects.enums import InvoiceKind, InvoiceState, QuoteState
from projects.models import Invoice, Quote, QuoteLine
from projects.rules.billing import Share, deposit_shares
from projects.rules.totals import line_of
from projects.services.invoices.crediting import is_wholly_credited
from projects.services.invoices.deposits import deposits_to_take_off
from projects.services.invoices.drafts import copied, write_draft


@transaction.atomic
def invoice_quote(
    *,
    quote: Quote,
    sold_from: dt.date,
    sold_until: dt.date,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """A draft of the whole of an accepted quote, its issued deposits taken off.

    Refused when the quote is not accepted or another invoice of it stands.
    """
    held = _accepted(quote)
    standing = held.invoices.filter(kind=InvoiceKind.INVOICE).exclude(state=InvoiceState.DROPPED)
    for one in standing:
        if one.client_uuid != client_uuid and not is_wholly_credited(one):
            raise Refused(_("Ce devis est déjà facturé : voyez « %s ».") % one)
    free = deposits_to_take_off(customer_id=held.customer_id)
    return write_draft(
        cohort=held.cohort,
        customer=held.customer,
        title=held.title,
        note=held.note,
        lines=[copied(one) for one in _lines(held)],
        sold_from=sold_from,
        sold_until=sold_until,
        quote=held,
        deposits=[one for one in free if one.quote_id == held.pk],
        client_uuid=client_uuid,
        actor=actor,
        at=at,
    )


@transaction.atomic
def ask_deposit(
    *,
    quote: Quote,
    percent: Decimal,
    sold_until: dt.date,
    client_uuid: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """A draft that asks `percent` % of an accepted quote before it is delivered, around `sold_until`.

    One line for each project and rate of the quote. Refused outside 0–100 % and when the deposits of
    the quote would exceed it.
    """
    held = _accepted(quote)
    if not 0 < percent <= 100:
        raise Refused(_("Un acompte va de 1 à 100 %."), field="percent")
    asked = [(one.project_id, str(one.nature), line_of(one)) for one in _lines(held)]
    shares = deposit_shares(asked, percent)
    if not shares:
        raise Refused(_("Cet acompte serait à zéro."), field="percent")
    _refuse_beyond(held, shares, client_uuid)
    today = clock.civil_day(at)
    return write_draft(
        cohort=held.cohort,
        customer=held.customer,
        title=_("Acompte : %s") % held.title,
        lines=[_share_line(one, percent, held) for one in shares],
        sold_from=min(today, sold_until),
        sold_until=sold_until,
        kind=InvoiceKind.DEPOSIT,
        quote=held,
        client_uuid=client_uuid,
        actor=actor,
        at=at,
    )


def _accepted(quote: Quote) -> Quote:
    held: Quote = (
        Quote.objects.select_for_update(of=("self",))
        .select_related("cohort__host", "customer")
        .get(pk=quote.pk)
    )
    if held.state != QuoteState.ACCEPTED:
        raise Refused(_("Le client n’a pas accepté ce devis."))
    return held


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(quote.lines.order_by("position", "pk"))


def _refuse_beyond(quote: Quote, shares: Sequence[Share], client_uuid: uuid.UUID | None) -> None:
    before = quote.invoices.filter(kind=InvoiceKind.DEPOSIT).exclude(state=InvoiceState.DROPPED)
    asked = sum((one.net_amount for one in before.exclude(client_uuid=client_uuid)), Decimal(0))
    left = quote.net_amount - asked
    if sum(one.amount for one in shares) > left:
        raise Refused(
            _("Les acomptes dépasseraient le devis : il en reste %s hors TVA.") % euros(left),
            field="percent",
        )


def _share_line(share: Share, percent: Decimal, quote: Quote) -> dict[str, Any]:
    words = {"percent": plain(percent.normalize()), "number": quote.number or quote.title}
    return {
        "project_id": share.project,
        "product_id": None,
        "designation": _("Acompte de %(percent)s %% sur le devis %(number)s") % words,
        "nature": share.nature,
        "way": "",
        "quantity": Decimal(1),
        "unit": "",
        "unit_price": share.amount,
        "discount_percent": Decimal(0),
        "vat_percent": share.percent,
        "amount": share.amount,
        "gross_amount": share.gross,
    }
