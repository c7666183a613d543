"""Sums of sales and expenses, euros excl. VAT, from stored rows. Nothing struck out counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO
from projects.enums import WorkState
from projects.models import Expense, Project, Sale, WorkEntry


@dataclass(frozen=True, slots=True)
class ProjectTotals:
    """One line of business: what came in, what is still owed by customers, what was spent."""

    project: Project
    paid: Decimal
    unpaid: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """Paid sales minus expenses: what the project brings to the pot, before the host's part."""
        return self.paid - self.spent


@dataclass(frozen=True, slots=True)
class CohortTotals:
    """The cohort's money (euros excl. VAT) and hours (minutes)."""

    paid: Decimal
    unpaid: Decimal
    spent: Decimal
    verified_minutes: int = 0
    awaiting_minutes: int = 0

    @property
    def left(self) -> Decimal:
        return self.paid - self.spent


@dataclass(frozen=True, slots=True)
class MonthTrade:
    month: Month
    trade: str
    amount: Decimal


def project_totals(cohort_id: int) -> list[ProjectTotals]:
    """Every project of the cohort, by name. Four queries."""
    sales = Sale.objects.of_cohort(cohort_id).standing().order_by().values("project_id")
    paid = sales.filter(moved_on__isnull=False).annotate(total=Sum("amount"))
    unpaid = sales.filter(moved_on__isnull=True).annotate(total=Sum("amount"))
    spent = (
        Expense.objects.of_cohort(cohort_id)
        .standing()
        .order_by()
        .values("project_id")
        .annotate(total=Sum("amount"))
    )
    sums = [{row["project_id"]: row["total"] for row in rows} for rows in (paid, unpaid, spent)]
    return [
        ProjectTotals(project, *(found.get(project.pk, ZERO) for found in sums))
        for project in Project.objects.of_cohort(cohort_id).order_by("name", "pk")
    ]


def cohort_totals(cohort_id: int) -> CohortTotals:
    """Money and hours of a cohort since its first day. Five queries."""
    totals = totals_of(project_totals(cohort_id))
    minutes: dict[bool, int] = defaultdict(int)
    for row in (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .order_by()
        .values("state")
        .annotate(total=Sum("minutes"))
    ):
        minutes[row["state"] in (WorkState.CONFIRMED, WorkState.LOCKED)] += row["total"]
    return replace(totals, verified_minutes=minutes[True], awaiting_minutes=minutes[False])


def totals_of(projects: Iterable[ProjectTotals]) -> CohortTotals:
    """The sums of projects already read, without their hours. No query."""
    rows = list(projects)
    return CohortTotals(
        paid=sum((one.paid for one in rows), ZERO),
        unpaid=sum((one.unpaid for one in rows), ZERO),
        spent=sum((one.spent for one in rows), ZERO),
    )


def sales_by_month_and_trade(cohort_id: int) -> list[MonthTrade]:
    """Paid sales by the month the money came and the trade, oldest month first. One query."""
    rows = (
        Sale.objects.of_cohort(cohort_id)
        .standing()
        .filter(moved_on__isnull=False)
        .annotate(month=TruncMonth("moved_on"))
        .order_by("month", "project__trade")
        .values("month", "project__trade")
        .annotate(total=Sum("amount"))
    )
    return [MonthTrade(Month.of(row["month"]), row["project__trade"], row["total"]) for row in rows]
