"""Who takes part in the pot of a month."""

import datetime as dt
from typing import Any

from django.db.models import Q

from cohorts.enums import EnrolmentState
from cohorts.models import Contract, Enrolment
from cohorts.querysets.contracts import counted, reaching
from ct_platform.kit.clock import Month
from projects.models import WorkEntry


def sharing_people(cohort_id: int, month: dt.date, with_hours: Any) -> Any:
    """Under contract in the month, or `with_hours` (enrolment ids, or their queryset) in the run. A queryset."""
    bound = counted("contracts__")
    under_contract = bound & reaching(month, Month(month).last, "contracts__")
    no_paper_yet = Q(contracts__isnull=True, state=EnrolmentState.ACTIVE)
    still_there = Q(left_on__isnull=True) | Q(left_on__gte=month)
    return (
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .filter(Q(pk__in=with_hours) | (still_there & (under_contract | no_paper_yet)))
        .distinct()
    )


def count_sharing(cohort_id: int, month: dt.date) -> int:
    """How many would share the pot of a draft, were it frozen now. Costs one query."""
    counted = (
        WorkEntry.objects.of_cohort(cohort_id)
        .payable_until(Month(month).last)
        .order_by()
        .values("enrolment_id")
    )
    count: int = sharing_people(cohort_id, month, counted).count()
    return count


def under_two_kinds(cohort_id: int, month: dt.date) -> list[str]:
    """Names of people whose contracts of the month are of different kinds. Costs one query."""
    kinds: dict[str, set[str]] = {}
    for contract in (
        Contract.objects.of_cohort(cohort_id)
        .counted()
        .reaching(month, Month(month).last)
        .exclude(enrolment__left_on__lt=month)
        .select_related("enrolment__person")
    ):
        kinds.setdefault(contract.enrolment.person.civil_name, set()).add(contract.kind)
    return sorted(name for name, found in kinds.items() if len(found) > 1)
