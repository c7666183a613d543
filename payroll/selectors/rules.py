"""What is known of sharing rules: the one in force on a day, and what others would have given."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.money import ZERO, cents, from_cents, to_cents
from payroll.enums import SplitKind
from payroll.models import SplitRule
from payroll.rules.sharing import NobodyToShareWith, NoHoursToShareBy, shares_in_cents
from projects.models import Sale, WorkEntry

# The pot of a simulation while nothing has been sold.
INVENTED_POT = Decimal("1000.00")


def rule_in_force(cohort_id: int, day: dt.date) -> SplitRule | None:
    """The sharing rule of that day: the latest adopted of those already begun. One query."""
    found: SplitRule | None = (
        SplitRule.objects.of_cohort(cohort_id)
        .filter(in_force_from__lte=day)
        .order_by("-version")
        .first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Trial:
    """One rule tried on the hours so far. `parts`: euros per enrolment id; None with its `why`."""

    kind: SplitKind
    parts: dict[int, Decimal] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Simulation:
    """The three rules on the same hours and the same pot. Helps a vote; never pays."""

    pot: Decimal
    invented: bool  # nothing sold yet: the pot is a round figure of ours
    minutes: dict[int, int]  # that count, per enrolment id
    trials: tuple[Trial, ...]


def simulate(cohort_id: int, counted_kinds: Collection[str], day: dt.date) -> Simulation:
    """Try every rule on the confirmed hours up to `day` included, and the sales paid so far.

    Takes part: who is active, or has confirmed hours. Expenses and the host's share are not taken
    out. Costs three queries.
    """
    hours = (
        WorkEntry.objects.of_cohort(cohort_id)
        .verified()
        .filter(day__lte=day)
        .values_list("enrolment_id")
        .annotate(counted=Sum("minutes", filter=Q(kind__in=list(counted_kinds)), default=0))
        .order_by("enrolment_id")
    )
    active = Enrolment.objects.filter(cohort_id=cohort_id, state=EnrolmentState.ACTIVE)
    minutes = dict.fromkeys(active.values_list("pk", flat=True), 0) | dict(hours)
    sold = (
        Sale.objects.of_cohort(cohort_id)
        .standing()
        .filter(moved_on__lte=day)
        .aggregate(total=Sum("amount"))["total"]
    )
    # Credit notes may leave less than nothing: there is no such thing to share, even for a trial.
    earned = cents(sold) if sold and sold > 0 else None
    pot = earned or INVENTED_POT
    trials = tuple(_try(kind, pot, minutes) for kind in SplitKind)
    return Simulation(pot, earned is None, minutes, trials)


def _try(kind: SplitKind, pot: Decimal, minutes: dict[int, int]) -> Trial:
    try:
        parts = shares_in_cents(kind.value, to_cents(pot), minutes)
    except (NoHoursToShareBy, NobodyToShareWith) as refusal:
        return Trial(kind, None, str(refusal))
    return Trial(kind, {key: from_cents(part) for key, part in parts.items()})


def total_of(trial: Trial) -> Decimal:
    return sum((trial.parts or {}).values(), ZERO)
