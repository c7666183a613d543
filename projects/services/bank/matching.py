"""A host says which invoices a credit pays. Undone, the payment is reversed: both stay to be read."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, euros
from projects.enums import PaymentMeans
from projects.models import BankLine, BankMatch
from projects.selectors.bank import Share
from projects.services.payments import record_payment, reverse_payment
from projects.services.payments._judgement import LONGEST_REFERENCE


@transaction.atomic
def confirm_match(
    *, line: BankLine, shares: Sequence[Share], actor: Actor, at: dt.datetime
) -> list[BankMatch]:
    """Note, for each share, a transfer received on the day of the line; all of them or none.

    What stands already for the same invoice is quiet: a double press pays once. Raises Refused: a
    line that was forgotten or may repeat another, an invoice of another host, more than the line still holds, and as
    `record_payment`.
    """
    held = _hold(line)
    if held.is_forgotten or held.amount is None or held.day is None:
        raise Refused(_("Cette ligne est oubliée : elle ne se rapproche plus."))
    if held.twin_id is not None:
        raise Refused(_("Dites d’abord si cette ligne répète celle d’un autre relevé."))
    standing = {
        one.payment.invoice_id: one
        for one in held.matches.standing().select_related("payment__invoice")
    }
    asked = [one for one in shares if one.invoice.pk not in standing]
    left: Decimal = held.amount - sum((one.amount for one in standing.values()), ZERO)
    if sum((one.amount for one in asked), ZERO) > left:
        raise Refused(
            _("Il reste %(left)s à répartir sur cette ligne.") % {"left": euros(left)},
            field="amount",
        )
    made = list(standing.values())
    # One order for everybody: two presses never wait for each other's invoice.
    for share in sorted(asked, key=lambda one: one.invoice.pk):
        if share.invoice.host_id != held.host_id:
            raise Refused(_("Cette facture est d’une autre coopérative hôte."))
        payment = record_payment(
            invoice=share.invoice, amount=share.amount, means=PaymentMeans.TRANSFER,
            received_on=held.day, reference=held.words[:LONGEST_REFERENCE],
            client_uuid=uuid.uuid4(), actor=actor, at=at,
        )  # fmt: skip
        match: BankMatch = BankMatch.objects.create(
            line=held, payment=payment, confirmed_by_id=actor.person_id, at=at
        )
        made.append(match)
    return made


@transaction.atomic
def tell_apart(*, line: BankLine) -> None:
    """The host says that this credit repeats no other: it may pay invoices. Twice is quiet."""
    held = _hold(line)
    held.twin = None
    held.save(update_fields=["twin"])


@transaction.atomic
def undo_match(*, match: BankMatch, actor: Actor, at: dt.datetime) -> None:
    """A wrong match: its payment is reversed today, and the line waits again. Twice is quiet."""
    _hold(match.line)
    reverse_payment(
        payment=match.payment,
        reason=_("Rapprochement défait"),
        reversed_on=clock.civil_day(at),
        actor=actor,
        at=at,
    )


def _hold(line: BankLine) -> BankLine:
    """Lock the line: two people never share the same money."""
    found: BankLine = BankLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    return found
