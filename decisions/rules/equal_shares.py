"""Equal shares: a reserve spent on several uses, each voter paying for what they approve. Pure.

Exact: whole cents, and `Fraction` for what is left of a share. Source: voting.md, §2, after
D. Peters and P. Skowron, "Method of Equal Shares" (2020), with completion Add1, then greedy.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from decisions.rules.lot import Draw
from decisions.rules.method import ADOPTED, NO_WINNER, TIE, Counted, Election, drawn
from decisions.rules.reading import (
    MAX_CENTS,
    MAX_ROLL,
    BadBallots,
    distinct_options,
    integer,
    keys,
    member,
)  # fmt: skip
from decisions.rules.sliding import Horizon, Line

CODE, HAS_OPTIONS = "equal-shares", True
EQUAL_SHARES, ADD1, GREEDY = "equal_shares", "add1", "greedy"
# Uses × kinds of ballots: beyond, counting would take more than some seconds.
MAX_WORK = 20_000

Votes = Mapping[frozenset[str], int]
Bought = list[tuple[str, Fraction]]
Pick = Callable[[list[str]], str]


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    """Budget and step in cents. Uses approved by fewer than `min_votes` ballots are dropped."""
    given = keys(rule, path, required=("budget",), optional=("step", "min_votes"))
    budget = integer(given["budget"], member(path, "budget"), 1, MAX_CENTS)
    step = integer(given.get("step", 100), member(path, "step"), 1, MAX_CENTS)
    return {
        "budget": budget,
        "step": step,
        "min_votes": integer(given.get("min_votes", 1), member(path, "min_votes"), 1, MAX_ROLL),
    }


def check_cost(cost: object, rule: Mapping[str, Any], path: str) -> int:
    """The cost of a use, in cents. A use dearer than the budget is refused at opening."""
    cents = integer(cost, path, 0, MAX_CENTS)
    if cents > rule["budget"]:
        raise BadBallots(path, "cet usage coûte plus que le budget.")
    return cents


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    given = keys(ballot, path, required=("approve",))
    return {"approve": distinct_options(given["approve"], member(path, "approve"), options)}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> Votes:
    """People who approve the same uses always hold the same: they are counted together."""
    votes: Counter[frozenset[str]] = Counter()
    for ballot, number in ballots:
        votes[frozenset(ballot["approve"])] += number
    if len(votes) * len(options) > MAX_WORK:
        raise BadBallots("$.ballots", f"usages × bulletins différents dépasse {MAX_WORK}.")
    return votes


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> Votes:
    raise BadBallots(path, "un vote par parts égales se compte bulletin par bulletin.")


class NeedsLot(Exception):
    """A tie that only a lot can end, and no lot was committed to."""

    def __init__(self, tied: list[str]) -> None:
        super().__init__(tied)
        self.tied = tied


@dataclass(slots=True)
class Lot:
    """`used`: the lot was needed somewhere, be it in a run that was not kept."""

    draw: Draw | None
    used: bool = False

    def pick(self, tied: list[str]) -> str:
        if len(tied) == 1:
            return tied[0]
        if self.draw is None:
            raise NeedsLot(tied)
        self.used = True
        return next(use for use in self.draw.order if use in tied)


@dataclass(frozen=True, slots=True)
class Run:
    """What one count buys, in that order, each with its ρ.

    It buys the same, with other ρ, for any share larger by less than `until`.
    """

    bought: Bought
    until: Fraction | None


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses still in play: cost in cents, approvals, and the kinds of ballots that approve."""

    costs: Mapping[str, int]
    votes: Votes
    approvals: Mapping[str, int]

    def run(self, share: Fraction, pick: Pick) -> Run:
        """Buy, as long as supporters can pay, the use that asks least of those who pay the most.

        ρ is the dearest payment as a fraction of the cost. Ties: lowest cost, most approvals, lot.
        """
        horizon = Horizon()
        held = dict.fromkeys(self.votes, Line(share, Fraction(1), horizon))
        supporters = {use: [kind for kind in self.votes if use in kind] for use in self.costs}
        payments: dict[str, Line] = {}
        offers: dict[str, tuple[Any, ...]] = {}
        bought: Bought = []
        stale = set(self.costs)
        asked = list(self.costs)
        while asked or offers:
            for use in asked:
                due = Line(Fraction(self.costs[use]), Fraction(0), horizon)
                payment = dearest(due, [(held[kind], self.votes[kind]) for kind in supporters[use]])
                offers.pop(use, None)  # who cannot pay never will
                if payment is not None:
                    payments[use] = payment
                    offers[use] = payment / max(1, self.costs[use]), *self.rank(use)
            stale.difference_update(asked)
            best = leading(offers)
            # Payments only grow as people spend: an old offer is asked anew when it leads.
            asked = [use for use in best if use in stale]
            if best and not asked:
                use = pick(best)
                bought.append((use, offers.pop(use)[0].at))
                for kind in supporters[use]:
                    paid_all = held[kind] < payments[use]
                    held[kind] -= held[kind] if paid_all else payments[use]
                stale.update(
                    other for other in offers if set(supporters[other]) & set(supporters[use])
                )
        return Run(bought, horizon.nearest)

    def rank(self, use: str) -> tuple[int, int]:
        return self.costs[use], -self.approvals[use]

    def spent(self, bought: Iterable[tuple[str, Any]]) -> int:
        return sum(self.costs[use] for use, _ in bought)

    def fitting(self, bought: Iterable[tuple[str, Any]], budget: int) -> list[str]:
        """The uses not bought that the rest of the budget would still pay."""
        have = {use for use, _ in bought}
        rest = budget - sum(self.costs[use] for use in have)
        return [use for use in self.costs if use not in have and self.costs[use] <= rest]


