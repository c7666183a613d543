"""The keys of sealed votes: what a holder does now, and how far the three are. Never a word of them."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from ct_platform.kit.actor import Actor
from decisions.enums import PollState
from decisions.models import KeyHolder, Poll


class Step(StrEnum):
    """What the page of a key is for its holder now."""

    TAKE = "take"
    TAKEN = "taken"  # others still have theirs to take
    VOTING = "voting"
    OPEN = "open"
    OPENED = "opened"  # one's share waits for another
    LOST = "lost"
    OVER = "over"


def step_of(poll: Poll, holder: KeyHolder) -> Step:
    match poll.state:
        case PollState.ANNOUNCED:
            return Step.TAKEN if holder.ready_at else Step.TAKE
        case PollState.OPEN:
            return Step.LOST if holder.lost_at else Step.VOTING
        case PollState.CLOSED:
            return Step.OPENED if holder.opened_share else Step.OPEN
        case _:
            return Step.OVER


def holder_of(poll: Poll, actor: Actor) -> KeyHolder | None:
    """The actor's own key of a vote. One query."""
    own = KeyHolder.objects.filter(poll=poll, person_id=actor.person_id)
    found: KeyHolder | None = own.filter(is_coordinator=actor.is_coordinator).first()
    return found


def keys_waiting(actor: Actor) -> list[Poll]:
    """Votes whose key this person has to take, or to bring now. One query."""
    if not (actor.is_cooperant or actor.is_coordinator):
        return []
    to_take = Q(poll__state=PollState.ANNOUNCED, ready_at__isnull=True)
    to_bring = Q(poll__state=PollState.CLOSED, opened_share="")
    own = KeyHolder.objects.filter(
        person_id=actor.person_id, is_coordinator=actor.is_coordinator
    ).filter(to_take | to_bring)
    held = own.select_related("poll__proposal").order_by("poll__closes_at", "poll_id")
    return [holder.poll for holder in held]


@dataclass(frozen=True, slots=True)
class KeyProgress:
    """One holder, as the cohort and its coordinator follow them."""

    name: str
    is_ready: bool
    has_opened: bool
    is_lost: bool


def key_progress(poll: Poll) -> tuple[KeyProgress, ...]:
    """The three holders in order; nothing for a vote that has none. One query."""
    if not poll.is_sealed:
        return ()
    return tuple(
        KeyProgress(
            holder.person.full_name,
            holder.ready_at is not None,
            holder.opened_at is not None,
            holder.lost_at is not None,
        )
        for holder in KeyHolder.objects.filter(poll=poll).select_related("person")
    )
