"""Events as the coordination, the group and strangers read them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, Sum
from django.utils.translation import gettext as _

from cohorts.enums.events import GuestAnswer, MessageKind
from cohorts.models import Enrolment, Event, EventGuest, EventMessage, Session
from cohorts.rules.sessions import cross
from cohorts.selectors.calendar import hours_of
from cohorts.selectors.event_days import EventLine, moment_of
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryStatus


def event_lines(cohort_id: int) -> list[EventLine]:
    """Every event of a cohort, the last day first. One query."""
    rows = Event.objects.of_cohort(cohort_id).annotate(
        invited=Count("guests", filter=Q(guests__erased_at__isnull=True)),
        coming=Sum("guests__people", filter=_said_yes(), default=0),
    )
    return [
        EventLine(one, moment_of(one), one.invited, one.coming)
        for one in rows.order_by("-day", "-pk")
    ]


def _said_yes() -> Q:
    return Q(guests__answer=GuestAnswer.YES, guests__answered_day=F("day"))


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A guest with their answer for the day the event now stands on, and what they were told."""

    guest: EventGuest
    answer: str
    asked_again: bool  # they answered for another day
    told: EventMessage | None  # the newest message

    @property
    def badge(self) -> tuple[str, str, str]:
        """Tone, icon and words."""
        if self.answer == GuestAnswer.YES:
            words = (
                _("vient, à %(n)d") % {"n": self.guest.people}
                if self.guest.people > 1
                else _("vient")
            )
            return "ok", "ok", words
        if self.answer == GuestAnswer.NO:
            return "wait", "non-rond", _("ne vient pas")
        if self.told is None:
            return "wait", "lettre", _("pas encore invité·e")
        if self.told.status == DeliveryStatus.FAILED:
            return "bad", "alerte", _("message pas parti")
        if self.told.status != DeliveryStatus.DONE:
            return (
                ("warn", "imprimer", _("lettre à poster"))
                if self.told.is_letter
                else ("wait", "attente", _("en route"))
            )
        return "wait", "attente", _("pas de réponse")


@dataclass(frozen=True, slots=True)
class EventPage:
    event: Event
    moment: str
    organisers: list[Enrolment]
    guests: list[GuestLine]
    erased: int
    coming: int  # people who said they come
    came: int  # people who came
    conflicts: list[str]
    is_over: bool
    has_begun: bool

    @property
    def to_invite(self) -> int:
        return sum(one.told is None for one in self.guests)

    @property
    def silent(self) -> int:
        return sum(one.told is not None and not one.answer for one in self.guests)


def event_page(event: Event, at: dt.datetime) -> EventPage:
    """An event with its guests, their answers, and what crosses it. Five queries."""
    rows = list(
        event.guests.prefetch_related(
            Prefetch("messages", queryset=EventMessage.objects.order_by("-pk"))
        )
    )
    lines = [_line(one, event) for one in rows if one.erased_at is None]
    yes = [one for one in rows if one.answer == GuestAnswer.YES and one.answered_day == event.day]
    return EventPage(
        event=event,
        moment=moment_of(event),
        organisers=list(event.organisers.select_related("person")),
        guests=lines,
        erased=len(rows) - len(lines),
        coming=sum(one.people for one in yes),
        came=sum(one.came_people for one in rows),
        conflicts=conflicts_of(event),
        is_over=event.ends_at <= at,
        has_begun=event.day <= civil_day(at),
    )


def _line(guest: EventGuest, event: Event) -> GuestLine:
    for_now = guest.answered_day == event.day
    return GuestLine(
        guest=guest,
        answer=guest.answer if for_now else "",
        asked_again=bool(guest.answer) and not for_now,
        told=next(iter(guest.messages.all()), None),
    )


