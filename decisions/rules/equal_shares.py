"""Equal shares: a reserve spent on several uses, each voter paying for what they approve. Pure.

Exact: whole cents, and `Fraction` for what is left of a share. Source: voting.md, §2, after
D. Peters and P. Skowron, "Method of Equal Shares" (2020), with completion Add1, then greedy.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
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

CODE, HAS_OPTIONS, HAS_AGGREGATE = "equal-shares", True, False
EQUAL_SHARES, ADD1, GREEDY = "equal_shares", "add1", "greedy"
# Add1 counts again for each step, at most until one person holds the whole budget.
MAX_STEPS = 100_000

Votes = Mapping[frozenset[str], int]
Bought = list[tuple[str, Fraction]]
Pick = Callable[[list[str]], str]


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    """Budget and step in cents. Uses approved by fewer than `min_votes` ballots are dropped."""
    given = keys(rule, path, required=("budget",), optional=("step", "min_votes"))
    budget = integer(given["budget"], member(path, "budget"), 1, MAX_CENTS)
    step = integer(given.get("step", 100), member(path, "step"), 1, MAX_CENTS)
    if budget > step * MAX_STEPS:
        raise BadBallots(member(path, "step"), f"il faut au moins {-(-budget // MAX_STEPS)} ici.")
    most = MAX_ROLL if roll is None else max(roll, 1)
    return {
        "budget": budget,
        "step": step,
        "min_votes": integer(given.get("min_votes", 1), member(path, "min_votes"), 1, most),
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
class Uses:
    """The uses still in play: cost in cents, supporters per kind of ballot, approvals."""

    costs: Mapping[str, int]
    votes: Votes
    approvals: Mapping[str, int]

    def best(self, offers: Mapping[str, tuple[Any, ...]], pick: Pick) -> str:
        first = min(offers.values())
        return pick([use for use in offers if offers[use] == first])

    def run(self, share: Fraction, pick: Pick) -> Bought:
        """Buy, as long as supporters can pay, the use that asks least of those who pay the most.

        Gives each use with its ρ: the dearest payment as a fraction of the cost.
        """
        held = dict.fromkeys(self.votes, share)
        bought: Bought = []
        left = list(self.costs)
        while True:
            asked = {}
            for use in left:
                payers = [(held[kind], many) for kind, many in self.votes.items() if use in kind]
                payment = dearest(self.costs[use], payers)
                if payment is not None:
                    asked[use] = payment
            if not asked:
                return bought
            offers = {use: (rho(asked[use], self.costs[use]), *self.rank(use)) for use in asked}
            use = self.best(offers, pick)
            bought.append((use, offers[use][0]))
            left.remove(use)
            for kind in self.votes:
                if use in kind:
                    held[kind] -= min(held[kind], asked[use])

    def rank(self, use: str) -> tuple[int, int]:
        return self.costs[use], -self.approvals[use]

    def spent(self, bought: Iterable[tuple[str, Any]]) -> int:
        return sum(self.costs[use] for use, _ in bought)

    def fitting(self, bought: Iterable[tuple[str, Any]], budget: int) -> list[str]:
        """The uses not bought that the rest of the budget would still pay."""
        bought = list(bought)
        have, rest = {use for use, _ in bought}, budget - self.spent(bought)
        return [use for use in self.costs if use not in have and self.costs[use] <= rest]


def dearest(cost: int, payers: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """The most anyone pays when all pay the same or all they hold; None if they cannot."""
    payers = sorted(payers)
    due, people = Fraction(cost), sum(many for _, many in payers)
    for held, many in payers:
        if held * people >= due:
            return due / people
        due -= held * many
        people -= many
    return None


def rho(payment: Fraction, cost: int) -> Fraction:
    return payment / cost if cost else Fraction(0)


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
        return Counted(TIE, expressed, {**nothing, "tied": need.tied})
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
    budget = rule["budget"]
    base = bought = uses.run(share, pick)
    while uses.fitting(bought, budget):
        share += rule["step"]
        more = uses.run(share, pick)
        if uses.spent(more) > budget:
            break
        bought = more
    in_base = {use for use, _ in base}
    chosen: list[dict[str, Any]] = [
        {
            "id": use,
            "cost": uses.costs[use],
            "rho": str(ratio),
            "phase": EQUAL_SHARES if use in in_base else ADD1,
        }
        for use, ratio in bought
    ]
    have: list[tuple[str, Any]] = list(bought)
    while fitting := uses.fitting(have, budget):
        use = uses.best({use: uses.rank(use)[::-1] for use in fitting}, pick)
        have.append((use, None))
        chosen.append({"id": use, "cost": uses.costs[use], "rho": None, "phase": GREEDY})
    return chosen


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"approve": list(options)}
