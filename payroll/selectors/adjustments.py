"""Advances and deductions of a cohort: what was recorded, what a pay took, what waits."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.models import Enrolment
from ct_platform.kit.money import ZERO
from decisions.models import Outcome
from payroll.models import Adjustment


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    adjustment: Adjustment
    taken: Decimal

    @property
    def left(self) -> Decimal:
        rest: Decimal = self.adjustment.amount - self.taken
        return rest

    @property
    def may_cancel(self) -> bool:
        return self.adjustment.cancelled_at is None and not self.taken


def adjustments_of_cohort(cohort_id: int) -> list[AdjustmentRow]:
    """Newest first, cancelled ones included. Costs two queries."""
    rows = (
        Adjustment.objects.of_cohort(cohort_id)
        .select_related("enrolment__person", "decision", "recorded_by")
        .prefetch_related("withholdings")
        .order_by("-given_on", "-pk")
    )
    return [
        AdjustmentRow(row, sum((part.amount for part in row.withholdings.all()), ZERO))
        for row in rows
    ]


def people_to_choose(cohort_id: int) -> Any:
    return (
        Enrolment.objects.of_cohort(cohort_id)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def adopted_decisions(cohort_id: int) -> Any:
    """What a deduction may rest on, newest first."""
    return (
        Outcome.objects.of_cohort(cohort_id)
        .adopted()
        .select_related("poll__proposal")
        .order_by("-number")
    )
