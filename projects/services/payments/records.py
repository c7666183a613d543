"""Noting money that came for an invoice, and money given back for a credit note."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from projects.models import Invoice, Payment
from projects.services.archived import refuse_closed
from projects.services.payments._judgement import (
    already,
    hold,
    received_for,
    refuse_amount,
    refuse_beyond,
    refuse_day,
    refuse_means,
    refuse_not_issued,
    refuse_reference,
)
from projects.services.payments._rows import settle


@transaction.atomic
def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    means: str,
    received_on: dt.date,
    reference: str,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Payment:
    """Note `amount` euros, VAT included, received for an issued invoice; its sales are paid in proportion.

    The same `client_uuid` twice is quiet. Raises Refused: not issued, a credit note, more than is
    left, a date in the future or before the cohort, archived (but for its host).
    """
    [held] = hold(invoice.pk)
    if found := already(client_uuid, held):
        return found
    if held.is_credit:
        raise Refused(_("Un avoir ne s’encaisse pas : il se rend, ou se compense."))
    return _noted(held, amount, 1, means, received_on, reference, client_uuid, actor, at)


@transaction.atomic
def give_back(
    *,
    credit_note: Invoice,
    amount: Decimal,
    means: str,
    received_on: dt.date,
    reference: str,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Payment:
    """Note `amount` euros (positive, VAT included) given back to the customer of a credit note.

    Errors as `record_payment`.
    """
    [held] = hold(credit_note.pk)
    if found := already(client_uuid, held):
        return found
    if not held.is_credit:
        raise Refused(_("On ne rend de l’argent que sur un avoir."))
    return _noted(held, amount, -1, means, received_on, reference, client_uuid, actor, at)


def _noted(
    held: Invoice, amount: Decimal, sign: int, means: str, day: dt.date, reference: str,
    client_uuid: uuid.UUID, actor: Actor, at: dt.datetime,
) -> Payment:  # fmt: skip
    refuse_closed(held.cohort, actor)
    refuse_not_issued(held)
    refuse_means(means)
    refuse_amount(amount)
    refuse_reference(reference)
    refuse_day(held, day, at)
    before = received_for(held)
    refuse_beyond(held, amount, held.total_amount - before)
    return write(
        held, amount=sign * amount, means=means, day=day, reference=reference,
        client_uuid=client_uuid, before=before, actor=actor, at=at,
    )  # fmt: skip


def write(
    held: Invoice, *, amount: Decimal, means: str, day: dt.date, reference: str,
    client_uuid: uuid.UUID, before: Decimal, actor: Actor, at: dt.datetime,
    reverses: Payment | None = None,
) -> Payment:  # fmt: skip
    """One judged payment and its rows. `before`: received so far, positive. The caller holds the invoice."""
    with refusing(Payment):
        payment: Payment = Payment.objects.create(
            invoice=held,
            amount=amount,
            means=means,
            received_on=day,
            reference=reference,
            reverses=reverses,
            recorded_by_id=actor.person_id,
            at=at,
            client_uuid=client_uuid,
        )
    now = before + (-amount if held.is_credit else amount)
    settle(held, received=now, day=day, payment=payment, by=actor.person_id)
    return payment
