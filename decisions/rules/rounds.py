"""What a count that adopted nothing leaves for another round. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from decisions.rules.method import OBJECTED, QUORUM_MISSED, REJECTED, TIE
from decisions.rules.terms import Terms


def options_again(result: Mapping[str, Any], options: Sequence[str], *, counts: bool) -> list[str]:
    """The options of another round, in the order of the poll; empty when one was adopted.

    A tie: those tied, and those already elected beside them. A choice without majority: the leading
    ones, if the counts may be shown (`counts`): else they would tell who leads. Otherwise all.
    """
    if result["outcome"] == TIE:
        kept = {*result["detail"].get("tied", ()), *result["winners"]}
        return [option for option in options if option in kept]
    if result["winners"]:
        return []
    leading = result["detail"].get("again")
    if counts and leading and result["outcome"] != QUORUM_MISSED:
        return list(leading)
    return list(options)


def stuck(outcome: str, *, changed: bool, terms: Terms, standing: bool) -> bool:
    """Whether another round must wait for another text, voted by `terms`.

    A text refused, or objected to while an objection is `standing`. When the rounds of a consent are
    over, the majority declared for that day is put on the text as it is. Source: voting.md, §2.
    """
    if changed:
        return False
    return outcome == REJECTED or (outcome == OBJECTED and terms.method == "consent" and standing)


def terms_again(terms: Terms, *, round_number: int, max_rounds: int) -> Terms:
    """The terms of round `round_number`: a consent that ran out of rounds falls back on a majority.

    Without a fallback the consent goes on as its last round. Source: voting.md, §2, Consent.
    """
    if terms.method != "consent":
        return terms
    fallback = terms.rule.get("fallback")
    if round_number > max_rounds and fallback:
        return Terms("majority", fallback, terms.secrecy)
    numbered = {
        **terms.rule,
        "round": min(round_number, max_rounds),
        "max_rounds": max_rounds,
    }
    return Terms("consent", numbered, terms.secrecy)
