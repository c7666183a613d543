"""Undoing a payment, and setting a credit note against an invoice: always by new rows."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from projects.enums import PaymentMeans
from projects.models import Invoice, Payment
from projects.services.archived import refuse_closed
from projects.services.payments._judgement import (
    already,
    hold,
    received_for,
    refuse_amount,
    refuse_day,
    refuse_not_issued,
    refuse_reference,
)
from projects.services.payments.records import write


@transaction.atomic
def reverse_payment(
    *, payment: Payment, reason: str, reversed_on: dt.date, actor: Actor, at: dt.datetime
) -> Payment:
    """Undo a payment (a cheque without funds, a mistake): a payment of the opposite amount.

    What a pay run already shared is not touched: the next run takes it off. Both sides of an offset
    go together. Reversing twice is quiet. Raises Refused: no reason, the reverse of a reverse, a date
    in the future or before the payment, archived (but for its host).
    """
    pair = _pair_of(payment)
    invoices = hold(*[one.invoice_id for one in pair])
    done = [
        _reversed(*each, reason, reversed_on, actor, at)
        for each in zip(pair, invoices, strict=True)
    ]
    return done[0]


def _reversed(
    payment: Payment, held: Invoice, reason: str, day: dt.date, actor: Actor, at: dt.datetime
) -> Payment:
    found: Payment | None = Payment.objects.filter(reverses=payment).first()
    if found is not None:
        return found
    refuse_closed(held.cohort, actor)
    if payment.reverses_id is not None:
        raise Refused(_("Cette ligne annule déjà un encaissement. Notez-en un nouveau."))
    words = " ".join(reason.split())
    if not words:
        raise Refused(_("Dites pourquoi : un chèque sans provision, une erreur…"), field="reason")
    refuse_reference(words)
    refuse_day(held, day, at)
    if day < payment.received_on:
        raise Refused(
            _("L’argent est arrivé le %s : il ne repart pas avant.")
            % clock.format_day(payment.received_on),
            field="received_on",
        )
    return write(
        held, amount=-payment.amount, means=payment.means, day=day, reference=words,
        client_uuid=uuid.uuid5(payment.client_uuid, "reverse"), before=received_for(held),
        reverses=payment, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def offset(
    *,
    credit_note: Invoice,
    invoice: Invoice,
    amount: Decimal,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Payment:
    """Set `amount` euros, VAT included, of a credit note against an invoice of the same customer.

    No money moves: one payment on each side, on the same day. Returns the invoice's side; the same
    `client_uuid` twice is quiet. Raises Refused beyond what is left on either side.
    """
    credit, held = hold(credit_note.pk, invoice.pk)
    if found := already(client_uuid, held):
        return found
    for one in (credit, held):
        refuse_not_issued(one)
        refuse_closed(one.cohort, actor)
    if not credit.is_credit or held.is_credit:
        raise Refused(_("Une compensation met un avoir en face d’une facture."))
    if credit.customer_id != held.customer_id:
        raise Refused(_("L’avoir et la facture ne sont pas au même client."))
    refuse_amount(amount)
    given, received = received_for(credit), received_for(held)
    left = min(credit.total_amount - given, held.total_amount - received)
    if amount > left:
        raise Refused(
            _("On peut compenser %(left)s au plus.") % {"left": euros(left)}, field="amount"
        )
    shared: dict[str, Any] = {
        "means": PaymentMeans.OFFSET,
        "day": clock.civil_day(at),
        "actor": actor,
        "at": at,
    }
    write(
        credit, amount=-amount, reference=held.number, client_uuid=_other_side(client_uuid),
        before=given, **shared,
    )  # fmt: skip
    return write(
        held, amount=amount, reference=credit.number, client_uuid=client_uuid, before=received,
        **shared,
    )  # fmt: skip


def _other_side(client_uuid: uuid.UUID) -> uuid.UUID:
    """The key of the credit note's side: an offset is found again by it."""
    return uuid.uuid5(client_uuid, "credit-note")


def _pair_of(payment: Payment) -> list[Payment]:
    """The payment, and the other side of its offset when it is one. One query for an offset."""
    if payment.means != PaymentMeans.OFFSET or payment.reverses_id is not None:
        return [payment]
    sides = Payment.objects.filter(means=PaymentMeans.OFFSET, at=payment.at, reverses=None)
    for one in sides.exclude(pk=payment.pk):
        if _other_side(one.client_uuid) == payment.client_uuid or (
            _other_side(payment.client_uuid) == one.client_uuid
        ):
            return [payment, one]
    return [payment]
