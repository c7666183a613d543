"""Assemblies as they are read: the list, one page, the room of one vote."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from cohorts.querysets import CohortScopedQuerySet, EnrolmentQuerySet
from ct_platform.kit.actor import Actor
from decisions.enums import ADOPTING, AssemblyState, Channel, PollState, Presence, RoomCountKind
from decisions.models import (
    AgendaItem,
    Assembly,
    AssemblyAttendance,
    Elector,
    Poll,
    Proposal,
    RoomCount,
)
from decisions.querysets import PollQuerySet, ProposalQuerySet
from decisions.selectors.running import quorums_of

MOST = 50
OVER = (PollState.COUNTED, PollState.CANCELLED)


def assemblies_for(actor: Actor) -> CohortScopedQuerySet:
    """Latest first, with what a page about one needs. One query."""
    rows: CohortScopedQuerySet = Assembly.objects.visible_to(actor).select_related(
        "cohort__territory",
        "cohort__host",
        "chair__person",
        "secretary__person",
        "convened_by",
        "minutes_document",
    )
    return rows


def to_convene(actor: Actor, cohort_id: int) -> ProposalQuerySet:
    """Proposals that may come to an agenda: alive, and nothing adopted on them."""
    rows: ProposalQuerySet = Proposal.objects.visible_to(actor).of_cohort(cohort_id).alive()
    return rows.exclude(polls__outcome__kind__in=ADOPTING)


@dataclass(frozen=True, slots=True)
class Point:
    item: AgendaItem
    by_hand: bool  # hands may be counted for its vote now
    on_paper: bool  # papers may be typed for its vote now
    quorum: bool | None = None  # whether it is reached by now; None when no vote is open


@dataclass(frozen=True, slots=True)
class Pending:
    """A point whose vote is not over. `may_leave`: it may go on without this assembly."""

    item: AgendaItem
    poll: Poll
    may_leave: bool


@dataclass(frozen=True, slots=True)
class AssemblySheet:
    assembly: Assembly
    points: tuple[Point, ...]
    attendance: tuple[AssemblyAttendance, ...]
    signed: tuple[str, ...]  # roles
    pending: tuple[Pending, ...]  # the minutes wait for them
    runs: bool
    writes: bool
    role: str | None

    @property
    def present(self) -> list[AssemblyAttendance]:
        return [one for one in self.attendance if one.presence == Presence.PRESENT]

    @property
    def represented(self) -> list[AssemblyAttendance]:
        return [one for one in self.attendance if one.presence == Presence.REPRESENTED]

    @property
    def absent(self) -> list[AssemblyAttendance]:
        return [one for one in self.attendance if one.presence == Presence.ABSENT]

    @property
    def can_sign(self) -> bool:
        closed = self.assembly.state == AssemblyState.CLOSED
        return bool(closed and not self.pending and self.role and self.role not in self.signed)


def assembly_sheet(
    assembly: Assembly, *, runs: bool, writes: bool, role: str | None, at: dt.datetime
) -> AssemblySheet:
    """One assembly for one reader. Costs five queries."""
    attendance = assembly.attendances.select_related(
        "enrolment__person", "represented_by__person"
    ).order_by("enrolment__person__first_name", "enrolment__person__last_name", "pk")
    items = assembly.agenda.select_related("proposal", "poll__outcome__winner", "left_open")
    sits = assembly.state in (AssemblyState.OPEN, AssemblyState.CLOSED)
    quorums = quorums_of(assembly, at)
    return AssemblySheet(
        assembly=assembly,
        points=tuple(
            Point(
                one,
                sits and _by_hand(one.poll),
                sits and _on_paper(one.poll),
                quorums.get(one.poll_id or 0),
            )
            for one in items
        ),
        attendance=tuple(attendance),
        signed=tuple(assembly.signatures.values_list("role", flat=True)),
        pending=tuple(
            Pending(one, poll, runs and sits and poll.is_open and at < poll.closes_at)
            for one in votes_pending(assembly)
            if (poll := one.poll) is not None
        ),
        runs=runs,
        writes=writes,
        role=role,
    )


def votes_pending(assembly: Assembly) -> list[AgendaItem]:
    """The points whose vote is not over: the minutes wait for them. One query."""
    pending = assembly.agenda.filter(poll__isnull=False).exclude(poll__state__in=OVER)
    return list(pending.select_related("poll"))


def _by_hand(poll: Poll | None) -> bool:
    return bool(
        poll
        and poll.state == PollState.OPEN
        and not poll.is_secret
        and poll.method in ("majority", "choice")
    )


def _on_paper(poll: Poll | None) -> bool:
    return bool(poll and poll.state == PollState.OPEN and poll.is_secret)


def present_in(assembly: Assembly) -> EnrolmentQuerySet:
    """Who may preside or write: the people noted present."""
    noted = assembly.attendances.filter(presence=Presence.PRESENT)
    rows: EnrolmentQuerySet = Enrolment.objects.filter(pk__in=noted.values("enrolment_id"))
    return rows.select_related("person")


def polls_of(assembly: Assembly) -> PollQuerySet:
    """The votes on its agenda."""
    rows: PollQuerySet = Poll.objects.filter(agenda_items__assembly=assembly)
    return rows.select_related("proposal__cohort", "version").distinct()


def people_of(assembly: Assembly) -> list[Enrolment]:
    """Who may be on the attendance sheet, by name. One query."""
    rows = Enrolment.objects.filter(cohort_id=assembly.cohort_id)
    here = rows.exclude(state=EnrolmentState.LEFT) | rows.filter(
        pk__in=assembly.attendances.values("enrolment_id")
    )
    return list(
        here.select_related("person").order_by("person__first_name", "person__last_name", "pk")
    )


def noted_presence(assembly: Assembly) -> dict[int, str]:
    """Enrolment → "present", "absent" or "by:<enrolment>". One query."""
    return {
        one.enrolment_id: f"by:{one.represented_by_id}" if one.represented_by_id else one.presence
        for one in assembly.attendances.all()
    }


@dataclass(frozen=True, slots=True)
class Room:
    """The room of one vote: who is ticked, who may be, whose figures are awaited; never a figure."""

    poll: Poll
    free: tuple[Elector, ...]
    ticked: tuple[int, ...]
    voted: tuple[str, ...]  # names: already voted on a phone
    typed_by_me: bool
    typed_by_another: bool
    to_recount: bool


def room_of(poll: Poll, actor: Actor) -> Room:
    """Costs two queries. What the other teller typed is not in there."""
    roll: list[Any] = list(
        Elector.objects.filter(poll=poll)
        .select_related("enrolment__person", "proxy_holder__person")
        .order_by("enrolment__person__first_name", "enrolment__person__last_name", "pk")
    )
    counts = RoomCount.objects.filter(poll=poll, kind=RoomCountKind.HANDS).order_by("pk")
    rows = list(counts.values_list("teller_id", "discarded"))
    waiting = [teller for teller, discarded in rows if not discarded]
    by_hand = poll.room_figures is not None
    return Room(
        poll=poll,
        free=tuple(one for one in roll if not one.used or one.channel == Channel.ROOM),
        ticked=tuple(one.enrolment_id for one in roll if one.channel == Channel.ROOM),
        voted=tuple(
            one.enrolment.person.full_name
            for one in roll
            if one.used and one.channel != Channel.ROOM
        ),
        typed_by_me=actor.person_id in waiting and not by_hand,
        typed_by_another=any(one != actor.person_id for one in waiting) and not by_hand,
        to_recount=bool(rows) and not waiting,
    )
