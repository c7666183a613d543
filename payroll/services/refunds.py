"""Money somebody advanced for the group: on their account at once, given back by the host, never pay.

Apart from pay on purpose: whoever paid for the seeds does not wait for the end of the month, and no
slip, net or envelope may carry it (see EntryKind).
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from members.rules import clean_text
from payroll.enums import EntryKind
from payroll.models import AccountEntry, Refund, RefundPayment
from payroll.selectors.refunds import advanced, entry_of, planned_refunds
from projects.enums import PaymentMeans
from projects.models import Expense

# A card or a compensation gives nobody their money back.
MEANS = (PaymentMeans.TRANSFER, PaymentMeans.CHEQUE, PaymentMeans.CASH)


def owe_advance(expense: Expense, at: dt.datetime) -> None:
    """Write on the account what an advanced expense is worth, VAT included. The database refuses a
    second movement for one expense: once, whoever presses twice."""
    assert expense.advanced_by_id is not None  # noqa: S101  projects calls it for these only
    hold_account(expense.advanced_by_id)
    AccountEntry.objects.create(
        enrolment_id=expense.advanced_by_id,
        kind=EntryKind.ADVANCED,
        amount=expense.total,
        at=at,
        sentence=_("Avancé le %(day)s : %(what)s")
        % {"day": format_day(expense.moved_on), "what": expense.label},
        expense=expense,
    )


def forget_advance(expense: Expense, at: dt.datetime) -> None:
    """The expense is struck out: a reversal, even when it was given back already (then too much was).

    Raises Refused while what is prepared for the bank rests on it.
    """
    first = entry_of(expense)
    if first is None:
        return
    hold_account(first.enrolment_id)
    if AccountEntry.objects.filter(reverses=first).exists():
        return
    AccountEntry.objects.create(
        enrolment_id=first.enrolment_id,
        kind=first.kind,
        amount=-first.amount,
        at=at,
        sentence=_("Dépense retirée : %(what)s") % {"what": expense.label},
        expense=expense,
        reverses=first,
    )
    planned = planned_refunds([first.enrolment_id]).get(first.enrolment_id)
    if planned is not None and planned.amount > advanced([first.enrolment_id])[first.enrolment_id]:
        raise Refused(
            _(
                "Son remboursement est déjà préparé (%(name)s). La coopérative hôte l’annule ou le "
                "marque payé, puis vous retirez la dépense."
            )
            % {"name": planned.order.reference}
        )


@transaction.atomic
def record_refund(
    *,
    enrolment: Enrolment,
    seen: Decimal,
    means: str,
    paid_on: dt.date,
    reference: str,
    actor: Actor,
    at: dt.datetime,
) -> Refund:
    """Write down that the host gave back everything a person advanced: `seen` euros, as the page said.

    Of two who record at once the second finds nothing left. Raises Refused: nothing to give back, an
    order prepared already, a day to come; Stale when the amount moved meanwhile.
    """
    held = hold_account(enrolment.pk)
    if (planned := planned_refunds([held.pk]).get(held.pk)) is not None:
        raise Refused(
            _("Déjà préparé dans l’envoi %(name)s : marquez-le payé là-bas, ou annulez-le d’abord.")
            % {"name": planned.order.reference}
        )
    due = advanced([held.pk])[held.pk]
    if due <= 0:
        raise Refused(_("Rien à rembourser : c’est déjà fait, ou rien n’a été avancé."))
    if due != seen:
        raise Stale(_("Le montant a changé depuis que vous avez ouvert cette page. Relisez-le."))
    if paid_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="paid_on")
    if paid_on < held.cohort.starts_on:
        raise Refused(_("Ce jour est avant le début de la coopérative."), field="paid_on")
    if means not in MEANS:
        raise Refused(_("Choisissez un moyen."), field="means")
    return write_refund(
        enrolment=held, amount=due, means=means, paid_on=paid_on, reference=clean_text(reference),
        actor=actor, at=at,
    )  # fmt: skip


def write_refund(
    *,
    enrolment: Enrolment,
    amount: Decimal,
    means: str,
    paid_on: dt.date,
    reference: str,
    actor: Actor,
    at: dt.datetime,
) -> Refund:
    """The refund and its movement, by hand or by an order: call under the lock of the account."""
    with refusing(Refund):
        refund: Refund = Refund.objects.create(
            enrolment=enrolment, amount=amount, means=means, paid_on=paid_on,
            reference=reference[:80], recorded_by_id=actor.person_id, recorded_at=at,
        )  # fmt: skip
    AccountEntry.objects.create(
        enrolment=enrolment,
        kind=EntryKind.REFUND,
        amount=-amount,
        at=at,
        sentence=_("Frais remboursés le %(day)s, %(means)s")
        % {"day": format_day(paid_on), "means": refund.get_means_display()},
        refund=refund,
    )
    return refund


@transaction.atomic
def cancel_refund(*, refund: Refund, actor: Actor, at: dt.datetime) -> Refund:
    """Take back what was recorded by mistake, or came back: owed again. Again: nothing.

    Raises Refused for one that left with an order: the bank rejects it, nobody cancels it.
    """
    hold_account(refund.enrolment_id)
    held: Refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    sent = RefundPayment.objects.filter(refund=held).select_related("order").first()
    if sent is not None:
        raise Refused(
            _("Parti avec l’envoi %(name)s. L’argent est revenu ? Notez le rejet dans cet envoi.")
            % {"name": sent.order.reference}
        )
    if held.cancelled_at is None:
        take_back(held, _("Annulé : %(what)s"), actor=actor, at=at)
    return held


def take_back(refund: Refund, words: str, *, actor: Actor, at: dt.datetime) -> None:
    """Reverse the movement of a refund; `words` may quote it (`%(what)s`). Call under its account's lock."""
    refund.cancelled_by_id, refund.cancelled_at = actor.person_id, at
    refund.save(update_fields=["cancelled_by", "cancelled_at"])
    first = AccountEntry.objects.get(refund=refund, reverses__isnull=True)
    AccountEntry.objects.create(
        enrolment_id=refund.enrolment_id,
        kind=first.kind,
        amount=-first.amount,
        at=at,
        sentence=words % {"what": first.sentence[:180]},
        refund=refund,
        reverses=first,
    )


def hold_account(enrolment_id: int) -> Enrolment:
    """Everything that moves one account comes one after the other."""
    held: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort")
        .get(pk=enrolment_id)
    )
    return held
