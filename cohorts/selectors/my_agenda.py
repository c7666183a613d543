"""*Mon agenda*: what a coopérant is awaited at, and what was written down of their presence."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from cohorts.enums.sessions import Presence
from cohorts.gatherings import Gathering, gatherings_of, own_gatherings_of
from cohorts.models import (
    Agenda,
    Attendance,
    AttendanceSignature,
    Cohort,
    CorrectionRequest,
    Enrolment,
    Session,
    Slot,
)
from cohorts.querysets.sessions import SessionQuerySet
from cohorts.rules.attendance import CLOSES_AFTER
from cohorts.rules.attendance import worth_minutes as worth
from cohorts.selectors.attendance import Cell
from cohorts.selectors.calendar import hours_of
from cohorts.selectors.event_days import EventLine, events_between
from cohorts.selectors.roll import is_there, members_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day

COMING_DAYS, PAST_DAYS = 60, 60


@dataclass(frozen=True, slots=True)
class AgendaLine:
    session: Session
    hours: str
    signable: Slot | None  # the half-day whose sheet is open now, and not signed yet


@dataclass(frozen=True, slots=True)
class AgendaDay:
    day: dt.date
    lines: list[AgendaLine]
    gatherings: list[Gathering]  # assemblies, tasks
    events: list[EventLine]


@dataclass(frozen=True, slots=True)
class MyAgenda:
    own: Enrolment
    days: list[AgendaDay]
    agenda: Agenda | None
    to_answer: list[CorrectionRequest]  # what the coordination asks me

    @property
    def signable(self) -> Slot | None:
        return next((x.signable for day in self.days for x in day.lines if x.signable), None)


def own_enrolment(actor: Actor) -> Enrolment:
    """The enrolment of a coopérant's seat, with its cohort. One query."""
    found: Enrolment = (
        Enrolment.objects.visible_to(actor)
        .select_related("cohort", "person")
        .get(pk=actor.enrolment_id)
    )
    return found


def my_agenda(own: Enrolment, at: dt.datetime) -> MyAgenda:
    """The sessions and events of the coming weeks, cancelled ones with their reason. Nine queries."""
    today = civil_day(at)
    last = today + dt.timedelta(days=COMING_DAYS)
    if own.left_on is not None:
        last = min(last, own.left_on)
    rows = _awaiting(own).between(today, last).prefetch_related("slots").order_by("day", "pk")
    signed = signed_slots(own.pk, today)
    lines = {
        day: sorted(
            (_line(one, signed, at) for one in found),
            key=lambda line: line.session.slots.all()[0].starts,
        )
        for day, found in groupby(rows, key=lambda one: one.day)
    }
    events = events_between(own.cohort_id, today, last)
    others = gatherings_of([own.cohort_id], today, last)
    others = sorted(
        [*others, *own_gatherings_of(own.person_id, today, last)],
        key=lambda one: (one.starts_at, one.key),
    )
    asked = CorrectionRequest.objects.filter(enrolment=own, state="open", side="coordination")
    return MyAgenda(
        own=own,
        days=_days(lines, events, others),
        agenda=Agenda.objects.filter(person_id=own.person_id).first(),
        to_answer=list(asked.select_related("slot__session")),
    )


def _days(
    lines: dict[dt.date, list[AgendaLine]],
    events: dict[dt.date, list[EventLine]],
    others: list[Gathering],
) -> list[AgendaDay]:
    """Sessions of a day by their hour, then events, then what else gathers people that day."""
    return [
        AgendaDay(
            day,
            lines=lines.get(day, []),
            events=events.get(day, []),
            gatherings=[one for one in others if one.day == day],
        )
        for day in sorted({*lines, *events, *(one.day for one in others)})
    ]


def _awaiting(own: Enrolment) -> SessionQuerySet:
    found: SessionQuerySet = Session.objects.of_cohort(own.cohort_id).awaiting(own.pk)
    return found


def _line(session: Session, signed: set[int], at: dt.datetime) -> AgendaLine:
    open_now = None
    for slot in session.slots.all():
        slot.session = session
        if slot.pk not in signed and slot.is_signable(at):
            open_now = slot
    return AgendaLine(session, hours_of(session.slots.all()), open_now)


def signed_slots(enrolment_id: int, day: dt.date) -> set[int]:
    """Half-days of that day this person signed. One query."""
    rows = AttendanceSignature.objects.filter(enrolment_id=enrolment_id, slot__session__day=day)
    return set(rows.values_list("slot_id", flat=True))


def signable_slots(own: Enrolment, at: dt.datetime) -> list[Slot]:
    """The half-days whose sheet is open to this person now. One query."""
    rows = (
        Slot.objects.of_cohort(own.cohort_id)
        .planned()
        .awaiting(own.pk)
        .between(civil_day(at), civil_day(at + CLOSES_AFTER))
        .select_related("session")
    )
    return [slot for slot in rows.in_order() if slot.is_signable(at)]


