"""What a cohort decided: its sharing rule, then rules of life; an open vote while it runs.

Counted by the pure rules of the house on the very ballots that are written. The database refuses an
elector once a poll is open: polls are written as drafts, and opened together after their roll.
"""

import datetime as dt
import random
from dataclasses import dataclass

from django.db.models import F

from ct_platform.home.seeding.people import Member, noon
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Sink
from decisions.enums import Channel, EffectState, Method, OutcomeKind, PollState
from decisions.models import (
    Ballot,
    Elector,
    Outcome,
    Poll,
    Proposal,
    ProposalVersion,
    Statutes,
)
from decisions.rules import tally
from decisions.rules.document import FORMAT
from decisions.rules.quorum import required
from decisions.rules.roll import roll_hash
from decisions.services.counting import code_version
from payroll.effects import CODE as SHARING_LAW
from payroll.models import SplitRule
from projects.enums import WorkKind

KINDS = ("equal", "hours", "half")
RULE = tally.check_rule(method=Method.MAJORITY.value, rule={}, options=[])
# In which week of the cohort each is decided.
SHARING_WEEK, LIVING_WEEKS = 2, (4, 7, 10)
LIVING = (
    "On commence à 9 heures ?", "On mange ensemble le jeudi ?", "Le téléphone reste dans le sac ?",
)  # fmt: skip
OPEN_QUESTION = "On ouvre aussi le samedi ?"
VOTES, AGREES = 0.85, 0.8


@dataclass(frozen=True, slots=True)
class SharingRule:
    key: int
    kind: str
    number: int  # of the decision
    decided_on: dt.date


@dataclass(slots=True)
class Decided:
    rule: SharingRule | None = None
    votes: list[tuple[dt.date, bool, int, int]] = None  # type: ignore[assignment] # set below

    def __post_init__(self) -> None:
        self.votes = []  # (day, adopted, present, roll)


def decide(
    sink: Sink, plan: Plan, members: list[Member], cohort_id: int, by: int, today: dt.date,
    chance: random.Random,
) -> Decided:  # fmt: skip
    """Write the statutes, the votes already counted and, while the cohort runs, one that is open."""
    statutes = sink.add(
        Statutes, cohort_id=cohort_id, in_force_from=plan.starts_on,
        adopted_at=noon(plan.starts_on, 15), adopted_by_count=len(members),
    )  # fmt: skip
    room = _Room(sink, plan, members, cohort_id, statutes, by, chance)
    decided = Decided()
    kind = chance.choice(KINDS)
    for week, title in ((SHARING_WEEK, ""), *zip(LIVING_WEEKS, LIVING, strict=True)):
        closes_on = plan.starts_on + dt.timedelta(days=7 * week - 3)
        if closes_on >= today:
            break
        room.count(decided, title, kind, closes_on)
    if plan.state.value == "running":
        room.open(OPEN_QUESTION, today)
    return decided


def open_and_count(first: int, at: dt.datetime) -> None:
    """Open the polls written since key `first`, and count those whose hour has passed."""
    drafts = Poll.objects.filter(pk__gte=first, state=PollState.DRAFT)
    drafts.filter(closes_at__gt=at).update(state=PollState.OPEN, closing_presence=None)
    drafts.update(state=PollState.COUNTED, closed_at=F("closes_at"))


