"""Contracts as pages show them: of a host, of a cohort, one by one, one's own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from cohorts.enums import EnrolmentState
from cohorts.enums.contracts import ContractKind, ContractState
from cohorts.models import AuthorityNotice, Cohort, Contract, Enrolment
from cohorts.querysets import EnrolmentQuerySet
from cohorts.rules.contract_points import POINTS, Answer, Point, lacks
from cohorts.rules.contract_terms import ALERT_DAYS
from ct_platform.kit.actor import Actor

_SHOWN = 100
SIGNS = {
    ContractState.DRAFT: ("warn", "stylo"),
    ContractState.TO_SIGN: ("wait", "attente"),
    ContractState.SIGNED: ("ok", "ok"),
    ContractState.ENDED: ("wait", "calendrier"),
    ContractState.CANCELLED: ("bad", "alerte"),
}


@dataclass(frozen=True, slots=True)
class CohortContracts:
    cohort: Cohort
    drafts: int
    to_sign: int
    signed: int
    without: int  # active people whom no signed contract binds


def cohorts_of_host(actor: Actor) -> list[CohortContracts]:
    """The cohorts of a host, live ones first, with where their contracts stand. One query."""

    def number(**states: Any) -> Count:
        return Count("enrolments__contracts", filter=Q(**states), distinct=True)

    bound = Enrolment.objects.filter(contracts__state=ContractState.SIGNED).values("pk")
    active = Q(enrolments__state=EnrolmentState.ACTIVE)
    rows = (
        Cohort.objects.visible_to(actor)
        .annotate(
            drafts=number(enrolments__contracts__state=ContractState.DRAFT),
            to_sign=number(enrolments__contracts__state=ContractState.TO_SIGN),
            signed=number(enrolments__contracts__state=ContractState.SIGNED),
            active=Count("enrolments", filter=active, distinct=True),
            bound=Count("enrolments", filter=active & Q(enrolments__in=bound), distinct=True),
        )
        .order_by("-ends_on", "name")[:_SHOWN]
    )
    return [
        CohortContracts(one, one.drafts, one.to_sign, one.signed, one.active - one.bound)
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class EndingSoon:
    cohort_id: int
    cohort: str
    ends_on: dt.date
    days: int
    count: int


def ending_soon(today: dt.date, cohort_id: int) -> list[EndingSoon]:
    """Signed contracts of a cohort that end within thirty days without a signed renewal, by day. One query."""
    return _ending(Contract.objects.of_cohort(cohort_id), today)


def _ending(rows: Any, today: dt.date) -> list[EndingSoon]:
    found = (
        rows.ending_between(today, today + dt.timedelta(days=max(ALERT_DAYS)))
        .order_by("ends_on", "enrolment__cohort__name")
        .values_list("enrolment__cohort_id", "enrolment__cohort__name", "ends_on")
        .annotate(count=Count("pk"))
    )
    return [EndingSoon(pk, name, day, (day - today).days, n) for pk, name, day, n in found]


@dataclass(frozen=True, slots=True)
class HostWaiting:
    """What waits for a host about its contracts."""

    due: int
    late: int
    first_due: dt.date | None
    to_sign: int
    ending: list[EndingSoon]
    left: int  # people who left, and whose contract still runs

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.to_sign or self.ending or self.left)


def host_waiting(actor: Actor, today: dt.date) -> HostWaiting:
    """For the home of a host. Three queries."""
    notices = (
        AuthorityNotice.objects.visible_to(actor)
        .due()
        .aggregate(
            due=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            first=Min("due_on"),
        )
    )
    contracts = Contract.objects.visible_to(actor).aggregate(
        to_sign=Count("pk", filter=Q(state=ContractState.TO_SIGN)),
        left=Count(
            "pk", filter=Q(state=ContractState.SIGNED, enrolment__state=EnrolmentState.LEFT)
        ),
    )
    return HostWaiting(
        due=notices["due"],
        late=notices["late"],
        first_due=notices["first"],
        to_sign=contracts["to_sign"],
        ending=_ending(Contract.objects.visible_to(actor), today),
        left=contracts["left"],
    )


def unsigned_of(cohort_id: int) -> EnrolmentQuerySet:
    """The active people of a cohort whom no signed contract binds: to be counted or listed."""
    bound = Contract.objects.of_cohort(cohort_id).in_state(ContractState.SIGNED)
    return (
        Enrolment.objects.of_cohort(cohort_id).active().exclude(pk__in=bound.values("enrolment_id"))
    )


def contracts_of(cohort: Cohort, *states: ContractState) -> list[Contract]:
    """The contracts of a cohort that stand, by name then by day, with what pages read. Three queries."""
    rows = Contract.objects.of_cohort(cohort.pk).standing()
    if states:
        rows = rows.in_state(*states)
    return list(
        rows.select_related("enrolment__person", "eligibility", "document", "renews")
        .prefetch_related("points")
        .order_by(
            "enrolment__person__last_name", "enrolment__person__first_name", "starts_on", "pk"
        )
    )


def people_without(cohort: Cohort) -> list[Enrolment]:
    """Active or selected people of a cohort with no contract at all. One query."""
    bound = Contract.objects.of_cohort(cohort.pk).standing().values("enrolment_id")
    states = [EnrolmentState.SELECTED, EnrolmentState.ACTIVE]
    return list(
        Enrolment.objects.of_cohort(cohort.pk)
        .filter(state__in=states)
        .exclude(pk__in=bound)
        .select_related("person")
    )


@dataclass(frozen=True, slots=True)
class PointRow:
    point: Point
    answer: Answer
    lack: str
    file_id: int | None


def points_of(contract: Contract) -> list[PointRow]:
    """The eight points with their answers, and what each lacks. One query, none when prefetched."""
    written = {point.number: point for point in contract.points.all()}
    rows = []
    for point in POINTS:
        row = written.get(point.number)
        answer = row.answer if row else Answer()
        rows.append(PointRow(point, answer, lacks(point, answer), row.file_id if row else None))
    return rows


def chain_of(contract: Contract) -> list[Contract]:
    """All the terms of the person's contract of that kind that stand, oldest first. One query."""
    return list(
        Contract.objects.filter(enrolment_id=contract.enrolment_id, kind=contract.kind)
        .standing()
        .order_by("starts_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class MyContract:
    """One's own contract: the term that runs or comes, and the others."""

    contract: Contract
    others: list[Contract]
    host: Any
    coordinators: list[str]
    signed_file_id: int | None

    @property
    def is_cape(self) -> bool:
        return self.contract.kind == ContractKind.CAPE


def my_contract(actor: Actor, today: dt.date) -> MyContract | None:
    """What "Mon contrat" tells: the contract in force, else the next, else the last. Two queries."""
    from cohorts.models import CoordinatorSeat

    rows = list(
        Contract.objects.visible_to(actor)
        .standing()
        .select_related("enrolment__cohort__host", "document", "scan", "enrolment__person")
        .order_by("starts_on", "pk")
    )
    if not rows:
        return None
    now = next((one for one in rows if one.starts_on <= today <= one.last_day), None)
    chosen = now or next((one for one in rows if one.starts_on > today), rows[-1])
    cohort = chosen.enrolment.cohort
    seats = CoordinatorSeat.objects.in_force(today).filter(territory_id=cohort.territory_id)
    names = sorted(seat.person.full_name for seat in seats.select_related("person"))
    return MyContract(
        contract=chosen,
        others=[one for one in rows if one.pk != chosen.pk],
        host=cohort.host,
        coordinators=names,
        signed_file_id=chosen.scan_id,
    )


@dataclass(frozen=True, slots=True)
class NoticeRow:
    notice: AuthorityNotice
    is_late: bool


def notices_of_host(actor: Actor, today: dt.date) -> tuple[list[NoticeRow], list[AuthorityNotice]]:
    """What is to be sent, the most pressing first, and what was sent, the latest first. Two queries."""
    rows = AuthorityNotice.objects.visible_to(actor).select_related(
        "contract__enrolment__person", "contract__enrolment__cohort", "letter"
    )
    due = [NoticeRow(one, one.is_late(today)) for one in rows.due().order_by("due_on", "pk")[:200]]
    sent = list(rows.filter(state="sent").order_by("-sent_on", "-pk")[:50])
    return due, sent
