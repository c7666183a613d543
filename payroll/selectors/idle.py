"""Months of CAPE without pay, which cost a flat contribution all the same.

Source: C. trav. L5142-1, décret 2008-121, arrêté of 18 February 2008: any month begun counts whole.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from cohorts.enums import ContractKind
from cohorts.models import Cohort, Contract
from payroll.enums import ISSUED_STATES
from payroll.models import PayRun, Share
from payroll.rules.months import months_begun

Spot = tuple[int, dt.date]  # person, first day of a month


@dataclass(frozen=True, slots=True, order=True)
class IdleMonth:
    month: dt.date
    name: str
    enrolment_id: int
    person_id: int


def idle_months(cohort: Cohort, month: dt.date) -> list[IdleMonth]:
    """Months under CAPE before `month` that nobody was paid for and no issued run has charged.

    A month paid by any cohort of the same host is not idle: the host owes the flat amount once a
    person, and only without pay. Costs three queries, or one when nobody is under CAPE.
    """
    contracts = list(
        Contract.objects.of_cohort(cohort.pk)
        .counted()
        .filter(kind=ContractKind.CAPE, starts_on__lt=month)
        .select_related("enrolment__person")
        .order_by("enrolment_id", "starts_on")
    )
    persons = {contract.enrolment.person_id for contract in contracts}
    settled = settled_months(persons, host_id=cohort.host_id) if persons else set()
    # A set: two contracts that meet in one month make one month.
    found = {
        IdleMonth(begun, one.person.civil_name, one.pk, one.person_id)
        for contract in contracts
        for one in [contract.enrolment]
        for begun in months_begun(
            [(contract.starts_on, min(contract.last_day, one.left_on or contract.last_day))],
            before=month,
        )
        if (one.person_id, begun) not in settled
    }
    return sorted(found)


def settled_months(
    persons: Collection[int], *, host_id: int, but_run: int | None = None
) -> set[Spot]:
    """Months paid or charged already by issued runs of the host. Costs two queries."""
    paid = set(
        Share.objects.issued()
        .filter(enrolment__person_id__in=persons, run__cohort__host_id=host_id, gross__gt=0)
        .values_list("enrolment__person_id", "run__month")
    )
    charged = (
        PayRun.objects.filter(
            cohort__host_id=host_id, state__in=ISSUED_STATES, idle_cost__gt=0,
            cohort__enrolments__person_id__in=persons,
        )
        .exclude(pk=but_run)
        .distinct()
        .values_list("pk", "photograph__idle")
    )  # fmt: skip
    return paid | {spot for _pk, rows in charged for spot in spots_of(rows or ())}


def charged_twice(run: PayRun) -> list[str]:
    """Names of a photographed run's idle months that another run has paid or charged since.

    Costs two queries, none without idle months.
    """
    rows = (run.photograph or {}).get("idle", ())
    spots = spots_of(rows)
    if not spots:
        return []
    settled = settled_months(
        {person for person, _month in spots}, host_id=run.cohort.host_id, but_run=run.pk
    )
    again = spots & settled
    return sorted(
        {
            row["name"]
            for row in rows
            if (int(row["person"]), dt.date.fromisoformat(row["month"])) in again
        }
    )


def spots_of(rows: Iterable[dict[str, str]]) -> set[Spot]:
    """Photographed idle months that were charged. A row of 0 was not: the amount was not known yet."""
    return {
        (int(row["person"]), dt.date.fromisoformat(row["month"]))
        for row in rows
        if Decimal(row["amount"]) > 0
    }
