"""The law of each method again, said another way: slow, on single ballots, nothing shared with rules.

An oracle reads a document and answers what must be equal in the result: (outcome, winners, ranking
as a list of sets, and some figures). Ballots of a count are written out one by one.
"""

from collections import Counter
from fractions import Fraction
from functools import cmp_to_key
from hashlib import sha256
from itertools import pairwise, permutations
from typing import Any

Answer = dict[str, Any]
F = Fraction


def spoken(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every expressed ballot, one per person."""
    return [
        ballot
        for ballot in document["ballots"]
        for _ in range(ballot.get("count", 1))
        if "blank" not in ballot
    ]


def people(document: dict[str, Any]) -> int:
    return sum(ballot.get("count", 1) for ballot in document["ballots"])


def quorate(document: dict[str, Any]) -> bool:
    present = document.get("present", people(document))
    return F(present) >= F(document.get("quorum", "0")) * document["roll"]


def names(document: dict[str, Any]) -> list[str]:
    return [option["id"] for option in document["options"]]


def lucky(document: dict[str, Any], tied: list[str]) -> list[str] | None:
    """The tied in the order of the lot, worked out from its definition; None without a lot."""
    if "lot" not in document:
        return None
    board = "".join(sorted(document["lot"].get("board", [])))
    text = b"\x1f".join(
        part.encode() for part in (document["poll"], board, document["lot"]["nonce"])
    )
    seed = sha256(text).hexdigest().encode()
    return sorted(tied, key=lambda one: sha256(seed + b"\x1f" + one.encode()).hexdigest())


def one_winner(document: dict[str, Any], first: list[str]) -> tuple[str, list[str]]:
    if len(first) == 1:
        return "elected", first
    order = lucky(document, first)
    return ("elected", order[:1]) if order else ("tie", [])


def decided(document: dict[str, Any], outcome: str, winners: list[str], **more: Any) -> Answer:
    if not quorate(document):
        outcome, winners = "quorum_missed", []
    return {"outcome": outcome, "winners": winners, **more}


def majority(document: dict[str, Any]) -> Answer:
    rule = {"majority": "simple", "fraction": "2/3", "base": "expressed"} | document["rule"]
    choices = [ballot["choice"] for ballot in spoken(document)]
    yes, no = choices.count("for"), choices.count("against")
    base = {
        "expressed": yes + no,
        "present": document.get("present", people(document)),
        "roll": document["roll"],
    }[rule["base"]]

    def passes(votes_for: int, votes_against: int) -> bool:
        if votes_for + votes_against == 0 or votes_for == votes_against:
            return False
        if rule["majority"] == "simple":
            return votes_for > votes_against
        if rule["majority"] == "absolute":
            return F(votes_for) > F(base, 2)
        return F(votes_for) >= F(rule["fraction"]) * base

    won = "adopted" if passes(yes, no) else "rejected"
    return decided(document, won, [], ranking=[], expressed=yes + no)


def consent(document: dict[str, Any]) -> Answer:
    rule = {"round": 1, "max_rounds": 3, "fallback": {}} | document["rule"]
    heard = spoken(document)
    against = [b for b in heard if b["voice"] == "objection" and b.get("state", "open") == "open"]
    agreed = [b for b in heard if b["voice"] in ("consent", "concern")]
    won = "objected" if against else "adopted" if agreed else "rejected"
    if won == "adopted" and quorate(document):
        following = "adopt"
    elif rule["round"] == rule["max_rounds"]:
        following = None if rule["fallback"] is None else "fallback"
    else:
        following = "new_round"
    return decided(document, won, [], ranking=[], next=following)


def judgment(document: dict[str, Any]) -> Answer:
    rule = {"grades": 5, "min_grade": 1} | document["rule"]
    heard = spoken(document)
    given = {
        name: sorted(ballot["grades"].get(name, 0) for ballot in heard) for name in names(document)
    }
    values = {name: removed(list(grades)) for name, grades in given.items()}
    ranking = grouped(
        list(given), lambda one, other: compared(Counter(given[one]), Counter(given[other]))
    )
    outcome, winners = "no_winner", []
    if heard and values[ranking[0][0]][0] >= rule["min_grade"]:
        outcome, winners = one_winner(document, ranking[0])
    return decided(document, outcome, winners, ranking=ranking, sequences=values)


def removed(grades: list[int]) -> list[int]:
    """Sort, take the lower middle, remove it, repeat."""
    sequence = []
    while grades:
        grades.sort()
        sequence.append(grades.pop((len(grades) - 1) // 2))
    return sequence


def compared(one: Counter[int], other: Counter[int]) -> int:
    """The definition of Balinski and Laraki: the middlemost grades; if equal, without one of each."""
    total = sum(one.values())
    if not total:
        return 0
    first, second = middle(one, total), middle(other, total)
    if first != second:
        return first - second
    return compared(one - Counter([first]), other - Counter([first]))


def middle(grades: Counter[int], total: int) -> int:
    """The best grade that a half of the voters, at least, would not call too low... from below."""
    return next(
        grade
        for grade in sorted(grades)
        if sum(many for low, many in grades.items() if low <= grade) >= F(total, 2)
    )


def grouped(options: list[str], compare: Any) -> list[list[str]]:
    """Best first; equals together, in their first order."""
    groups: list[list[str]] = []
    for one in sorted(options, key=cmp_to_key(compare), reverse=True):
        if groups and compare(groups[-1][0], one) == 0:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [[one for one in options if one in group] for group in groups]


def approval(document: dict[str, Any]) -> Answer:
    rule = {"seats": 1, "threshold": "0"} | document["rule"]
    heard, options, seats = spoken(document), names(document), rule["seats"]
    got = {one: sum(one in ballot["approve"] for ballot in heard) for one in options}
    may = [o for o in options if got[o] and F(got[o], len(heard)) >= F(rule["threshold"])]
    # Sure: even if all my equals passed before me. Tied: they decide.
    sure = [o for o in may if sum(got[other] >= got[o] for other in may) <= seats]
    tied = [
        o
        for o in may
        if o not in sure and sum(got[other] > got[o] for other in may) < seats
    ]  # fmt: skip
    sure.sort(key=lambda o: (-got[o], options.index(o)))
    outcome = "elected" if sure else "no_winner"
    if tied:
        order = lucky(document, tied)
        outcome = "elected" if order else "tie"
        sure += (order or [])[: seats - len(sure)]
    ranking = grouped(options, lambda one, other: got[one] - got[other])
    return decided(document, outcome, sure, ranking=ranking)


def ranked(document: dict[str, Any]) -> Answer:
    heard, options = spoken(document), names(document)

    def prefer(x: str, y: str) -> int:
        return sum(place(ballot, x) < place(ballot, y) for ballot in heard)

    def place(ballot: dict[str, Any], option: str) -> int:
        found = [rank for rank, tied in enumerate(ballot["ranking"]) if option in tied]
        return found[0] if found else 10**6

    def strongest(x: str, y: str) -> int:
        """Of all paths without a loop, the best weakest link."""
        others, best = [one for one in options if one not in (x, y)], 0
        for size in range(len(others) + 1):
            for between in permutations(others, size):
                path = [x, *between, y]
                links = list(pairwise(path))
                if all(d[link] > d[link[::-1]] for link in links):
                    best = max(best, min(d[link] for link in links))
        return best

    d = {(x, y): prefer(x, y) for x, y in permutations(options, 2)}
    p = {(x, y): strongest(x, y) for x, y in permutations(options, 2)}

    def depth(x: str) -> int:
        """The longest chain of those who beat it: the relation is transitive."""
        return max(
            (1 + depth(y) for y in options if y != x and p[y, x] > p[x, y]),
            default=0,
        )

    level = {x: depth(x) for x in options}
    ranking = [[x for x in options if level[x] == one] for one in sorted(set(level.values()))]
    outcome, winners = one_winner(document, ranking[0]) if heard else ("no_winner", [])
    return decided(document, outcome, winners, ranking=ranking, d=d, p=p)


class Stuck(Exception):
    pass


def equal_shares(document: dict[str, Any]) -> Answer:
    """One purse per person, every step of Add1 counted again."""
    rule = {"step": 100, "min_votes": 1} | document["rule"]
    cost = {option["id"]: option["cost"] for option in document["options"]}
    purses = [set(ballot["approve"]) for ballot in spoken(document) if ballot["approve"]]
    liked = {use: sum(use in wanted for wanted in purses) for use in cost}
    uses = [use for use in cost if liked[use] >= rule["min_votes"]]
    nothing = decided(document, "no_winner", [], ranking=[], chosen=[])
    if not uses or not quorate(document):
        return nothing

    def among(tied: list[str]) -> str:
        order = tied if len(tied) == 1 else lucky(document, tied)
        if order is None:
            raise Stuck
        return order[0]

    def price(use: str, purse: list[Fraction]) -> Fraction | None:
        """Guess how many pay all they have, and keep the guess that adds up."""
        mine = sorted(money for money, wanted in zip(purse, purses, strict=True) if use in wanted)
        for poor in range(len(mine)):
            most = (cost[use] - sum(mine[:poor])) / F(len(mine) - poor)
            if most >= 0 and sum(min(money, most) for money in mine) == cost[use]:
                return most
        return None

    def shop(share: Fraction) -> list[tuple[str, Fraction]]:
        purse, bag = [share] * len(purses), []
        while True:
            prices = {
                use: most
                for use in uses
                if use not in [had for had, _ in bag] and (most := price(use, purse)) is not None
            }
            if not prices:
                return bag
            ratio = {use: prices[use] / cost[use] if cost[use] else F(0) for use in prices}
            keep = [use for use in prices if ratio[use] == min(ratio.values())]
            keep = [use for use in keep if cost[use] == min(cost[one] for one in keep)]
            keep = [use for use in keep if liked[use] == max(liked[one] for one in keep)]
            use = among(keep)
            bag.append((use, ratio[use]))
            for person, wanted in enumerate(purses):
                if use in wanted:
                    purse[person] = max(F(0), purse[person] - prices[use])

    def total(bag: list[tuple[str, Any]]) -> int:
        return sum(cost[use] for use, _ in bag)

    def room(bag: list[tuple[str, Any]]) -> list[str]:
        had = [use for use, _ in bag]
        return [use for use in uses if use not in had and total(bag) + cost[use] <= rule["budget"]]

    try:
        share = F(rule["budget"], len(purses))
        base = bag = shop(share)
        while room(bag):
            share += rule["step"]
            bigger = shop(share)
            if total(bigger) > rule["budget"]:
                break
            bag = bigger
        early = [use for use, _ in base]
        chosen = [
            (use, str(ratio), "equal_shares" if use in early else "add1") for use, ratio in bag
        ]
        bag = list(bag)
        while wanted := room(bag):
            keep = [use for use in wanted if liked[use] == max(liked[one] for one in wanted)]
            keep = [use for use in keep if cost[use] == min(cost[one] for one in keep)]
            use = among(keep)
            bag.append((use, None))
            chosen.append((use, None, "greedy"))
    except Stuck:
        return decided(document, "tie", [], ranking=[], chosen=[])
    winners = [use for use, *_ in chosen]
    return decided(document, "adopted", winners, ranking=[[use] for use in winners], chosen=chosen)


def choice(document: dict[str, Any]) -> Answer:
    picks = [ballot["choice"] for ballot in spoken(document)]
    winners = [
        one for one in names(document) if picks and F(picks.count(one), len(picks)) > F(1, 2)
    ]
    ranking = grouped(names(document), lambda one, other: picks.count(one) - picks.count(other))
    return decided(document, "elected" if winners else "no_winner", winners, ranking=ranking)


ORACLES = {
    "majority": majority,
    "consent": consent,
    "majority-judgment": judgment,
    "approval": approval,
    "ranked": ranked,
    "equal-shares": equal_shares,
    "choice": choice,
}


def answer_of(result: dict[str, Any]) -> Answer:
    """What of a result an oracle of its method also says."""
    detail, method = result["detail"], result["method"]
    said = {key: result[key] for key in ("outcome", "winners", "ranking")}
    if method == "majority":
        said["expressed"] = result["expressed"]
    elif method == "consent":
        said["next"] = detail["next"]
    elif method == "majority-judgment":
        said["sequences"] = {
            name: figures["sequence"] for name, figures in detail.items() if name != "tied"
        }
    elif method == "ranked":
        for figure in ("d", "p"):
            said[figure] = {tuple(pair.split(">")): n for pair, n in detail[figure].items()}
    elif method == "equal-shares":
        said["chosen"] = [(one["id"], one["rho"], one["phase"]) for one in detail["chosen"]]
    return said
