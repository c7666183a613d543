"""Money that leaves: prepared under locks, never more than is owed, cancelled before it is sent."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from payroll.models import Payment, PaymentOrder, PayRun
from payroll.rules.sepa import order_reference
from payroll.selectors.payments import due_now
from payroll.services import orders
from payroll.services.orders import Choice
from payroll.services.run_rows import hold


@transaction.atomic
def prepare_payments(
    *,
    run: PayRun,
    choices: Sequence[Choice],
    execute_on: dt.date,
    seen: str = "",
    actor: Actor,
    at: dt.datetime,
) -> list[PaymentOrder]:
    """Prepare what is owed now to each chosen person: one bank file, one list of cheques.

    Amounts (euros) are the account's, less what is already prepared; the IBAN is photographed, sealed
    for the payment. `seen` is the `reading` of the page. Of two who prepare at once the second finds
    nothing left. Raises Refused (nothing owed, a past day, no account, one account for two people
    unticked) and Stale when amounts moved.
    """
    run = hold_for_payment(run)
    if not run.is_issued:
        raise Refused(_("Les bulletins ne sont pas encore émis."))
    orders.require_day_to_come(execute_on, at)
    due = due_now(run.shares.order_by().values_list("enrolment_id", flat=True))

    def begin(values: dict[str, Any]) -> PaymentOrder:
        reference = order_reference(
            month=f"{run.month:%Y%m}", run=run.pk, rank=run.orders.count() + 1
        )
        made: PaymentOrder = PaymentOrder.objects.create(run=run, reference=reference, **values)
        return made

    return orders.write_orders(
        begin,
        Payment,
        wanted=orders.wanted_of(choices, due, seen=seen),
        due=due,
        host_id=run.cohort.host_id,
        execute_on=execute_on,
        actor=actor,
        at=at,
    )


@transaction.atomic
def cancel_payments(
    *, run: PayRun, payment_ids: Sequence[int], actor: Actor, at: dt.datetime
) -> int:
    """Drop what was prepared and not sent; it is owed as before. Returns how many; again: 0.

    Raises Frozen for a payment that has left.
    """
    run = hold_for_payment(run)
    return orders.cancel(hold_payments(run, payment_ids), actor, at)


def hold_for_payment(run: PayRun) -> PayRun:
    """Payments of a cohort come one after the other: the account of a person spans its runs."""
    Cohort.objects.select_for_update(no_key=True).get(pk=run.cohort_id)
    return hold(run)


def hold_payments(run: PayRun, payment_ids: Sequence[int]) -> list[Payment]:
    """Payments of this run only, under lock. Raises Refused when none was named."""
    return orders.hold_payments(Payment, payment_ids, order__run=run)
