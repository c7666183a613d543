"""Money of a funder that arrived. Append-only: a mistake is cancelled by its opposite."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, euros
from reports.enums.funding import FundingState, ReceiptKind
from reports.models import FundingLine, FundingReceipt
from reports.services.funding.hold import hold, not_before, past


@transaction.atomic
def receive(
    *,
    line: FundingLine,
    kind: str,
    amount: Decimal,
    received_on: dt.date,
    reference: str = "",
    actor: Actor,
    at: dt.datetime,
) -> FundingReceipt:
    """Note a payment of a line under agreement.

    Raises Refused before the agreement, for more than is still to come, for a second balance, for
    anything after the balance, for a day before the decision or to come.
    """
    found = hold(line)
    if found.state != FundingState.AGREED:
        raise Refused(_("Un versement se note entre la convention et le solde de la ligne."))
    if kind not in (ReceiptKind.ADVANCE, ReceiptKind.INSTALMENT, ReceiptKind.BALANCE):
        raise Refused(_("Choisissez avance, acompte ou solde."), field="kind")
    if amount <= 0:
        raise Refused(_("Le montant d’un versement est plus grand que zéro."), field="amount")
    past(received_on, "received_on", at)
    not_before(
        received_on, found.decided_on, _("Ce versement précède la décision."), field="received_on"
    )
    rows = list(standing(found))
    if any(one.kind == ReceiptKind.BALANCE for one in rows):
        raise Refused(_("Le solde est déjà noté. Annulez-le d’abord s’il est faux."))
    left = (found.granted_amount or ZERO) - sum((one.amount for one in rows), ZERO)
    if amount > left:
        raise Refused(
            _("C’est plus que ce qui est accordé : il reste %(left)s à recevoir.")
            % {"left": euros(left)},
            field="amount",
        )
    noted: FundingReceipt = FundingReceipt.objects.create(
        line=found,
        kind=kind,
        amount=amount,
        received_on=received_on,
        reference=reference,
        recorded_by_id=actor.person_id,
        recorded_at=at,
    )
    return noted


@transaction.atomic
def reverse(
    *, receipt: FundingReceipt, reason: str, actor: Actor, at: dt.datetime
) -> FundingReceipt:
    """Cancel a payment noted by mistake: the opposite amount, beside it. Twice gives the same one.

    Raises Refused without a reason, once the line is closed, or of a counter-entry.
    """
    line = hold(receipt.line)
    done: FundingReceipt | None = FundingReceipt.objects.filter(reverses=receipt).first()
    if done is not None:
        return done
    if line.state != FundingState.AGREED:
        raise Refused(_("Cette ligne est soldée : ses versements ne changent plus."))
    if receipt.kind == ReceiptKind.COUNTER:
        raise Refused(_("Une annulation ne s’annule pas : notez le versement à nouveau."))
    if not reason.strip():
        raise Refused(_("Dites pourquoi."), field="reason")
    noted: FundingReceipt = FundingReceipt.objects.create(
        line=line,
        kind=ReceiptKind.COUNTER,
        amount=-receipt.amount,
        received_on=receipt.received_on,
        reference=receipt.reference,
        reverses=receipt,
        reason=reason.strip()[:200],
        recorded_by_id=actor.person_id,
        recorded_at=at,
    )
    return noted


def standing(line: FundingLine) -> list[FundingReceipt]:
    """Payments that no counter-entry cancelled."""
    rows = FundingReceipt.objects.filter(line=line, reversed_by__isnull=True)
    return list(rows.exclude(kind=ReceiptKind.COUNTER))