class _Room:
    def __init__(
        self, sink: Sink, plan: Plan, members: list[Member], cohort_id: int, statutes: int, by: int,
        chance: random.Random,
    ) -> None:  # fmt: skip
        self._sink, self._plan, self._members = sink, plan, members
        self._cohort_id, self._statutes, self._by, self._chance = cohort_id, statutes, by, chance
        self._number = 0

    def count(self, decided: Decided, title: str, kind: str, closes_on: dt.date) -> None:
        effect = "living_rule" if title else "one_sharing_rule"
        title = title or "Adopte-t-on cette règle de partage ?"
        settings = _settings(effect, kind, closes_on)
        poll, ballots, roll = self._poll(
            title, effect, settings, closes_on, always=not self._number
        )
        present = len(ballots)
        result = tally.tally(
            {
                "format": FORMAT, "method": Method.MAJORITY.value, "poll": str(poll), "roll": roll,
                "present": present, "quorum": f"{required(1, 2, roll)}/{roll}", "rule": RULE,
                "ballots": ballots,
            }
        )  # fmt: skip
        outcome = self._outcome(poll, effect, result, closes_on)
        adopted = result["outcome"] == OutcomeKind.ADOPTED
        decided.votes.append((closes_on, adopted, present, roll))
        if effect == "one_sharing_rule" and adopted:
            key = self._sink.add(
                SplitRule, cohort_id=self._cohort_id, version=1, kind=kind,
                counted_kinds=list(WorkKind.values), in_force_from=closes_on, outcome_id=outcome,
            )  # fmt: skip
            decided.rule = SharingRule(key, kind, self._number, closes_on)

    def open(self, title: str, today: dt.date) -> None:
        closes_on = today + dt.timedelta(days=3)
        self._poll(title, "living_rule", _settings("living_rule", "", closes_on), closes_on)

    def _poll(
        self, title: str, effect: str, settings: dict[str, str | list[str]], closes_on: dt.date,
        *, always: bool = False,
    ) -> tuple[int, list[dict[str, object]], int]:  # fmt: skip
        """A draft with its roll and ballots; `always`: enough people say yes."""
        opened_on = closes_on - dt.timedelta(days=5)
        voters = [one for one in self._members if one.last_day >= opened_on]
        proposal = self._sink.add(
            Proposal, cohort_id=self._cohort_id, title=title, effect_code=effect,
            written_by_id=self._by,
        )  # fmt: skip
        version = self._sink.add(
            ProposalVersion, proposal_id=proposal, number=1, text="", effect_settings=settings,
            written_by_id=self._by, written_at=noon(opened_on, 9),
        )  # fmt: skip
        poll = self._sink.key(Poll)
        share = 1.0 if always else VOTES
        present = [one for one in voters if self._chance.random() < share]
        self._sink.add(
            Poll, id=poll, proposal_id=proposal, version_id=version, method=Method.MAJORITY, rule=RULE,
            closes_at=noon(closes_on, 18), opened_at=noon(opened_on, 10),
            statutes_id=self._statutes, quorum=f"{required(1, 2, len(voters))}/{len(voters)}",
            roll_hash=roll_hash(poll, [one.key for one in voters]), closing_presence=len(present),
        )  # fmt: skip
        ballots = []
        came = {one.key for one in present}
        for voter in voters:
            used = voter.key in came
            elector = self._sink.add(
                Elector, poll_id=poll, enrolment_id=voter.key, used=used,
                channel=Channel.PHONE if used else Channel.NONE,
            )  # fmt: skip
            if used:
                yes = always or self._chance.random() < AGREES
                content: dict[str, object] = {"choice": "for" if yes else "against"}
                ballots.append(content)
                self._sink.add(
                    Ballot, elector_id=elector, content=content, cast_at=noon(opened_on, 19),
                    cast_by_id=voter.person_id,
                )  # fmt: skip
        return poll, ballots, len(voters)

    def _outcome(
        self, poll: int, effect: str, result: dict[str, object], closes_on: dt.date
    ) -> int:
        self._number += 1
        adopted = result["outcome"] == OutcomeKind.ADOPTED
        law = SHARING_LAW if effect == "one_sharing_rule" else f"living_rule:{poll}"
        return self._sink.add(
            Outcome, poll_id=poll, number=self._number, cohort_id=self._cohort_id,
            kind=result["outcome"], tally={**result, "again": [], "winner_labels": []},
            decided_at=noon(closes_on, 18), code_version=code_version(),
            in_force_from=closes_on if adopted else None, law=law if adopted else "",
            effect_state=EffectState.APPLIED if adopted else EffectState.NONE,
            effect_sentence="Ce que le vote a décidé est en vigueur." if adopted else "",
        )  # fmt: skip


def _settings(effect: str, kind: str, day: dt.date) -> dict[str, str | list[str]]:
    if effect == "one_sharing_rule":
        counted = [one.value for one in WorkKind]
        return {"counted_kinds": counted, "in_force_from": day.isoformat(), "kind": kind}
    return {
        "owner": "", "name": "", "in_force_from": day.isoformat(), "review_on": "", "ends_on": "",
    }  # fmt: skip
