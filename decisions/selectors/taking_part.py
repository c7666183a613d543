"""Votes as a coopérant lives them: what I can vote on, what I chose, what the group chose."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from decisions import effects
from decisions.enums import Channel, PollState
from decisions.models import Ballot, BallotChange, Elector, Poll
from decisions.querysets import PollQuerySet
from decisions.selectors.running import said_before
from decisions.selectors.secrecy import Promise, said
from decisions.selectors.wording import equal_shares_example, in_words


def _for_voter(actor: Actor) -> PollQuerySet:
    mine = Elector.objects.filter(poll=OuterRef("pk"), enrolment_id=actor.enrolment_id or 0)
    polls = Poll.objects.visible_to(actor).announced().select_related("proposal__cohort", "version")
    asked: PollQuerySet = polls.annotate(
        on_roll=Exists(mine),
        voted=Exists(mine.filter(used=True)),
        # Their voice is elsewhere: given to somebody, or counted in the room.
        away=Exists(mine.filter(used=False).exclude(proxy_holder=None, channel=Channel.NONE)),
    )
    return asked


@dataclass(frozen=True, slots=True)
class ForSomebody:
    """An open vote in which I carry the voice of somebody else."""

    poll: Poll
    enrolment_id: int
    name: str
    voted: bool


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Votes of one person: the one that waits for them first, then the others, then for whom else."""

    next: Any
    others: list[Any]
    represented: list[ForSomebody]


def to_decide(actor: Actor, at: dt.datetime) -> ToDecide:
    """Votes announced, open or waiting for their keys, first to end first. Two queries.

    Each with `on_roll`, `voted` and `away` for this person; and the votes they cast for others.
    """
    polls = list(_for_voter(actor).under_way().order_by("closes_at", "pk"))
    waiting = [
        poll
        for poll in polls
        if poll.is_open and poll.on_roll and not (poll.voted or poll.away) and at < poll.closes_at
    ]
    first = waiting[0] if waiting else None
    others = [poll for poll in polls if poll is not first]
    return ToDecide(first, others, _represented(actor, at))


def _represented(actor: Actor, at: dt.datetime) -> list[ForSomebody]:
    held = (
        Elector.objects.filter(proxy_holder_id=actor.enrolment_id or 0)
        .filter(poll__state=PollState.OPEN, poll__closes_at__gt=at)
        .select_related("poll__proposal", "enrolment__person")
        .order_by("poll__closes_at", "enrolment__person__first_name", "pk")
    )
    return [
        ForSomebody(one.poll, one.enrolment_id, one.enrolment.person.full_name, one.used)
        for one in held
    ]


def waiting_for(actor: Actor, at: dt.datetime) -> list[Poll]:
    """The open votes that wait for this person, the first to end first. One query."""
    if not actor.is_cooperant:
        return []
    waiting = _for_voter(actor).open().filter(on_roll=True, voted=False, away=False)
    return list(waiting.filter(closes_at__gt=at).order_by("closes_at", "pk"))


def over_for(actor: Actor) -> PollQuerySet:
    """Counted and cancelled votes, latest first. One query a page, and one for the count."""
    return _for_voter(actor).over().select_related("outcome__winner").order_by("-closes_at", "-pk")


