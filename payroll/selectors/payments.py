"""Who is to be paid in a run, how, how much; and what an order holds."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import Month, civil_day, format_day
from ct_platform.kit.models import TransitionLog
from ct_platform.kit.money import ZERO, euros
from members.models import BankDetails, Person
from payroll.enums import PaymentKind, PaymentState
from payroll.models import Payment, PaymentOrder, PayRun, RefundOrder, RefundPayment, Share
from payroll.selectors.account import owed
from payroll.selectors.bank import YOUNG

DOWNLOADED = "downloaded"


@dataclass(frozen=True, slots=True)
class PersonToPay:
    """`due`: what may be prepared now (owed less what is prepared); negative when they owe."""

    enrolment: Enrolment
    due: Decimal
    planned: Payment | RefundPayment | None
    payments: tuple[Payment | RefundPayment, ...]  # of this run or cohort, oldest first
    details: BankDetails | None
    shared_with: tuple[Person, ...]  # of the host's own people: others are nobody here
    shared_elsewhere: bool
    warnings: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        return bool(self.shared_with) or self.shared_elsewhere

    @property
    def shared_names(self) -> str:
        names = [person.full_name for person in self.shared_with]
        elsewhere = [_("une personne d’une autre coopérative")] if self.shared_elsewhere else []
        return ", ".join(names + elsewhere)

    @property
    def paid(self) -> Decimal:
        return sum((p.amount for p in self.payments if p.state == PaymentState.PAID), ZERO)


@dataclass(frozen=True, slots=True)
class OrderRow:
    order: PaymentOrder | RefundOrder
    payments: tuple[Payment | RefundPayment, ...]

    @property
    def total(self) -> Decimal:
        kept = (p for p in self.payments if p.state != PaymentState.CANCELLED)
        return sum((payment.amount for payment in kept), ZERO)

    @property
    def planned(self) -> int:
        return sum(payment.state == PaymentState.PLANNED for payment in self.payments)


@dataclass(frozen=True, slots=True)
class PaymentsPage:
    people: tuple[PersonToPay, ...]
    orders: tuple[OrderRow, ...]
    reading: str
    # Money leaves in another month than the slips print: benefits are declared by month of payment.
    other_month: bool

    @property
    def to_prepare(self) -> tuple[PersonToPay, ...]:
        return tuple(row for row in self.people if row.due > 0)

    @property
    def begun(self) -> tuple[PersonToPay, ...]:
        """Whom something happened to, or who is owed nothing."""
        return tuple(row for row in self.people if row.payments or row.planned or row.due <= 0)

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.to_prepare), ZERO)

    @property
    def planned(self) -> Decimal:
        return sum((row.planned.amount for row in self.people if row.planned), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.people), ZERO)

    @property
    def is_settled(self) -> bool:
        return not self.due and not self.planned


def sent_on(share: Share) -> dt.date | None:
    """The day a person's money left for one pay; None while it has not, or when it came back.

    The first day, when a correction sent a little more later: a statement of resources counts by it.
    A payment prepared with a later pay settles this one too: its run is then paid. One query.
    """
    run: PayRun = share.run
    found: dt.date | None = (
        Payment.objects.filter(
            enrolment_id=share.enrolment_id, order__run=run, state=PaymentState.PAID
        )
        .order_by("paid_on")
        .values_list("paid_on", flat=True)
        .first()
    )
    if found is None and run.is_paid and run.paid_at is not None:
        return civil_day(run.paid_at)
    return found


def due_now(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """Owed less what is already prepared, in euros. Costs four queries."""
    found = owed(enrolment_ids)
    planned = Payment.objects.filter(enrolment_id__in=list(found), state=PaymentState.PLANNED)
    for enrolment_id, amount in planned.order_by().values_list("enrolment_id", "amount"):
        found[enrolment_id] -= amount
    return found


def reading_of(due: Mapping[int, Decimal]) -> str:
    """Names the amounts one page showed: others since then are another reading."""
    return ";".join(f"{key}={due[key]}" for key in sorted(due))


def payments_page(run: PayRun, at: dt.datetime) -> PaymentsPage:
    """Everybody the run pays, with what was done so far. Costs six to eight queries."""
    enrolments = list(
        Enrolment.objects.filter(shares__run=run)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    keys = [enrolment.pk for enrolment in enrolments]
    payments = list(
        Payment.objects.filter(enrolment_id__in=keys)
        .select_related("order", "enrolment__person", "paid_by")
        .order_by("pk")
    )
    planned = {p.enrolment_id: p for p in payments if p.state == PaymentState.PLANNED}
    due = owed(keys)
    for key, payment in planned.items():
        due[key] -= payment.amount
    ours = [payment for payment in payments if payment.order.run_id == run.pk]
    people = people_to_pay(
        enrolments, due, planned=planned, payments=ours, host_id=run.cohort.host_id, at=at
    )
    return PaymentsPage(
        people=people,
        orders=orders_of(ours),
        reading=reading_of(due),
        other_month=run.paid_on is not None and Month.of(run.paid_on) < Month.of(civil_day(at)),
    )


def orders_of(payments: Sequence[Payment | RefundPayment]) -> tuple[OrderRow, ...]:
    """The orders these payments, read with theirs, stand in; oldest first. No query."""
    orders = {payment.order_id: payment.order for payment in payments}
    return tuple(
        OrderRow(order, tuple(p for p in payments if p.order_id == key))
        for key, order in sorted(orders.items())
    )


def people_to_pay(
    enrolments: Iterable[Enrolment],
    due: Mapping[int, Decimal],
    *,
    planned: Mapping[int, Payment | RefundPayment],
    payments: Iterable[Payment | RefundPayment],
    host_id: int,
    at: dt.datetime,
) -> tuple[PersonToPay, ...]:
    """Each person with their account, who gave the same one, and what happened. Costs one query."""
    rows = list(enrolments)
    accounts, sharing = _accounts([row.person_id for row in rows], host_id)
    people = []
    for enrolment in rows:
        details = accounts.get(enrolment.person_id)
        own = tuple(payment for payment in payments if payment.enrolment_id == enrolment.pk)
        others = sharing.get(enrolment.person_id, ())
        people.append(
            PersonToPay(
                enrolment=enrolment,
                due=due[enrolment.pk],
                planned=planned.get(enrolment.pk),
                payments=own,
                details=details,
                shared_with=tuple(row.person for row in others if row.ours),
                shared_elsewhere=any(not row.ours for row in others),
                warnings=_warnings(due[enrolment.pk], details, own, at),
            )
        )
    return tuple(people)


def _accounts(
    person_ids: list[int], host_id: int
) -> tuple[dict[int, BankDetails], dict[int, tuple[Any, ...]]]:
    """The current accounts of these people, and those of who gave the same one, each with `ours`:
    whether the host knows that person. Costs one query."""
    current = BankDetails.objects.current()
    known = Enrolment.objects.filter(person=OuterRef("person"), cohort__host=host_id)
    same = (
        current.filter(
            blind__in=current.filter(person_id__in=person_ids).order_by().values("blind")
        )
        .select_related("person")
        .annotate(ours=Exists(known))
    )
    by_blind: dict[str, list[BankDetails]] = {}
    for row in same:
        by_blind.setdefault(row.blind, []).append(row)
    accounts = {row.person_id: row for row in same if row.person_id in set(person_ids)}
    sharing = {
        row.person_id: tuple(other for other in rows if other.person_id != row.person_id)
        for rows in by_blind.values()
        if len(rows) > 1
        for row in rows
    }
    return accounts, sharing


def _warnings(
    due: Decimal,
    details: BankDetails | None,
    own: tuple[Payment | RefundPayment, ...],
    at: dt.datetime,
) -> tuple[str, ...]:
    found = []
    if due < 0:
        found.append(
            _("A reçu %(amount)s de trop : la prochaine paie en tiendra compte.")
            % {"amount": euros(-due)}
        )
    if due > 0 and own and own[-1].rejected_on is not None:
        found.append(
            _("Rejeté le %(day)s : %(why)s.")
            % {"day": format_day(own[-1].rejected_on), "why": own[-1].reject_reason.rstrip(".")}
        )
    if due > 0 and details is not None and at - details.entered_at < YOUNG:
        found.append(_("Compte noté il y a moins de sept jours : vérifiez avec la personne."))
    return tuple(found)


def order_of(order: PaymentOrder | RefundOrder) -> OrderRow:
    """One order with its people. Costs one query."""
    rows = order.payments.select_related("enrolment__person", "paid_by", "order").order_by("pk")
    return OrderRow(order, tuple(rows))


@dataclass(frozen=True, slots=True)
class Download:
    at: dt.datetime
    name: str


def downloads_of(order: PaymentOrder | RefundOrder) -> list[Download]:
    """Who took the file out, and when; newest first. Costs two queries."""
    rows = list(
        TransitionLog.objects.filter(
            model=order._meta.label_lower, row_id=order.pk, new=DOWNLOADED
        ).order_by("-at", "-pk")[:5]
    )
    people = Person.objects.in_bulk([row.by_person_id for row in rows if row.by_person_id])
    return [
        Download(row.at, people[row.by_person_id].full_name if row.by_person_id else "")
        for row in rows
    ]


def choices_of(row: PersonToPay) -> list[tuple[str, str]]:
    """A transfer needs an account; a cheque is always possible."""
    kinds = [PaymentKind.SEPA, PaymentKind.CHEQUE] if row.details else [PaymentKind.CHEQUE]
    return [(kind.value, str(kind.label)) for kind in kinds]
