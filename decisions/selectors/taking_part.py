"""Votes as a coopérant lives them: what I can vote on, what I chose, what the group chose."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from decisions import effects
from decisions.enums import PollState
from decisions.models import Ballot, BallotChange, Elector, Poll, PollOption
from decisions.querysets import PollQuerySet
from decisions.selectors.running import said_before


def _for_voter(actor: Actor) -> PollQuerySet:
    mine = Elector.objects.filter(poll=OuterRef("pk"), enrolment_id=actor.enrolment_id or 0)
    polls = Poll.objects.visible_to(actor).announced().select_related("proposal__cohort", "version")
    voted = Exists(mine.filter(used=True))
    asked: PollQuerySet = polls.annotate(on_roll=Exists(mine), voted=voted)
    return asked


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Open votes of one person: the one that waits for them first, then the others."""

    next: Any
    others: list[Any]


def to_decide(actor: Actor, at: dt.datetime) -> ToDecide:
    """Open votes, first to end first, each with `on_roll` and `voted` for this person. One query."""
    polls = list(_for_voter(actor).open().order_by("closes_at", "pk"))
    waiting = [poll for poll in polls if poll.on_roll and not poll.voted and at < poll.closes_at]
    first = waiting[0] if waiting else None
    return ToDecide(first, [poll for poll in polls if poll is not first])


def next_to_vote(actor: Actor, at: dt.datetime) -> Poll | None:
    """The open vote that waits for this person, the first to end; None when none does. One query."""
    if not actor.is_cooperant:
        return None
    waiting = _for_voter(actor).open().filter(on_roll=True, voted=False, closes_at__gt=at)
    found: Poll | None = waiting.order_by("closes_at", "pk").first()
    return found


def over_for(actor: Actor) -> PollQuerySet:
    """Counted and cancelled votes, latest first. One query a page, and one for the count."""
    return _for_voter(actor).over().select_related("outcome__winner").order_by("-closes_at", "-pk")


class Stage(StrEnum):
    """What the page of a vote is for this person now."""

    VOTE = "vote"
    VOTED = "voted"
    OFF_ROLL = "off_roll"
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


@dataclass(frozen=True, slots=True)
class Said:
    """One ballot of one's own history, in words."""

    label: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class VoterSheet:
    """A vote for one person. Nothing here tells what others chose."""

    poll: Poll
    stage: Stage
    answers: tuple[Answer, ...]
    said_before: tuple[str, ...]
    chosen: PollOption | None  # None also for a blank: `stage` says whether they voted
    own_line: str
    history: tuple[Said, ...]


def stage_of(poll: Poll, *, on_roll: bool, voted: bool, at: dt.datetime) -> Stage:
    """At the exact hour a vote is over, even when nobody has counted it yet."""
    if poll.state == PollState.COUNTED:
        return Stage.COUNTED
    if poll.state == PollState.CANCELLED:
        return Stage.CANCELLED
    if poll.state != PollState.OPEN or at >= poll.closes_at:
        return Stage.COUNTING
    if not on_roll:
        return Stage.OFF_ROLL
    return Stage.VOTED if voted else Stage.VOTE


def voter_sheet(poll: Poll, actor: Actor, at: dt.datetime) -> VoterSheet:
    """The page of a vote for this person. Costs three queries, and three for their own lines."""
    own = Elector.objects.filter(poll=poll, enrolment_id=actor.enrolment_id or 0)
    elector = own.select_related("ballot").first()
    ballot: Ballot | None = getattr(elector, "ballot", None)
    stage = stage_of(
        poll, on_roll=elector is not None, voted=elector is not None and elector.used, at=at
    )
    effect = effects.get(poll.proposal.effect_code)
    lines: dict[str, str] = {}
    if effect.own_lines and stage in (Stage.VOTE, Stage.VOTED) and actor.enrolment_id:
        settings, day = poll.effect_settings, civil_day(at)
        lines = effect.own_lines(actor.enrolment_id, poll.proposal.cohort_id, settings, day)
    options = list(poll.options.all())
    answers = {one.code: one for one in options}
    chosen = answers.get(ballot.content.get("choice", "")) if ballot else None
    return VoterSheet(
        poll=poll,
        stage=stage,
        answers=tuple(
            Answer(one.code, one.label, one.help_text, lines.get(one.code, "")) for one in options
        ),
        said_before=said_before(poll),
        chosen=chosen,
        own_line=lines.get(chosen.code, "") if chosen else "",
        history=_history(ballot, answers) if ballot else (),
    )


def _history(ballot: Ballot, answers: dict[str, PollOption]) -> tuple[Said, ...]:
    changes: list[BallotChange] = list(ballot.changes.all())
    return tuple(Said(_label(change.content, answers), change.at) for change in changes)


def _label(content: dict[str, Any], answers: dict[str, PollOption]) -> str:
    option = answers.get(content.get("choice", ""))
    return option.label if option else _("Blanc")
