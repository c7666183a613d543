"""Ballots in, outcome out: the door to every method. Pure.

`tally` counts a document `ct-ballots/1` into a dict `ct-tally/1`; the other functions check one
ballot or one rule before it is written anywhere. All that is wrong raises BadBallots, whose path
says where and whose text is one French sentence. Source: voting.md, §8.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from decisions.rules.document import BLANK, METHODS, method_of, read, read_ballot, read_options
from decisions.rules.method import QUORUM_MISSED
from decisions.rules.reading import BadBallots

__all__ = [
    "METHODS", "BadBallots", "canonical", "check_ballot", "check_options", "check_rule",
    "longest_ballot", "tally",
]  # fmt: skip

FORMAT = "ct-tally/1"


def check_rule(
    *, method: str, rule: Mapping[str, Any], options: Sequence[str], roll: int | None = None
) -> dict[str, Any]:
    """The rule of a poll with every default written out. `options`: their ids."""
    return method_of(method).check_rule(rule, options, roll, "$.rule")


def check_options(
    *, method: str, options: Sequence[Mapping[str, Any]], rule: Mapping[str, Any]
) -> dict[str, int]:
    """The cost in cents of each option id, in their order (0 where the method has no costs).

    `rule`: as `check_rule` gives it. Ids are distinct; a use may not cost more than the budget.
    """
    return read_options(method_of(method), options, rule)


def check_ballot(
    *,
    method: str,
    options: Sequence[str],
    rule: Mapping[str, Any],
    ballot: Mapping[str, Any],
    casting: bool = True,
) -> dict[str, Any]:
    """The canonical form of one ballot, blank or not, without count or voter.

    When casting, an objection must be argued. Canonical: nothing superfluous, options in the order
    of the poll; two ballots that say the same with other words stay two.
    """
    checked_rule = check_rule(method=method, rule=rule, options=options)
    return read_ballot(method_of(method), ballot, options, checked_rule, "$", casting=casting)


def canonical(ballot: Mapping[str, Any]) -> bytes:
    """A checked ballot as bytes: JSON, sorted keys, no space, ASCII."""
    return json.dumps(ballot, sort_keys=True, separators=(",", ":")).encode("ascii")


def longest_ballot(*, method: str, options: Sequence[str], rule: Mapping[str, Any]) -> int:
    """How many bytes the longest canonical ballot of a secret poll has: all are padded to it.

    ValueError for consent, which is never secret.
    """
    checked_rule = check_rule(method=method, rule=rule, options=options)
    filled = method_of(method).longest(options, checked_rule)
    return max(len(canonical(filled)), len(canonical(BLANK)))


def tally(document: Mapping[str, Any]) -> dict[str, Any]:
    """Count a document; every key of `ct-tally/1`, the same for the same document."""
    given = read(document)
    election, method = given.election, given.method
    counted = method.count(given.votes, election)
    outcome, winners, tie_break = counted.outcome, counted.winners, counted.tie_break
    detail = counted.detail
    if not election.reached:
        # The counts stand and nothing follows from them: no winner, and no lot to draw.
        outcome, winners, tie_break = QUORUM_MISSED, (), None
        if method.HAS_OPTIONS:
            detail = {key: value for key, value in detail.items() if key != "tied"}
    return {
        "format": FORMAT,
        "method": method.CODE,
        "poll": given.poll,
        "roll": election.roll,
        "present": election.present,
        "cast": election.cast,
        "blank": election.blank,
        "expressed": counted.expressed,
        "quorum": {"required": given.required, "reached": election.reached},
        "outcome": outcome,
        "winners": list(winners),
        "ranking": [list(layer) for layer in counted.ranking],
        "tie_break": tie_break,
        "detail": detail,
    }