def leading(offers: Mapping[str, tuple[Any, ...]]) -> list[str]:
    best = min(offers.values(), default=None)
    return [use for use in offers if offers[use] == best]


def dearest(due: Line, payers: Sequence[tuple[Line, int]]) -> Line | None:
    """The most anyone pays when all pay the same or all they hold; None if they cannot."""
    people = sum(many for _, many in payers)
    # Not compared as lines: who pays all they hold matters, not the order among those who do.
    for held, many in sorted(payers, key=lambda payer: payer[0].at):
        if held.at * people >= due.at:
            payment = due / people
            for other, _ in payers:
                other.compare(payment)
            return payment
        due -= held * many
        people -= many
    due.compare(0)
    return None


def count(votes: Votes, election: Election) -> Counted:
    """Buy by equal shares, then Add1, then greedily. A missed quorum buys nothing."""
    budget, expressed = election.rule["budget"], election.cast - election.blank
    everyone = sum(many for kind, many in votes.items() if kind)
    approvals = {
        use: sum(many for kind, many in votes.items() if use in kind) for use in election.options
    }
    kept = [use for use in election.options if approvals[use] >= election.rule["min_votes"]]
    uses = Uses({use: election.costs[use] for use in kept}, votes, approvals)
    nothing = {"chosen": [], "spent": 0, "left": budget}
    if not kept or not election.reached:
        return Counted(NO_WINNER, expressed, nothing)
    lot = Lot(election.draw)
    try:
        chosen = _spend(uses, Fraction(budget, everyone), election.rule, lot.pick)
    except NeedsLot as need:
        tied = [use for use in election.options if use in need.tied]
        return Counted(TIE, expressed, {**nothing, "tied": tied})
    winners = [line["id"] for line in chosen]
    spent = sum(line["cost"] for line in chosen)
    return Counted(
        ADOPTED,
        expressed,
        {"chosen": chosen, "spent": spent, "left": budget - spent},
        winners,
        [[use] for use in winners],
        drawn(lot.draw) if lot.used and lot.draw else None,
    )


def _spend(
    uses: Uses, share: Fraction, rule: Mapping[str, Any], pick: Pick
) -> list[dict[str, Any]]:
    budget, step = rule["budget"], rule["step"]
    base = kept = uses.run(share, pick)
    while uses.fitting(kept.bought, budget):
        # The steps before `until` would buy the same: only the last of them may be kept.
        steps = max(1, ceil((kept.until or 0) / step))
        share += steps * step
        more = uses.run(share, pick)
        if uses.spent(more.bought) > budget:
            kept = uses.run(share - step, pick) if steps > 1 else kept
            break
        kept = more
    in_base = {use for use, _ in base.bought}
    chosen: list[dict[str, Any]] = [
        {
            "id": use,
            "cost": uses.costs[use],
            "rho": str(ratio),
            "phase": EQUAL_SHARES if use in in_base else ADD1,
        }
        for use, ratio in kept.bought
    ]
    have: list[tuple[str, Any]] = list(kept.bought)
    while fitting := uses.fitting(have, budget):
        use = pick(leading({use: uses.rank(use)[::-1] for use in fitting}))
        have.append((use, None))
        chosen.append({"id": use, "cost": uses.costs[use], "rho": None, "phase": GREEDY})
    return chosen


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"approve": list(options)}
