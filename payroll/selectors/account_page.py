"""The account of one person, in words: what came in, what went out, what is owed, what is kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind
from payroll.models import AccountEntry, Share
from payroll.selectors.account import ADVANCED_KINDS, OWED_KINDS, waiting

_ICONS = {
    EntryKind.NET: "paie",
    EntryKind.ADVANCE: "retour",
    EntryKind.DEDUCTION: "urne",
    EntryKind.PAYMENT: "fleche",
    EntryKind.REMAINDER: "cagnotte",
    EntryKind.SHARE: "partage",
    EntryKind.COST: "papier",
    EntryKind.ADVANCED: "cagnotte",
    EntryKind.REFUND: "fleche",
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry with its reason; `url` opens its source, when the reader may."""

    entry: AccountEntry
    url: str

    @property
    def day(self) -> dt.date:
        return civil_day(self.entry.at)

    @property
    def icon(self) -> str:
        return _ICONS[EntryKind(self.entry.kind)]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """All in euros. `earned` − `taken` − `paid` = `owed` − `waiting`."""

    movements: tuple[Movement, ...]
    earned: Decimal
    taken: Decimal  # advances and deductions
    paid: Decimal
    waiting: Decimal  # part of `taken` that a next slip will take
    kept: Decimal
    # Apart from pay: what was advanced for the group, and what was given back of it.
    advanced: Decimal
    refunded: Decimal

    @property
    def to_refund(self) -> Decimal:
        """Negative when too much was given back."""
        return self.advanced - self.refunded

    @property
    def refunded_too_much(self) -> Decimal:
        return max(-self.to_refund, ZERO)

    @property
    def owed(self) -> Decimal:
        return self.earned - self.taken - self.paid + self.waiting

    @property
    def too_much(self) -> Decimal:
        return max(-self.owed, ZERO)


def own_account(actor: Actor) -> AccountPage:
    """Of all the person's cohorts, without the three movements that share a pot. Costs four queries."""
    entries = list(
        AccountEntry.objects.of_person(actor)
        .filter(kind__in=[*OWED_KINDS, *ADVANCED_KINDS, EntryKind.REMAINDER])
        .select_related("correction")
        .order_by("-at", "-pk")
    )
    shares = dict(Share.objects.of_person(actor).issued().values_list("run_id", "pk"))

    def source(entry: AccountEntry) -> str:
        share = entry.correction.share_id if entry.correction else shares.get(entry.run_id or 0)
        return reverse("payroll:my_pay_of", args=[share]) if share else ""

    return _page(entries, [Movement(entry, source(entry)) for entry in entries])


def account_of(enrolment: Enrolment) -> AccountPage:
    """Every movement of one person, for the host. Costs three queries."""
    entries = list(
        AccountEntry.objects.filter(enrolment=enrolment)
        .select_related("payment__order", "correction__share")
        .order_by("-at", "-pk")
    )
    cohort = enrolment.cohort_id

    def source(entry: AccountEntry) -> str:
        if entry.payment is not None:
            order = entry.payment.order
            return reverse("payroll:order", args=[cohort, order.run_id, order.pk])
        if entry.expense_id or entry.refund_id:
            return reverse("payroll:refunds", args=[cohort])
        if entry.adjustment_id:
            return reverse("payroll:adjustments", args=[cohort])
        run = entry.correction.share.run_id if entry.correction else entry.run_id
        return reverse("payroll:run", args=[cohort, run]) if run else ""

    return _page(entries, [Movement(entry, source(entry)) for entry in entries])


def _page(entries: Sequence[AccountEntry], movements: Sequence[Movement]) -> AccountPage:
    sums = dict.fromkeys(EntryKind.values, ZERO)
    for entry in entries:
        sums[entry.kind] += entry.amount
    return AccountPage(
        movements=tuple(movements),
        earned=sums[EntryKind.NET],
        taken=-sums[EntryKind.ADVANCE] - sums[EntryKind.DEDUCTION],
        paid=-sums[EntryKind.PAYMENT],
        waiting=sum((part.amount for part in waiting({e.enrolment_id for e in entries})), ZERO),
        kept=-sums[EntryKind.REMAINDER],
        advanced=sums[EntryKind.ADVANCED],
        refunded=-sums[EntryKind.REFUND],
    )
