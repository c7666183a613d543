"""Refunds that leave together, by a bank file or a list of cheques; each writes the account once it left.

Two doors give money back, the press by hand and an order: both write the same `Refund`, under the lock
of the same account, so no sum leaves by both.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from payroll.enums import PaymentKind
from payroll.models import RefundOrder, RefundPayment
from payroll.rules.sepa import refund_reference
from payroll.selectors.refunds import to_give_back
from payroll.services import orders
from payroll.services.orders import Choice
from payroll.services.refunds import hold_account, take_back, write_refund
from projects.enums import PaymentMeans

_MEANS = {PaymentKind.SEPA: PaymentMeans.TRANSFER, PaymentKind.CHEQUE: PaymentMeans.CHEQUE}


@transaction.atomic
def prepare_refunds(
    *,
    cohort: Cohort,
    choices: Sequence[Choice],
    execute_on: dt.date,
    seen: str = "",
    actor: Actor,
    at: dt.datetime,
) -> list[RefundOrder]:
    """Prepare all that each chosen person advanced: one bank file, one list of cheques.

    `seen` is the `reading` of the page. Of two who prepare at once the second finds nothing left.
    Raises Refused (nothing to give back, a past day, no account, one account for two people unticked)
    and Stale when amounts (euros) moved.
    """
    _hold(cohort)
    orders.require_day_to_come(execute_on, at)
    _hold_accounts(cohort, [choice.enrolment_id for choice in choices])
    due = to_give_back(cohort.pk)

    def begin(values: dict[str, Any]) -> RefundOrder:
        rank = RefundOrder.objects.of_cohort(cohort.pk).count() + 1
        reference = refund_reference(month=f"{civil_day(at):%Y%m}", cohort=cohort.pk, rank=rank)
        made: RefundOrder = RefundOrder.objects.create(cohort=cohort, reference=reference, **values)
        return made

    return orders.write_orders(
        begin,
        RefundPayment,
        wanted=orders.wanted_of(choices, due, seen=seen),
        due=due,
        host_id=cohort.host_id,
        execute_on=execute_on,
        actor=actor,
        at=at,
    )


@transaction.atomic
def cancel_refunds(
    *, order: RefundOrder, payment_ids: Sequence[int], actor: Actor, at: dt.datetime
) -> int:
    """Drop what was prepared and not sent; it is to give back as before. Returns how many; again: 0.

    Raises Frozen for a payment that has left.
    """
    _hold(order.cohort)
    return orders.cancel(_payments(order, payment_ids), actor, at)


@transaction.atomic
def mark_refunds_paid(
    *,
    order: RefundOrder,
    payments: Mapping[int, str],
    paid_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Say that prepared refunds left on a day; returns how many were marked, 0 on a double click.

    `payments`: their keys, each with its cheque number or "". Each writes its refund. Raises Refused (a
    day to come, before the order was made), Stale for one cancelled or sent back meanwhile.
    """
    _hold(order.cohort)
    orders.require_day(paid_on, at, first=civil_day(order.at), field="paid_on")
    done = 0
    for payment in _payments(order, list(payments)):
        if not orders.is_to_mark(payment):
            continue
        number = payments[payment.pk]
        refund = write_refund(
            enrolment=hold_account(payment.enrolment_id),
            amount=payment.amount,
            means=_MEANS[PaymentKind(payment.kind)],
            paid_on=paid_on,
            reference=orders.cheque_number(payment, number) or payment.end_to_end,
            actor=actor,
            at=at,
        )
        orders.mark(
            payment, paid_on=paid_on, number=number, actor=actor, at=at, refund_id=refund.pk
        )
        done += 1
    return done


@transaction.atomic
def reject_refund(
    *, payment: RefundPayment, rejected_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> RefundPayment:
    """The bank sent a refund back (or a cheque was lost): it is to give back again, by either door.

    Again: nothing. Raises Refused for one that never left, a day before it left or to come, no reason.
    """
    _hold(payment.order.cohort)
    held = _payments(payment.order, [payment.pk])[0]
    why = orders.send_back(held, rejected_on=rejected_on, reason=reason, actor=actor, at=at)
    if why and held.refund is not None:
        hold_account(held.enrolment_id)
        words = _("Rejeté le %(day)s : %(why)s") % {"day": format_day(rejected_on), "why": why}
        take_back(held.refund, words.replace("%", "%%"), actor=actor, at=at)
    return held


def _hold(cohort: Cohort) -> None:
    """Orders of a cohort come one after the other."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _hold_accounts(cohort: Cohort, enrolment_ids: Sequence[int]) -> None:
    """As `hold_account`, always in the same order: nobody gives the same sum back by hand meanwhile."""
    rows = Enrolment.objects.of_cohort(cohort.pk).filter(pk__in=enrolment_ids).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))


def _payments(order: RefundOrder, payment_ids: Sequence[int]) -> list[RefundPayment]:
    return orders.hold_payments(RefundPayment, payment_ids, order=order)
