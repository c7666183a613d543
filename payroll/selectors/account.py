"""What the accounts say: balances, what waits for a next pay, what is owed now, and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from ct_platform.kit.money import ZERO
from payroll.enums import ISSUED_STATES, EntryKind
from payroll.models import AccountEntry, Adjustment, Withholding

# Share, cost and remainder of a pay sum to zero: these four say what the host still owes a person.
OWED_KINDS = (EntryKind.NET, EntryKind.ADVANCE, EntryKind.DEDUCTION, EntryKind.PAYMENT)

# Apart from them: what somebody advanced for the group, less what was given back.
ADVANCED_KINDS = (EntryKind.ADVANCED, EntryKind.REFUND)


def balances(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """Net − advances − deductions − payments ± corrections, in euros, zero included. One query."""
    found = dict.fromkeys(enrolment_ids, ZERO)
    rows = AccountEntry.objects.filter(enrolment_id__in=list(found), kind__in=OWED_KINDS)
    # Summed here: SQLite would sum floats.
    for enrolment_id, amount in rows.order_by().values_list("enrolment_id", "amount"):
        found[enrolment_id] += amount
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """One advance or deduction, and how much of it no issued slip has taken yet (euros, above zero)."""

    adjustment: Adjustment
    amount: Decimal


def waiting(enrolment_ids: Iterable[int]) -> list[Waiting]:
    """What the next pay of each person has to take, oldest first. Costs two queries."""
    taken = Withholding.objects.filter(share__run__state__in=ISSUED_STATES)
    rows = (
        Adjustment.objects.filter(enrolment_id__in=list(enrolment_ids), cancelled_at__isnull=True)
        .prefetch_related(Prefetch("withholdings", queryset=taken, to_attr="taken"))
        .order_by("given_on", "pk")
    )
    return [
        Waiting(row, left)
        for row in rows
        if (left := row.amount - sum((part.amount for part in row.taken), ZERO)) > 0
    ]


def owed(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """What each person is to be paid now: negative when they owe. Costs three queries.

    The balance, plus what waits for a next slip: a slip is paid as it is printed, and an advance it
    does not print comes off the one that will (C. trav. R3243-1: a slip shows each deduction).
    """
    wanted = list(enrolment_ids)
    found = balances(wanted)
    for part in waiting(wanted):
        found[part.adjustment.enrolment_id] += part.amount
    return found
