"""Consent: nobody says an argued no. Pure.

An objection is open until its author withdraws it or calls it integrated; nobody else may. An
abstention never blocks and never adopts. Always an open vote. Source: voting.md, §2.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decisions.rules import majority
from decisions.rules.method import ADOPTED, OBJECTED, REJECTED, Counted, Election
from decisions.rules.reading import BadBallots, integer, keys, member, one_of, text

CODE, HAS_OPTIONS = "consent", False
VOICES = ("consent", "concern", "objection", "abstain")
OPEN = "open"
STATES = (OPEN, "withdrawn", "integrated")
ADOPT, NEW_ROUND, FALLBACK = "adopt", "new_round", "fallback"
MAX_ROUNDS = 20
TWO_THIRDS = {"majority": "qualified", "fraction": "2/3", "base": "expressed"}


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    """`fallback`: the majority rule of the poll that follows the last round; null when none does."""
    given = keys(rule, path, optional=("round", "max_rounds", "fallback"))
    most = integer(given.get("max_rounds", 3), member(path, "max_rounds"), 1, MAX_ROUNDS)
    fallback = given.get("fallback", TWO_THIRDS)
    if fallback is not None:
        where = member(path, "fallback")
        fallback = keys(fallback, where, optional=tuple(TWO_THIRDS))
        fallback = majority.check_rule(TWO_THIRDS | dict(fallback), (), roll, where)
    return {
        "round": integer(given.get("round", 1), member(path, "round"), 1, most),
        "max_rounds": most,
        "fallback": fallback,
    }


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    """An objection is cast with its argument; the count ignores the words."""
    given = keys(ballot, path, required=("voice",), optional=("state", "text"))
    voice = one_of(given["voice"], member(path, "voice"), VOICES)
    allowed = {"objection": ("state", "text"), "concern": ("text",)}.get(voice, ())
    keys(given, path, required=("voice",), optional=allowed)
    checked = {"voice": voice}
    if voice == "objection":
        checked["state"] = one_of(given.get("state", OPEN), member(path, "state"), STATES)
    words = text(given.get("text", ""), member(path, "text")).strip()
    if voice == "objection" and casting and not words:
        raise BadBallots(member(path, "text"), "une objection dit pourquoi.")
    return checked | ({"text": words} if words else {})


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, int]:
    votes: Counter[str] = Counter()
    for ballot, number in ballots:
        votes[ballot["voice"]] += number
        if ballot.get("state") == OPEN:
            votes["open_objections"] += number
    return {name: votes[name] for name in (*VOICES, "open_objections")}


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, int]:
    raise BadBallots(path, "un vote par consentement se compte bulletin par bulletin.")


def count(votes: Mapping[str, int], election: Election) -> Counted:
    """Adopt if somebody consents, with a concern or not, and no objection is open.

    `detail.next`: adopt, new_round, fallback; null when the rounds are over and nothing follows.
    """
    if votes["open_objections"]:
        outcome = OBJECTED
    elif votes["consent"] + votes["concern"]:
        outcome = ADOPTED
    else:
        outcome = REJECTED
    rule, after = election.rule, None
    if outcome == ADOPTED and election.reached:
        after = ADOPT
    elif rule["round"] < rule["max_rounds"]:
        after = NEW_ROUND
    elif rule["fallback"]:
        after = FALLBACK
    expressed = votes["consent"] + votes["concern"] + votes["objection"]
    return Counted(outcome, expressed, {**votes, "next": after})


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    raise ValueError("consent is always an open vote: its ballots are never padded")
