"""The papers of one secret vote as its room sees them: who is ticked, whose typing is awaited; never a choice."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from decisions.enums import Channel, Method, Presence, RoomCountKind
from decisions.models import AssemblyAttendance, Elector, Poll, RoomCount
from decisions.selectors.taking_part import Answer
from decisions.selectors.wording import grades, majority_words


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What a paper asks: the answers of the vote, the same for everybody. Read by the ballot forms."""

    poll: Poll
    answers: tuple[Answer, ...]
    own: None = None

    @property
    def grades(self) -> tuple[str, ...]:
        """The columns of a printed judgment; none for another method."""
        number = self.poll.rule.get("grades")
        return grades(number) if number else ()

    @property
    def printed(self) -> tuple[str, ...]:
        """What may be ticked on a printed paper, besides the blank."""
        if self.poll.method == Method.MAJORITY:
            return tuple(majority_words().values())
        labels = tuple(one.label for one in self.answers)
        return labels if self.poll.method == Method.CHOICE else (*labels, _("Aucune"))


@dataclass(frozen=True, slots=True)
class PaperRoom:
    """Who may be ticked is who is in the room, whether or not they voted: nobody reads that here."""

    poll: Poll
    free: tuple[Elector, ...]
    ticked: tuple[int, ...]
    done: bool  # the papers are in the urn
    typed_by_me: bool
    typed_by_another: bool
    to_recount: bool


def paper_sheet(poll: Poll) -> PaperSheet:
    """One query."""
    return PaperSheet(
        poll,
        tuple(
            Answer(one.code, one.label, one.help_text, "", one.cost_cents)
            for one in poll.options.all()
        ),
    )


def paper_room(poll: Poll, person_id: int) -> PaperRoom:
    """Three queries."""
    roll: list[Any] = list(
        Elector.objects.filter(poll=poll)
        .select_related("enrolment__person", "proxy_holder__person")
        .order_by("enrolment__person__first_name", "enrolment__person__last_name", "pk")
    )
    sitting = AssemblyAttendance.objects.filter(
        assembly__agenda__poll=poll, presence=Presence.PRESENT
    )
    here = set(sitting.values_list("enrolment_id", flat=True))
    counts = RoomCount.objects.filter(poll=poll, kind=RoomCountKind.PAPER).order_by("pk")
    rows = list(counts.values_list("teller_id", "discarded"))
    waiting = [teller for teller, discarded in rows if not discarded]
    ticked = [one for one in roll if one.channel == Channel.PAPER]
    done = any(one.used for one in ticked)
    return PaperRoom(
        poll=poll,
        free=tuple(
            one
            for one in roll
            if one.channel == Channel.PAPER or (one.proxy_holder_id or one.enrolment_id) in here
        ),
        ticked=tuple(one.enrolment_id for one in ticked),
        done=done,
        typed_by_me=person_id in waiting and not done,
        typed_by_another=any(one != person_id for one in waiting) and not done,
        to_recount=bool(rows) and not waiting,
    )