def conflicts_of(event: Event) -> list[str]:
    """What the group is awaited at meanwhile: sessions of the cohort, and its other events. Two to
    three queries; told, never in the way."""
    if event.is_cancelled:
        return []
    sessions = (
        Session.objects.of_cohort(event.cohort_id)
        .planned()
        .between(event.day, event.day)
        .prefetch_related("slots")
    )
    said = []
    for one in sessions.order_by("pk"):
        crossing = [s for s in one.slots.all() if cross((s.starts, s.ends), event.hours)]
        if crossing:
            said.append((one.title, hours_of(crossing)))
    others = (
        Event.objects.of_cohort(event.cohort_id)
        .planned()
        .between(event.day, event.day)
        .exclude(pk=event.pk)
    )
    said += [
        (one.title, moment_of(one))
        for one in others.order_by("pk")
        if cross(one.hours, event.hours)
    ]
    return [
        _("Le groupe est aussi attendu à « %(title)s », %(hours)s.") % {"title": t, "hours": h}
        for t, h in said
    ]


# --- invitations


@dataclass(frozen=True, slots=True)
class Invitations:
    """Who is to be invited, what waits for a hand, what failed."""

    to_invite: list[EventGuest]
    letters: list[EventMessage]
    to_print: int  # of these letters, those that still say what stands
    failed: list[EventMessage]
    on_the_way: int
    done: int


def invitations_of(event: Event) -> Invitations:
    """Two queries."""
    said = list(
        EventMessage.objects.of_event(event.pk)
        .select_related("guest")
        .order_by("guest__name", "pk")
    )
    waiting = [o for o in said if o.status in (DeliveryStatus.WAITING, DeliveryStatus.RUNNING)]
    return Invitations(
        to_invite=list(event.guests.not_invited()),
        letters=[one for one in waiting if one.is_letter],
        to_print=sum(one.is_letter and is_worth(one, event) for one in waiting),
        failed=[
            one for one in said if one.status == DeliveryStatus.FAILED and is_worth(one, event)
        ],
        on_the_way=sum(not one.is_letter for one in waiting),
        done=sum(one.status == DeliveryStatus.DONE for one in said),
    )


def is_worth(message: EventMessage, event: Event) -> bool:
    """Whether a message still says what stands: nobody is invited to what is cancelled. No query."""
    match message.kind:
        case MessageKind.CANCELLED:
            return event.is_cancelled
        case MessageKind.MOVED:
            return not event.is_cancelled and message.version == event.moved_version
    return not event.is_cancelled


def letters_to_print(event: Event) -> list[EventMessage]:
    """Letters nobody posted yet that still say what stands. One query."""
    rows = EventMessage.objects.of_event(event.pk).letters().filter(status=DeliveryStatus.WAITING)
    return [
        one
        for one in rows.select_related("guest").order_by("guest__name", "pk")
        if is_worth(one, event)
    ]


def guest_by_key(guest_id: int) -> EventGuest | None:
    """Whoever a link is for, with all its page prints. One query."""
    found: EventGuest | None = (
        EventGuest.objects.select_related("event__cohort__territory", "event__cohort__host")
        .filter(pk=guest_id)
        .first()
    )
    return found


# --- the group


@dataclass(frozen=True, slots=True)
class WhoComes:
    event: Event
    moment: str
    organisers: list[Enrolment]
    coming: list[EventGuest]
    people: int
    came: int  # ticked on the day
    invited: int
    conflicts: list[str]


def who_comes(event: Event) -> WhoComes:
    """For the group: who said they come, by name and organisation; no address. Five queries."""
    coming = list(event.guests.standing().coming(event.day))
    gone = event.guests.filter(erased_at__isnull=False).coming(event.day)
    counted = event.guests.aggregate(came=Sum("came_people"), invited=Count("pk"))
    return WhoComes(
        event=event,
        moment=moment_of(event),
        organisers=list(event.organisers.select_related("person")),
        coming=coming,
        people=sum(one.people for one in coming) + sum(one.people for one in gone),
        came=counted["came"] or 0,
        invited=counted["invited"],
        conflicts=conflicts_of(event),
    )
