"""Absolute majority between exclusive options, open vote. Integers only. Pure.

A blank counts among the present (quorum), never among the expressed. Adopted: the option that has
strictly more than half of the expressed. Nobody expressed: nothing is adopted, tested first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decisions.rules import quorum

ELECTED, NO_MAJORITY, QUORUM_MISSED = "elected", "no_majority", "quorum_missed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`winner` is an option code, only when elected. `again`: the options worth a new round."""

    kind: str
    winner: str | None
    roll: int
    present: int
    blank: int
    expressed: int
    required: int
    again: tuple[str, ...] = ()


def decide(
    *,
    options: Sequence[str],
    votes: Mapping[str, int],
    blank: int,
    roll: int,
    quorum_numerator: int,
    quorum_denominator: int,
) -> Verdict:
    """Decide a poll from its counts (`votes`: ballots per option code; absent means none).

    Order of the tests: quorum, then nobody expressed, then 2 × votes > expressed. A missed quorum
    proposes the same options again; no majority proposes the leading ones (see `leading`).
    Raises ValueError for unknown options, negative counts, or more ballots than people.
    """
    if not set(votes) <= set(options) or blank < 0 or any(count < 0 for count in votes.values()):
        raise ValueError("counts must be of known options and not negative")
    expressed = sum(votes.values())
    present = expressed + blank
    if present > roll:
        raise ValueError("more ballots than people on the roll")
    needed = quorum.required(quorum_numerator, quorum_denominator, roll)

    def verdict(kind: str, winner: str | None = None, again: Sequence[str] = ()) -> Verdict:
        return Verdict(kind, winner, roll, present, blank, expressed, needed, tuple(again))

    if not quorum.reached(present, needed):
        return verdict(QUORUM_MISSED, again=options)
    for option in options:
        if expressed and 2 * votes.get(option, 0) > expressed:
            return verdict(ELECTED, winner=option)
    return verdict(NO_MAJORITY, again=leading(options, votes))


def leading(options: Sequence[str], votes: Mapping[str, int]) -> tuple[str, ...]:
    """The options of the next round, in their first order: never a lot, never an arbitrary cut.

    All those tied for first place; if one is alone there, with all those tied for second.
    """
    counts = [votes.get(option, 0) for option in options]
    ranks = sorted(counts, reverse=True)
    floor = ranks[1] if len(ranks) > 1 else 0
    return tuple(option for option, count in zip(options, counts, strict=True) if count >= floor)
