"""What may still be spent of what the group decided, and the expenses people send."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.money import ZERO, cents, euros
from projects.models import Expense, ExpenseClaim, SpendingLimit


@dataclass(frozen=True, slots=True)
class LimitLeft:
    """Euros, VAT included: as people read a decision, and a receipt. `left` may be negative."""

    limit: SpendingLimit
    spent: Decimal

    @property
    def left(self) -> Decimal:
        left: Decimal = self.limit.amount - self.spent
        return left

    @property
    def words(self) -> str:
        """ "Semences, il reste 84,10 € sur 200,00 € (décision n° 4)"."""
        return (
            f"{self.limit.label}, il reste {euros(max(self.left, ZERO))} sur "
            f"{euros(self.limit.amount)} (décision n°\N{NO-BREAK SPACE}{self.limit.decision_number})"
        )


def spent_within(limit_id: int, *, but_expense: int | None = None) -> Decimal:
    """What standing expenses took of one limit, in euros VAT included. One query."""
    rows = Expense.objects.standing().filter(spending_limit_id=limit_id).exclude(pk=but_expense)
    found = rows.order_by().aggregate(net=Sum("amount"), vat=Sum("vat_amount"))
    # SQLite sums floats: back to whole cents.
    return cents((found["net"] or ZERO) + (found["vat"] or ZERO))


def limits_of(cohort_id: int, *, day: dt.date, holder_id: int | None = None) -> list[LimitLeft]:
    """Limits begun by `day`, those ended too (a receipt comes late), each with what is left. Two queries.

    `holder_id`: only those anybody, or this enrolment, may spend.
    """
    limits = SpendingLimit.objects.of_cohort(cohort_id).filter(starts_on__lte=day)
    if holder_id is not None:
        limits = limits.open_on(day).filter(Q(holder__isnull=True) | Q(holder_id=holder_id))
    found = list(limits.select_related("holder__person"))
    spent = _spent([one.pk for one in found])
    return [LimitLeft(one, spent.get(one.pk, ZERO)) for one in found]


def _spent(limit_ids: Iterable[int]) -> dict[int, Decimal]:
    rows = (
        Expense.objects.standing()
        .filter(spending_limit_id__in=list(limit_ids))
        .order_by()
        .values_list("spending_limit_id")
        .annotate(net=Sum("amount"), vat=Sum("vat_amount"))
    )
    return {key: cents((net or ZERO) + (vat or ZERO)) for key, net, vat in rows}


def people_who_may_advance(cohort_id: int) -> list[Enrolment]:
    """Everybody of the cohort, those who left too: what they paid is still owed. One query."""
    return list(
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def claims_waiting(cohort_id: int) -> list[ExpenseClaim]:
    """What the coordination has to answer, oldest first. One query."""
    rows = ExpenseClaim.objects.of_cohort(cohort_id).waiting().for_page()
    return list(rows.order_by("created_at", "pk"))


def own_claims(actor: Actor) -> list[ExpenseClaim]:
    """What the person sent, latest first. One query."""
    return list(ExpenseClaim.objects.visible_to(actor).for_page().order_by("-created_at", "-pk"))