@dataclass(frozen=True, slots=True)
class NextSession:
    """For the home: what comes next, or what can be signed now."""

    session: Session
    hours: str
    signable: Slot | None


def next_session(enrolment_id: int, cohort_id: int, at: dt.datetime) -> NextSession | None:
    """The next half-day that is not over and not signed. One query."""
    today = civil_day(at)
    own = AttendanceSignature.objects.filter(slot=OuterRef("pk"), enrolment_id=enrolment_id)
    rows = (
        Slot.objects.of_cohort(cohort_id)
        .planned()
        .awaiting(enrolment_id)
        .between(today, today + dt.timedelta(days=14))
        .exclude(Exists(own))
        .select_related("session")
        .in_order()[:6]
    )
    for slot in rows:
        if slot.closes_at >= at:
            open_now = slot if slot.is_signable(at) else None
            return NextSession(slot.session, hours_of([slot]), open_now)
    return None


def my_presences(own: Enrolment, at: dt.datetime) -> list[Cell]:
    """The half-days already begun, newest first, as they are written down. Six queries."""
    today = civil_day(at)
    member = next((one for one in members_of(own.cohort_id) if one.pk == own.pk), None)
    slots = (
        Slot.objects.of_cohort(own.cohort_id)
        .planned()
        .awaiting(own.pk)
        .filter(session__day__lte=today)
        .select_related("session")
        .order_by("-session__day", "-starts")[:200]
    )
    begun = [one for one in slots if one.starts_at <= at]
    known = {one.slot_id: one for one in Attendance.objects.filter(enrolment=own)}
    signed = {one.slot_id: one for one in AttendanceSignature.objects.filter(enrolment=own)}
    asked = set(
        CorrectionRequest.objects.filter(enrolment=own, state="open").values_list(
            "slot_id", flat=True
        )
    )
    return [
        Cell(slot, True, known.get(slot.pk), signed.get(slot.pk), slot.pk in asked)
        for slot in begun
        if slot.pk in known or (member is not None and is_there(member, slot.session.day))
    ]


@dataclass(frozen=True, slots=True)
class Attended:
    """A half-day somebody attended: what it proposes as hours, in whole minutes."""

    attendance: Attendance
    slot: Slot
    minutes: int

    @property
    def session(self) -> Session:
        found: Session = self.slot.session
        return found


def attended_between(enrolment_id: int, first: dt.date, last: dt.date) -> list[Attended]:
    """What a person attended between two days (both included), in order. Two queries."""
    rows = (
        Attendance.objects.filter(
            enrolment_id=enrolment_id,
            presence__in=[Presence.PRESENT, Presence.LATE],
            slot__session__day__gte=first,
            slot__session__day__lte=last,
        )
        .select_related("slot__session")
        .order_by("slot__session__day", "slot__starts")
    )
    return _attended(list(rows), enrolment_id)


def _attended(rows: list[Attendance], enrolment_id: int) -> list[Attended]:
    late = [one.slot_id for one in rows if one.presence == Presence.LATE]
    since = {}
    if late:
        signatures = AttendanceSignature.objects.filter(
            enrolment_id=enrolment_id, slot__in=late, way__in=["phone", "tablet"]
        )
        since = {one.slot_id: one.at for one in signatures}
    found = [
        Attended(one, one.slot, worth(one.slot.starts_at, one.slot.ends_at, since.get(one.slot_id)))
        for one in rows
    ]
    return [one for one in found if one.minutes > 0]


def feed_cohorts(person_id: int, territories: Iterable[int]) -> list[int]:
    """Keys of the cohorts a person is in, or coordinates. Two queries at most."""
    own = Enrolment.objects.filter(person_id=person_id, state__in=["active", "completed"])
    keys = set(own.values_list("cohort_id", flat=True))
    if followed := list(territories):
        rows = Cohort.objects.filter(territory__in=followed).exclude(state="archived")
        keys |= set(rows.values_list("pk", flat=True))
    return sorted(keys)


def feed_slots(person_id: int, first: dt.date) -> Iterable[Slot]:
    """Everything a person is awaited at since `first`, in all their cohorts. Two queries a cohort."""
    own = Enrolment.objects.filter(person_id=person_id, state__in=["active", "completed"])
    for enrolment in own.order_by("pk"):
        yield from (
            Slot.objects.of_cohort(enrolment.cohort_id)
            .awaiting(enrolment.pk)
            .filter(session__day__gte=first)
            .select_related("session__cohort")
            .order_by("session__day", "starts", "pk")
        )


def coordinated_slots(territories: Iterable[int], first: dt.date) -> QuerySet[Slot]:
    """What a coordinator follows: the sessions of their territories. One query."""
    found: QuerySet[Slot] = (
        Slot.objects.filter(
            session__cohort__territory__in=list(territories), session__day__gte=first
        )
        .exclude(session__cohort__state="archived")
        .select_related("session__cohort")
        .order_by("session__day", "starts", "pk")
    )
    return found
