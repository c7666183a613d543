"""What happened to a payment: it left, or the bank sent it back. The account follows, at once."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from payroll.enums import (
    RUN_ALLOWED,
    EntryKind,
    PaymentKind,
    PaymentState,
    PayRunState,
)
from payroll.models import AccountEntry, Payment, PayRun
from payroll.selectors.payments import due_now
from payroll.services.orders import is_to_mark, mark, require_day, send_back
from payroll.services.payments import hold_for_payment, hold_payments


@transaction.atomic
def mark_paid(
    *,
    run: PayRun,
    payments: Mapping[int, str],
    paid_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Say that prepared payments left on a day; returns how many were marked, 0 on a double click.

    `payments`: their keys, each with its cheque number or "". Each writes −amount on the account; when
    nothing is owed any more the run is paid. Raises Refused (a day to come, before the month worked),
    Stale for a payment cancelled or sent back meanwhile.
    """
    run = hold_for_payment(run)
    require_day(paid_on, at, first=run.month, field="paid_on")
    done = 0
    for payment in hold_payments(run, list(payments)):
        if not is_to_mark(payment):
            continue
        number = payments[payment.pk]
        mark(payment, paid_on=paid_on, number=number, actor=actor, at=at)
        is_cheque = payment.kind == PaymentKind.CHEQUE
        words = _("Chèque du %(day)s") if is_cheque else _("Virement du %(day)s")
        AccountEntry.objects.create(
            enrolment_id=payment.enrolment_id,
            kind=EntryKind.PAYMENT,
            amount=-payment.amount,
            at=at,
            sentence=words % {"day": format_day(paid_on)},
            payment=payment,
        )
        done += 1
    settle_cohort(run.cohort_id, actor=actor, at=at)
    return done


@transaction.atomic
def reject_payment(
    *, payment: Payment, rejected_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Payment:
    """The bank sent the money back (or a cheque was lost): it is owed again, and can be paid again.

    A reversal on the account, the payment stays as it was. Again: nothing. Raises Refused for a
    payment that never left, a day before it left or to come, no reason.
    """
    run = hold_for_payment(payment.order.run)
    held = hold_payments(run, [payment.pk])[0]
    why = send_back(held, rejected_on=rejected_on, reason=reason, actor=actor, at=at)
    if not why:
        return held
    first = AccountEntry.objects.get(payment=held, reverses__isnull=True)
    AccountEntry.objects.create(
        enrolment_id=held.enrolment_id,
        kind=EntryKind.PAYMENT,
        amount=-first.amount,
        at=at,
        sentence=_("Rejeté le %(day)s : %(why)s") % {"day": format_day(rejected_on), "why": why},
        payment=held,
        reverses=first,
    )
    reopen_payment(run=run, reason=why, actor=actor, at=at)
    return held


def reopen_payment(*, run: PayRun, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Something of a paid run is owed again: back among the pays to make. Call under its lock."""
    if run.state == PayRunState.PAID:
        states.move(
            run,
            PayRunState.ISSUED,
            allowed=RUN_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=reason,
            paid_at=None,
        )


def settle_cohort(cohort_id: int, *, actor: Actor, at: dt.datetime) -> None:
    """Issued runs whose people are owed nothing more are paid: a payment may settle two runs at once.

    Call under the lock of the cohort.
    """
    for run in PayRun.objects.of_cohort(cohort_id).filter(state=PayRunState.ISSUED).order_by("pk"):
        keys = list(run.shares.order_by().values_list("enrolment_id", flat=True))
        planned = Payment.objects.filter(enrolment_id__in=keys, state=PaymentState.PLANNED)
        if planned.exists() or any(amount > 0 for amount in due_now(keys).values()):
            continue
        states.move(
            run,
            PayRunState.PAID,
            allowed=RUN_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            paid_at=at,
        )


@transaction.atomic
def close_run(*, run: PayRun, actor: Actor, at: dt.datetime) -> PayRun:
    """Call a run paid in which advances took every net: nothing is owed, nothing will be sent.

    Raises Refused while somebody is owed something.
    """
    run = hold_for_payment(run)
    if run.state == PayRunState.PAID:
        return run
    settle_cohort(run.cohort_id, actor=actor, at=at)
    run.refresh_from_db()
    if run.state != PayRunState.PAID:
        raise Refused(_("Il reste des personnes à payer."))
    return run