class Stage(StrEnum):
    """What the page of a vote is for this person now."""

    VOTE = "vote"
    VOTED = "voted"
    OFF_ROLL = "off_roll"
    AWAY = "away"  # their voice is given to somebody, or counted in the room
    ANNOUNCED = "announced"
    COUNTING = "counting"
    COUNTED = "counted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and, when its effect can say it, what it would give this person alone."""

    code: str
    label: str
    help_text: str
    own_line: str
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One ballot of one's own history, in words, a line for each thing it says."""

    words: tuple[str, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class VoterSheet:
    """A vote for one voice. Nothing here tells what others chose.

    `own` is None before voting, and in a secret vote for ever. `holder`: who carries this voice, or
    for whom it is carried (`represented`).
    """

    poll: Poll
    stage: Stage
    answers: tuple[Answer, ...]
    said_before: tuple[str, ...]
    promise: Promise
    own: dict[str, Any] | None
    words: tuple[str, ...]
    own_line: str
    history: tuple[Said, ...]
    represented: str  # the name of whom one votes for; empty for oneself
    represented_id: int | None
    holder: str  # who carries one's own voice; empty when nobody does

    @property
    def is_objecting(self) -> bool:
        return bool(self.own) and (self.own or {}).get("voice") == "objection"

    @property
    def objection_is_open(self) -> bool:
        return self.is_objecting and (self.own or {}).get("state") == "open"

    def in_words(self, ballot: Mapping[str, Any]) -> tuple[str, ...]:
        """One ballot of this vote, a line for each thing it says."""
        labels = {one.code: one.label for one in self.answers}
        return in_words(self.poll.method, ballot, labels)

    @property
    def how(self) -> str:
        """The template that teaches this method."""
        return f"decisions/how/{self.poll.method}.html"

    @property
    def worked_example(self) -> str:
        """Equal shares only: the first use, as ten people would pay it."""
        first = self.answers[0]
        return equal_shares_example(first.label, first.cents, self.poll.rule["budget"])


def stage_of(poll: Poll, elector: Elector | None, *, for_another: bool, at: dt.datetime) -> Stage:
    """At the exact hour a vote is over, even when nobody has counted it yet."""
    done = {
        PollState.ANNOUNCED: Stage.ANNOUNCED,
        PollState.COUNTED: Stage.COUNTED,
        PollState.CANCELLED: Stage.CANCELLED,
    }.get(PollState(poll.state))
    if done is not None:
        return done
    if poll.state != PollState.OPEN or at >= poll.closes_at:
        return Stage.COUNTING
    if elector is None:
        return Stage.OFF_ROLL
    if elector.used:
        return Stage.VOTED
    in_room = elector.channel in (Channel.ROOM, Channel.PAPER)
    given = elector.proxy_holder_id is not None and not for_another
    return Stage.AWAY if in_room or given else Stage.VOTE


def represented_in(poll: Poll, actor: Actor, enrolment_id: int) -> Elector | None:
    """The line of the roll of somebody whose voice this person carries here. One query."""
    held = Elector.objects.filter(poll=poll, enrolment_id=enrolment_id)
    found: Elector | None = held.filter(proxy_holder_id=actor.enrolment_id or 0).first()
    return found


def voter_sheet(
    poll: Poll, actor: Actor, at: dt.datetime, represented_id: int | None = None
) -> VoterSheet:
    """The page of a vote for this person, or for whom they represent.

    Costs four queries, and three for their own lines.
    """
    voter = represented_id or actor.enrolment_id or 0
    elector: Elector | None = (
        Elector.objects.filter(poll=poll, enrolment_id=voter)
        .select_related("ballot", "enrolment__person", "proxy_holder__person")
        .first()
    )
    ballot: Ballot | None = getattr(elector, "ballot", None)
    stage = stage_of(poll, elector, for_another=represented_id is not None, at=at)
    effect = effects.get(poll.proposal.effect_code)
    lines: dict[str, str] = {}
    # What somebody would earn is theirs: a proxy holder does not read it.
    if effect.own_lines and stage in (Stage.VOTE, Stage.VOTED) and not represented_id:
        settings, day = poll.effect_settings, civil_day(at)
        lines = effect.own_lines(voter, poll.proposal.cohort_id, settings, day)
    options = list(poll.options.all())
    labels = {one.code: one.label for one in options}
    own = ballot.content if ballot else None
    holder = elector.proxy_holder if elector else None
    return VoterSheet(
        poll=poll,
        stage=stage,
        answers=tuple(
            Answer(one.code, one.label, one.help_text, lines.get(one.code, ""), one.cost_cents)
            for one in options
        ),
        said_before=said_before(poll),
        promise=said(poll),
        own=own,
        words=in_words(poll.method, own, labels) if own else (),
        own_line=lines.get(own["choice"], "") if own and own.get("choice") in labels else "",
        history=_history(poll, ballot, labels) if ballot else (),
        represented=elector.enrolment.person.full_name if elector and represented_id else "",
        represented_id=represented_id,
        holder=holder.person.full_name if holder and not represented_id else "",
    )


def _history(poll: Poll, ballot: Ballot, labels: dict[str, str]) -> tuple[Said, ...]:
    changes: list[BallotChange] = list(ballot.changes.all())
    return tuple(Said(in_words(poll.method, one.content, labels), one.at) for one in changes)
