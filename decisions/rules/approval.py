"""Approval: name all that suit you, the most approved win the seats. Integers only. Pure.

An empty list is an expressed ballot that approves nothing. Nothing approved by nobody ever wins.
Source: voting.md, §2.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from decisions.rules.method import Counted, Election, elect, layers
from decisions.rules.reading import MAX_OPTIONS, distinct_options, fraction, integer, keys, member

CODE, HAS_OPTIONS = "approval", True


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    """More seats than candidates is no error: a seat may stay empty."""
    given = keys(rule, path, optional=("seats", "threshold"))
    return {
        "seats": integer(given.get("seats", 1), member(path, "seats"), 1, MAX_OPTIONS),
        "threshold": fraction(given.get("threshold", "0"), member(path, "threshold")),
    }


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    given = keys(ballot, path, required=("approve",))
    return {"approve": distinct_options(given["approve"], member(path, "approve"), options)}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, int]:
    votes = dict.fromkeys(options, 0)
    # How many ballots were expressed cannot be told from approvals: see `count`.
    for ballot, number in ballots:
        for option in ballot["approve"]:
            votes[option] += number
    return votes


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, int]:
    given = keys(aggregate, path, required=options)
    return {option: integer(given[option], member(path, option), 0, filled) for option in options}


def count(votes: Mapping[str, int], election: Election) -> Counted:
    """Fill `seats` among the options that reach `threshold` (a fraction of the expressed)."""
    expressed = election.cast - election.blank
    ranking = layers(election.options, votes)
    least = max(Fraction(1), Fraction(election.rule["threshold"]) * expressed)
    return elect(
        election,
        expressed=expressed,
        detail={"approvals": dict(votes)},
        ranking=ranking,
        worthy=[layer for layer in ranking if votes[layer[0]] >= least],
        seats=election.rule["seats"],
    )


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"approve": list(options)}
