"""Votes as the coordinator follows them: how many came, never what they chose before the end."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.charts import DotsChart, dots
from ct_platform.kit.clock import civil_day
from decisions import effects
from decisions.models import AgendaItem, Assembly, Poll
from decisions.querysets import PollQuerySet
from decisions.rules import quorum
from decisions.selectors.presence import present_in_each


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many voted so far. No name, no choice; of a secret vote, only whether it is enough.

    `reached`: as the count will see it, with who sits in the assembly of the vote.
    """

    poll: Poll
    roll: int
    voted: int | None  # None in a secret vote: "everybody but one" is nearly a name
    required: int
    reached: bool
    in_assembly: bool  # who sits there counts too
    due: bool  # the hour has passed, the count has not been made yet

    @property
    def everybody(self) -> bool:
        return self.voted == self.roll


def _with_turnout(polls: PollQuerySet) -> PollQuerySet:
    counted: PollQuerySet = polls.select_related(
        "proposal__cohort", "version", "statutes"
    ).annotate(
        roll=Count("electors"),
        voted=Count("electors", filter=Q(electors__used=True)),
        present=present_in_each(),
        in_assembly=Exists(AgendaItem.objects.filter(poll=OuterRef("pk"))),
    )
    return counted


def _turnout(poll: Any, at: dt.datetime) -> Turnout:
    needed = quorum.of_fraction(poll.quorum, poll.roll)
    voted = None if poll.is_secret else poll.voted
    reached = quorum.reached(poll.present, needed)
    due = at >= poll.closes_at
    return Turnout(poll, poll.roll, voted, needed, reached, poll.in_assembly, due)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Votes open, those that wait for their keys, and those cancelled, with their reasons."""

    open: list[Turnout]
    awaiting_keys: list[Poll]
    cancelled: list[Poll]


def uncounted_of(actor: Actor, cohort_id: int, at: dt.datetime) -> Uncounted:
    """Every vote without outcome: the first to end first, cancelled ones latest first. One query."""
    polls = Poll.objects.visible_to(actor).of_cohort(cohort_id).uncounted()
    rows = [_turnout(poll, at) for poll in _with_turnout(polls.order_by("closes_at", "pk"))]
    return Uncounted(
        [one for one in rows if one.poll.is_open],
        [one.poll for one in rows if one.poll.is_announced or one.poll.is_closed],
        [one.poll for one in reversed(rows) if one.poll.is_cancelled],
    )


def turnout_of(poll: Poll, at: dt.datetime) -> Turnout:
    """One query."""
    return _turnout(_with_turnout(Poll.objects.filter(pk=poll.pk)).get(), at)


def quorums_of(assembly: Assembly, at: dt.datetime) -> dict[int, bool]:
    """Poll → whether its quorum is reached by now, for the open votes of an assembly. One query."""
    polls = _with_turnout(Poll.objects.open().filter(agenda_items__assembly=assembly).distinct())
    return {poll.pk: _turnout(poll, at).reached for poll in polls}


def voters_today(cohort_id: int, day: dt.date) -> int:
    """How many people a vote opened on `day` would have on its roll. One query."""
    return Enrolment.objects.filter(cohort_id=cohort_id).entitled_to_vote(day).count()


@dataclass(frozen=True, slots=True)
class TriedAnswer:
    """One line of "Et si ?": the spread as dots, its ends and its sum; or why there is none."""

    label: str
    chart: DotsChart | None
    smallest: Decimal | None
    largest: Decimal | None
    total: Decimal | None
    why: str


@dataclass(frozen=True, slots=True)
class TriedAnswers:
    caption: str
    basis: tuple[str, ...]
    people: int
    rows: tuple[TriedAnswer, ...]


def what_if(
    effect: effects.Effect, cohort_id: int, settings: effects.Settings, day: dt.date
) -> TriedAnswers | None:
    """The answers of an effect tried on the cohort's facts, on one common scale, without names.

    Costs what the effect's own trial costs (three queries for the sharing rule). None when the
    effect tries nothing.
    """
    if effect.what_if is None:
        return None
    tried = effect.what_if(cohort_id, settings, day)
    every = [amount for spread in tried.spreads for amount in spread.amounts]
    low, high = min(every, default=Decimal(0)), max(every, default=Decimal(0))
    rows = tuple(_tried(spread, low, high) for spread in tried.spreads)
    people = max((len(spread.amounts) for spread in tried.spreads), default=0)
    return TriedAnswers(tried.caption, tried.basis, people, rows)


def _tried(spread: effects.Spread, low: Decimal, high: Decimal) -> TriedAnswer:
    if not spread.amounts:
        return TriedAnswer(spread.label, None, None, None, None, spread.why)
    title = _("Les parts avec la règle « %(rule)s », sans nom") % {"rule": spread.label}
    drawn = dots(title=title, values=spread.amounts, low=low, high=high, adopted=False)
    return TriedAnswer(
        spread.label, drawn, spread.amounts[0], spread.amounts[-1], spread.total, spread.why
    )


def begins_on(poll: Poll) -> dt.date:
    """The day an adopted answer would take force: the day asked for, never before the end."""
    effect = effects.get(poll.proposal.effect_code)
    ends = civil_day(poll.closes_at)
    return max(effect.starts_on(poll.effect_settings) or ends, ends)


def said_before(poll: Poll) -> tuple[str, ...]:
    """What the effect says before voting. No query."""
    effect = effects.get(poll.proposal.effect_code)
    return tuple(effect.preview(poll.effect_settings, begins_on(poll)))
