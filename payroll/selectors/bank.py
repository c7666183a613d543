"""Who is paid where, by the last four signs only: the whole number leaves for the bank file alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Enrolment
from members.models import BankDetails
from payroll.models import HostBankDetails

# A lost phone could send somebody's pay elsewhere: the host looks twice at a young account.
YOUNG = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One person of a cohort and the account they are paid on; None: by cheque."""

    enrolment: Enrolment
    details: BankDetails | None


def accounts_of_cohort(cohort_id: int) -> list[AccountRow]:
    """Everybody of a cohort, with or without an account, by name. Costs two queries."""
    enrolments = list(
        Enrolment.objects.of_cohort(cohort_id)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    found = current_accounts(enrolment.person_id for enrolment in enrolments)
    return [AccountRow(enrolment, found.get(enrolment.person_id)) for enrolment in enrolments]


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
