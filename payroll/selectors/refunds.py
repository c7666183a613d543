"""What people advanced for the group, and what was given back: apart from any pay."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind, PaymentState
from payroll.models import AccountEntry, Refund, RefundPayment
from payroll.selectors.account import ADVANCED_KINDS
from payroll.selectors.payments import OrderRow, PersonToPay, orders_of, people_to_pay, reading_of
from projects.models import Expense


def advanced(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """What is to give back to each, in euros, zero included; negative when too much was. One query."""
    found = dict.fromkeys(enrolment_ids, ZERO)
    rows = AccountEntry.objects.filter(enrolment_id__in=list(found), kind__in=ADVANCED_KINDS)
    # Summed here: SQLite would sum floats.
    for enrolment_id, amount in rows.order_by().values_list("enrolment_id", "amount"):
        found[enrolment_id] += amount
    return found


def to_give_back(cohort_id: int) -> dict[int, Decimal]:
    """What may be given back now to each person who ever advanced something, by enrolment: less what
    is prepared; negative when too much was given back. Two queries."""
    entries = AccountEntry.objects.of_cohort(cohort_id).filter(kind__in=ADVANCED_KINDS)
    found: dict[int, Decimal] = {}
    for key, amount in entries.order_by().values_list("enrolment_id", "amount"):
        found[key] = found.get(key, ZERO) + amount
    for payment in planned_refunds(found).values():
        found[payment.enrolment_id] -= payment.amount
    return found


def planned_refunds(enrolment_ids: Iterable[int]) -> dict[int, RefundPayment]:
    """What is prepared and has not left, by enrolment: one a person. One query."""
    rows = RefundPayment.objects.filter(
        enrolment_id__in=list(enrolment_ids), state=PaymentState.PLANNED
    )
    return {row.enrolment_id: row for row in rows.select_related("order")}


@dataclass(frozen=True, slots=True)
class RefundsPage:
    """Who is owed what they advanced, what is prepared, and what was given back, latest first."""

    people: tuple[PersonToPay, ...]
    orders: tuple[OrderRow, ...]
    done: tuple[Refund, ...]
    reading: str

    @property
    def to_prepare(self) -> tuple[PersonToPay, ...]:
        """Whom nothing is prepared for: who advances more meanwhile waits for the next order."""
        return tuple(row for row in self.people if row.due > 0 and row.planned is None)

    @property
    def on_the_way(self) -> tuple[PersonToPay, ...]:
        return tuple(row for row in self.people if row.planned is not None)

    @property
    def too_much(self) -> tuple[PersonToPay, ...]:
        return tuple(row for row in self.people if row.due < 0)

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.to_prepare), ZERO)


def refunds_page(cohort: Cohort, at: dt.datetime) -> RefundsPage:
    """Six queries."""
    due = to_give_back(cohort.pk)
    sent = list(
        RefundPayment.objects.of_cohort(cohort.pk)
        .select_related("order", "enrolment__person", "paid_by")
        .order_by("pk")
    )
    planned = {one.enrolment_id: one for one in sent if one.state == PaymentState.PLANNED}
    people = (
        Enrolment.objects.filter(pk__in=planned.keys() | {key for key, left in due.items() if left})
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    done = Refund.objects.of_cohort(cohort.pk).select_related(
        "enrolment__person", "recorded_by", "sent_with__order"
    )
    return RefundsPage(
        people=people_to_pay(
            people, due, planned=planned, payments=sent, host_id=cohort.host_id, at=at
        ),
        orders=orders_of(sent),
        done=tuple(done),
        reading=reading_of(due),
    )


def advanced_expenses(enrolment_id: int) -> list[Expense]:
    """What one person paid for the group and stands, latest first. One query."""
    rows = Expense.objects.standing().filter(advanced_by_id=enrolment_id)
    return list(rows.select_related("project", "receipt").order_by("-moved_on", "-pk"))


def owed_refunds(today: dt.date) -> Any:
    """People of any cohort to whom something is to give back. A queryset of enrolments."""
    due = (
        AccountEntry.objects.filter(kind__in=ADVANCED_KINDS)
        .order_by()
        .values("enrolment_id")
        .annotate(due=Sum("amount"))
        # Half a cent: SQLite sums floats.
        .filter(due__gt=Decimal("0.005"))
    )
    return Enrolment.objects.filter(pk__in=due.values("enrolment_id"))


def entry_of(expense: Expense) -> AccountEntry | None:
    """The movement an advanced expense wrote, whether or not it was taken back. One query."""
    found: AccountEntry | None = AccountEntry.objects.filter(
        expense=expense, kind=EntryKind.ADVANCED, reverses__isnull=True
    ).first()
    return found
