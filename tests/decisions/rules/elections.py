"""Elections drawn by lot from a seed: small, full of ties, blanks, odd rules and missed quorums."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.decisions.rules.papers import LOT, paper

NAMES = "abcdef"


def majority_ballot(chance: Random, options: str) -> dict[str, Any]:
    return {"choice": chance.choice(["for", "for", "against", "abstain"])}


def consent_ballot(chance: Random, options: str) -> dict[str, Any]:
    voice = chance.choice(["consent", "consent", "concern", "abstain", "objection"])
    if voice != "objection":
        return {"voice": voice}
    return {"voice": voice, "state": chance.choice(["open", "withdrawn", "integrated"])}


def judgment_ballot(chance: Random, options: str) -> dict[str, Any]:
    return {"grades": {one: chance.randrange(5) for one in options if chance.random() < 0.9}}


def approval_ballot(chance: Random, options: str) -> dict[str, Any]:
    return {"approve": [one for one in options if chance.random() < 0.4]}


def ranked_ballot(chance: Random, options: str) -> dict[str, Any]:
    places: list[list[str]] = []
    for one in chance.sample(options, chance.randrange(len(options) + 1)):
        if places and chance.random() < 0.3:
            places[-1].append(one)
        else:
            places.append([one])
    return {"ranking": places}


def choice_ballot(chance: Random, options: str) -> dict[str, Any]:
    return {"choice": chance.choice(options + options[0])}


def majority_rule(chance: Random, size: int) -> dict[str, Any]:
    kind = chance.choice(["simple", "absolute", "qualified"])
    base = "expressed" if kind == "simple" else chance.choice(["expressed", "present", "roll"])
    return {"majority": kind, "base": base, "fraction": chance.choice(["1/2", "2/3", "3/4", "1"])}


def consent_rule(chance: Random, size: int) -> dict[str, Any]:
    most = chance.randint(1, 3)
    rule: dict[str, Any] = {"max_rounds": most, "round": chance.randint(1, most)}
    return rule | ({"fallback": None} if chance.random() < 0.3 else {})


def judgment_rule(chance: Random, size: int) -> dict[str, Any]:
    return {"min_grade": chance.choice([0, 1, 1, 3])}


def approval_rule(chance: Random, size: int) -> dict[str, Any]:
    return {
        "seats": chance.randint(1, size + 1),
        "threshold": chance.choice(["0", "0", "1/3", "1/2"]),
    }


def shares_rule(chance: Random, size: int) -> dict[str, Any]:
    budget = chance.choice([60, 100, 120, 977])
    return {
        "budget": budget,
        "step": chance.choice([1, 7, 100, 1000]) if budget < 900 else chance.choice([10, 100]),
        "min_votes": chance.choice([1, 1, 1, 2]),
    }


def no_rule(chance: Random, size: int) -> dict[str, Any]:
    return {}


Maker = tuple[Callable[[Random, str], dict[str, Any]], Callable[[Random, int], dict[str, Any]], int]
# How a ballot and a rule are drawn, and how many options at most.
MAKERS: dict[str, Maker] = {
    "majority": (majority_ballot, majority_rule, 0),
    "consent": (consent_ballot, consent_rule, 0),
    "majority-judgment": (judgment_ballot, judgment_rule, 5),
    "approval": (approval_ballot, approval_rule, 6),
    "ranked": (ranked_ballot, no_rule, 5),
    "equal-shares": (approval_ballot, shares_rule, 6),
    "choice": (choice_ballot, no_rule, 5),
}
WITH_OPTIONS = [method for method, (_, _, size) in MAKERS.items() if size]


def drawn(method: str, number: int, *, lot: bool | None = None, plain: bool = False) -> dict:
    """Election `number` of a method, always the same. `plain`: quorum 0, no lot, someone spoke."""
    chance = Random(f"{method}-{number}")
    ballot, rule, most = MAKERS[method]
    options = NAMES[: chance.randint(1, most)] if most else ""
    terms = rule(chance, len(options))
    costs: Any = options
    if method == "equal-shares":
        round_costs = chance.random() < 0.5
        costs = {
            one: chance.randrange(10, terms["budget"] + 1, 10 if round_costs else 3)
            for one in options
        }
        if chance.random() < 0.1:
            costs["a"] = 0
    voters = chance.randint(1 if plain else 0, 12)
    blank = 0 if plain else chance.choice([0, 0, 0.2, 1])
    ballots = [
        {"blank": True} if chance.random() < blank else ballot(chance, options)
        for _ in range(voters)
    ]
    for one in ballots:
        if chance.random() < 0.2:
            one["count"] = chance.randint(1, 4)
    cast = sum(one.get("count", 1) for one in ballots)
    roll = cast + chance.choice([0, 0, 1, 5])
    with_lot = not plain and (chance.random() < 0.5 if lot is None else lot)
    return paper(
        method,
        ballots,
        costs,
        terms,
        roll=roll,
        present=chance.randint(cast, roll),
        quorum="0" if plain else chance.choice(["0", "0", "1/3", "1/2", "1"]),
        **({"lot": LOT} if with_lot else {}),
    )
