"""One answer among several: elected with more than half of the expressed. Integers only. Pure.

A blank counts among the present (quorum), never among the expressed. Adopted: the option that has
strictly more than half of the expressed. Nobody expressed: nothing is adopted, tested first. No
majority: a new round between the leading options, never a lot.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decisions.rules.method import ELECTED, NO_WINNER, Counted, Election, layers
from decisions.rules.reading import BadBallots, integer, keys, known, member

CODE, HAS_OPTIONS = "choice", True


def leading(options: Sequence[str], votes: Mapping[str, int]) -> tuple[str, ...]:
    """The options of the next round, in their first order: never a lot, never an arbitrary cut.

    All those tied for first place; if one is alone there, with all those tied for second.
    """
    counts = [votes.get(option, 0) for option in options]
    ranks = sorted(counts, reverse=True)
    floor = ranks[1] if len(ranks) > 1 else 0
    return tuple(option for option, count in zip(options, counts, strict=True) if count >= floor)


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    keys(rule, path)
    return {}


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    given = keys(ballot, path, required=("choice",))
    return {"choice": known(given["choice"], member(path, "choice"), options)}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, int]:
    votes = dict.fromkeys(options, 0)
    for ballot, number in ballots:
        votes[ballot["choice"]] += number
    return votes


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, int]:
    given = keys(aggregate, path, required=options)
    votes = {option: integer(given[option], member(path, option), 0, filled) for option in options}
    if sum(votes.values()) != filled:
        raise BadBallots(path, "la somme n’est pas le nombre de bulletins moins les blancs.")
    return votes


def count(votes: Mapping[str, int], election: Election) -> Counted:
    """`detail.again`: the options of the next round, empty when one is elected."""
    expressed = sum(votes.values())
    options = election.options
    winners = [option for option in options if 2 * votes[option] > expressed]
    again = leading(options, votes) if election.reached else options
    return Counted(
        ELECTED if winners else NO_WINNER,
        expressed,
        {"votes": dict(votes), "again": [] if winners and election.reached else list(again)},
        winners,
        layers(options, votes),
    )


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"choice": max(options, key=lambda option: len(json.dumps(option)))}
