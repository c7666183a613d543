"""For or against: simple, absolute or qualified majority. Integers only. Pure.

Expressed = for + against. Nobody expressed: rejected, tested first (0 ≥ 0 would adopt). As many
for as against: rejected, never a lot. Source: voting.md, §2.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from decisions.rules.method import ADOPTED, REJECTED, Counted, Election
from decisions.rules.reading import BadBallots, fraction, integer, keys, member, one_of

CODE, HAS_OPTIONS = "majority", False
SIMPLE, ABSOLUTE, QUALIFIED = "simple", "absolute", "qualified"
EXPRESSED, PRESENT, ROLL = "expressed", "present", "roll"
CHOICES = ("for", "against", "abstain")


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    """`fraction` serves the qualified majority. Under 1/2, fewer people than the others decide."""
    given = keys(rule, path, optional=("majority", "fraction", "base"))
    kind = one_of(
        given.get("majority", SIMPLE), member(path, "majority"), (SIMPLE, ABSOLUTE, QUALIFIED)
    )
    base = one_of(given.get("base", EXPRESSED), member(path, "base"), (EXPRESSED, PRESENT, ROLL))
    if kind == SIMPLE and base != EXPRESSED:
        raise BadBallots(member(path, "base"), "la majorité simple compte les exprimés.")
    share = fraction(given.get("fraction", "2/3"), member(path, "fraction"), low=Fraction(1, 2))
    return {"majority": kind, "fraction": share, "base": base}


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    given = keys(ballot, path, required=("choice",))
    return {"choice": one_of(given["choice"], member(path, "choice"), CHOICES)}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, int]:
    votes: Counter[str] = Counter()
    for ballot, number in ballots:
        votes[ballot["choice"]] += number
    return {choice: votes[choice] for choice in CHOICES}


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, int]:
    given = keys(aggregate, path, required=CHOICES)
    votes = {one: integer(given[one], member(path, one), 0, filled) for one in CHOICES}
    if sum(votes.values()) != filled:
        raise BadBallots(path, "la somme n’est pas le nombre de bulletins moins les blancs.")
    return votes


def count(votes: Mapping[str, int], election: Election) -> Counted:
    """Adopt by 2·for > base (simple, absolute) or q·for ≥ p·base (qualified p/q).

    `detail.needed` is the smallest winning "for", the base being what it is.
    """
    expressed = votes["for"] + votes["against"]
    base = {EXPRESSED: expressed, PRESENT: election.present, ROLL: election.roll}[
        election.rule["base"]
    ]
    needed = base // 2 + 1
    if election.rule["majority"] == QUALIFIED:
        share = Fraction(election.rule["fraction"])
        needed = -(-share.numerator * base // share.denominator)
    # At 1/2 exactly a tie would pass; and with an empty base, nobody at all.
    needed = max(needed, expressed // 2 + 1)
    adopted = expressed > 0 and votes["for"] >= needed
    detail = {**votes, "base": base, "needed": needed}
    return Counted(ADOPTED if adopted else REJECTED, expressed, detail)


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"choice": max(CHOICES, key=len)}
