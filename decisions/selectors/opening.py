"""What an opening would freeze, in numbers, before it is done."""

import datetime as dt
from dataclasses import dataclass

from cohorts.models import Enrolment
from decisions import effects
from decisions.enums import ADOPTING
from decisions.models import Outcome, Poll, ProposalVersion, Statutes
from decisions.rules import quorum, rounds
from decisions.rules.rounds import terms_again
from decisions.rules.terms import Terms
from decisions.selectors.rounds import objection_stands, stuck_sentence


def roll_of(
    cohort_id: int,
    effect: effects.Effect,
    settings: effects.Settings,
    statutes: Statutes,
    day: dt.date,
) -> int:
    """How many people a vote opened on `day` would have on its roll. One query."""
    entitled = Enrolment.objects.filter(cohort_id=cohort_id).entitled_to_vote(day)
    away = frozenset() if statutes.concerned_vote else effect.concerned(settings)
    return entitled.exclude(pk__in=away).count()


@dataclass(frozen=True, slots=True)
class Frozen:
    """The roll and quorum of a vote opened now."""

    roll: int
    needed: int
    notice_hours: int


def frozen_of(statutes: Statutes, roll: int, *, secret: bool) -> Frozen:
    """No query."""
    needed = quorum.for_poll(
        statutes.quorum_numerator, statutes.quorum_denominator, roll, secret=secret
    )
    return Frozen(roll, needed, statutes.notice_hours)


@dataclass(frozen=True, slots=True)
class NextRound:
    """What another round would be voted on. `changed`: on a newer text than the last round.

    `stuck`: why it waits for another text; empty when it does not.
    """

    version: ProposalVersion
    changed: bool
    labels: tuple[str, ...]
    terms: Terms
    stuck: str


def next_round_of(poll: Poll, outcome: Outcome, statutes: Statutes) -> NextRound:
    """Three queries. The outcome adopted nothing."""
    if outcome.kind in ADOPTING:
        raise ValueError("an adopted text has no other round")
    version = poll.proposal.versions.order_by("-number")[0]
    changed = version.pk != poll.version_id
    if changed:
        settings = version.effect_settings
        labels = tuple(
            one.label for one in effects.get(poll.proposal.effect_code).choices(settings)
        )
    else:
        kept = outcome.tally.get("again", [])
        labels = tuple(one.label for one in poll.options.all() if one.code in kept)
    last = poll.proposal.polls.order_by("-round").values_list("round", flat=True)[0]
    terms = terms_again(
        Terms(poll.method, poll.rule, poll.secrecy),
        round_number=last + 1,
        max_rounds=statutes.consent_rounds,
    )
    waits = rounds.stuck(
        outcome.kind, changed=changed, terms=terms, standing=objection_stands(poll)
    )
    return NextRound(version, changed, labels, terms, stuck_sentence(outcome) if waits else "")
