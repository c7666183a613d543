"""Who is paid where, by the last four signs only: the whole number leaves for the bank file alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from members.models import BankDetails
from payroll.models import HostBankDetails

# A lost phone could send somebody's pay elsewhere: the host looks twice at a young account.
YOUNG = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One person of a cohort and the account they are paid on; None: by cheque.

    `is_elsewhere`: another host pays them by now, and alone keeps their account.
    """

    enrolment: Enrolment
    details: BankDetails | None
    is_elsewhere: bool


def accounts_of_cohort(cohort: Cohort) -> list[AccountRow]:
    """Everybody of a cohort, with or without an account, by name. Costs three queries."""
    enrolments = list(
        Enrolment.objects.of_cohort(cohort.pk)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    people = [enrolment.person_id for enrolment in enrolments]
    found, gone = current_accounts(people), paid_elsewhere(people, cohort.host_id)
    return [
        AccountRow(
            enrolment,
            None if enrolment.person_id in gone else found.get(enrolment.person_id),
            enrolment.person_id in gone,
        )
        for enrolment in enrolments
    ]


def paid_elsewhere(person_ids: Iterable[int], host_id: int) -> set[int]:
    """Those whose latest group is another host's. Costs one query.

    An account is a person's, whoever pays them: a former host could send the next one's money away.
    """
    rows = (
        Enrolment.objects.filter(person_id__in=list(person_ids))
        .exclude(state=EnrolmentState.SELECTED)
        .order_by("pk")
    )
    last = dict(rows.values_list("person_id", "cohort__host_id"))
    return {person for person, host in last.items() if host != host_id}


def current_accounts(person_ids: Iterable[int]) -> dict[int, BankDetails]:
    """The current account of each person who has one. Costs one query."""
    rows = (
        BankDetails.objects.current()
        .filter(person_id__in=list(person_ids))
        .select_related("entered_by")
    )
    return {row.person_id: row for row in rows}


def current_account(person_id: int) -> BankDetails | None:
    """Costs one query."""
    return current_accounts([person_id]).get(person_id)


def host_account(host_id: int) -> HostBankDetails | None:
    """The account a host pays from today. Costs one query."""
    found: HostBankDetails | None = (
        HostBankDetails.objects.filter(host_id=host_id, ended_at__isnull=True)
        .select_related("entered_by")
        .first()
    )
    return found
