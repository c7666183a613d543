"""Who was told of a vote or an assembly. Of reminders of a secret vote: when, never to whom nor to how many."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryStatus
from decisions.enums import NoticeKind, NoticeWay
from decisions.models import Assembly, Elector, Poll, Reminder, VoteNotice
from decisions.rules.reminders import automatic_at, next_at
from members.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    """Where the notice of one person is. Whether they opened it or voted is not said."""

    person: Person
    tone: str
    icon: str
    state: str
    note: str = ""
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """Who was called to an assembly, and who must be told by mouth."""

    told: tuple[Told, ...]
    by_mouth: tuple[Person, ...]
    failed: int


@dataclass(frozen=True, slots=True)
class SentReminder:
    at: dt.datetime
    by: str  # "" when nobody asked for it
    names: tuple[str, ...] | None  # None: nobody may see to whom


@dataclass(frozen=True, slots=True)
class Deliveries:
    told: tuple[Told, ...]
    by_mouth: tuple[Person, ...]  # no address: somebody must tell them
    failed: int
    reminders: tuple[SentReminder, ...]
    automatic_at: dt.datetime | None  # still to come
    may_remind_at: dt.datetime | None  # None: now


def deliveries_of(poll: Poll, at: dt.datetime) -> Deliveries:
    """The page of messages of a vote. Three queries, and one more for the reminders of an open vote."""
    roll = Elector.objects.filter(poll=poll).select_related("enrolment__person")
    people = [
        elector.enrolment.person
        for elector in roll.order_by(
            "enrolment__person__last_name", "enrolment__person__first_name", "pk"
        )
    ]
    notices = VoteNotice.objects.filter(poll=poll, kind=NoticeKind.OPENING)
    found = {notice.recipient_id: notice for notice in notices}
    sent = list(Reminder.objects.filter(poll=poll).select_related("by").order_by("number"))
    automatic = automatic_at(poll.opened_at, poll.closes_at) if poll.opened_at else None
    if automatic is not None and (automatic <= at or any(one.by is None for one in sent)):
        automatic = None
    may_at = next_at(sent[-1].at if sent else None)
    return Deliveries(
        told=tuple(_told(one, found[one.pk]) for one in people if one.pk in found),
        by_mouth=tuple(one for one in people if one.pk not in found),
        failed=sum(1 for one in found.values() if one.status == DeliveryStatus.FAILED),
        reminders=_reminders(poll, sent),
        automatic_at=automatic,
        may_remind_at=may_at if may_at is not None and may_at > at else None,
    )


def called_of(assembly: Assembly, day: dt.date) -> Called:
    """The page of messages of an assembly: who may vote on `day` or was written to. Two queries."""
    notices = VoteNotice.objects.filter(assembly=assembly, kind=NoticeKind.CONVENING)
    found = {one.recipient_id: one for one in notices.select_related("recipient")}
    day = min(day, civil_day(assembly.starts_at))
    entitled = Enrolment.objects.filter(cohort_id=assembly.cohort_id).entitled_to_vote(day)
    people = {one.person_id: one.person for one in entitled.select_related("person")}
    people |= {key: notice.recipient for key, notice in found.items()}
    by_name = sorted(people.values(), key=lambda one: (one.last_name, one.first_name, one.pk))
    return Called(
        told=tuple(_told(one, found[one.pk]) for one in by_name if one.pk in found),
        by_mouth=tuple(one for one in by_name if one.pk not in found),
        failed=sum(1 for one in found.values() if one.status == DeliveryStatus.FAILED),
    )


def _told(person: Person, notice: VoteNotice) -> Told:
    match notice.status:
        case DeliveryStatus.DONE:
            way = _("par SMS") if notice.way == NoticeWay.SMS else _("par e-mail")
            return Told(person, "ok", "ok", _("Envoyé"), way, notice.finished_at)
        case DeliveryStatus.FAILED:
            return Told(person, "bad", "alerte", _("Pas parti"), notice.error)
    return Told(person, "wait", "attente", _("Va partir"), notice.error)


def _reminders(poll: Poll, sent: list[Reminder]) -> tuple[SentReminder, ...]:
    if not sent:
        return ()
    names: dict[int, list[str]] | None = None
    if not poll.is_secret:
        names = {one.number: [] for one in sent}
        rows = VoteNotice.objects.filter(poll=poll, kind=NoticeKind.REMINDER)
        for notice in rows.select_related("recipient").order_by(
            "recipient__last_name", "recipient__first_name", "pk"
        ):
            names[notice.batch].append(notice.recipient.full_name)
    return tuple(
        SentReminder(
            one.at,
            one.by.full_name if one.by else "",
            tuple(names[one.number]) if names is not None else None,
        )
        for one in sent
    )


def to_call_on_paper(assembly: Assembly) -> list[Enrolment]:
    """Who may vote on its day, by name. One query."""
    day = civil_day(assembly.starts_at)
    entitled = Enrolment.objects.filter(cohort_id=assembly.cohort_id).entitled_to_vote(day)
    rows = entitled.select_related("person")
    return list(rows.order_by("person__last_name", "person__first_name", "pk"))
