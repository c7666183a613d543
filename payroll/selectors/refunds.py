"""What people advanced for the group, and what was given back: apart from any pay."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from cohorts.models import Enrolment
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind
from payroll.models import AccountEntry, Refund
from payroll.selectors.account import ADVANCED_KINDS
from projects.models import Expense


def advanced(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """What is to give back to each, in euros, zero included; negative when too much was. One query."""
    found = dict.fromkeys(enrolment_ids, ZERO)
    rows = AccountEntry.objects.filter(enrolment_id__in=list(found), kind__in=ADVANCED_KINDS)
    # Summed here: SQLite would sum floats.
    for enrolment_id, amount in rows.order_by().values_list("enrolment_id", "amount"):
        found[enrolment_id] += amount
    return found


@dataclass(frozen=True, slots=True)
class PersonToRefund:
    enrolment: Enrolment
    due: Decimal


@dataclass(frozen=True, slots=True)
class RefundsPage:
    """Who is owed what they advanced, who received too much, and what was given back, latest first."""

    to_refund: tuple[PersonToRefund, ...]
    too_much: tuple[PersonToRefund, ...]
    done: tuple[Refund, ...]

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.to_refund), ZERO)


def refunds_page(cohort_id: int) -> RefundsPage:
    """Three queries."""
    entries = AccountEntry.objects.of_cohort(cohort_id).filter(kind__in=ADVANCED_KINDS)
    sums: dict[int, Decimal] = {}
    for key, amount in entries.order_by().values_list("enrolment_id", "amount"):
        sums[key] = sums.get(key, ZERO) + amount
    people = (
        Enrolment.objects.filter(pk__in=[key for key, due in sums.items() if due])
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    rows = [PersonToRefund(one, sums[one.pk]) for one in people]
    done = Refund.objects.of_cohort(cohort_id).select_related("enrolment__person", "recorded_by")
    return RefundsPage(
        to_refund=tuple(row for row in rows if row.due > 0),
        too_much=tuple(row for row in rows if row.due < 0),
        done=tuple(done),
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
