"""What every method is given, and what it answers. Pure.

A method is a module with the names of `Method`: the module is the method.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from decisions.rules.lot import Draw

ADOPTED, REJECTED, OBJECTED = "adopted", "rejected", "objected"
ELECTED, TIE, NO_WINNER, QUORUM_MISSED = "elected", "tie", "no_winner", "quorum_missed"


@dataclass(frozen=True, slots=True)
class Election:
    """A poll at its count. `reached`: the quorum is; `draw`: the lot, if one was committed to."""

    options: tuple[str, ...]
    rule: Mapping[str, Any]
    roll: int
    present: int
    cast: int
    blank: int
    reached: bool = True
    costs: Mapping[str, int] = field(default_factory=dict)
    draw: Draw | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """`winners` of a tie are those elected whatever the lot; the others stand in `detail.tied`."""

    outcome: str
    expressed: int
    detail: dict[str, Any]
    winners: Sequence[str] = ()
    ranking: Sequence[Sequence[str]] = ()
    tie_break: dict[str, Any] | None = None


class Method(Protocol):
    """`votes` is what the method counts: its aggregate, or for equal shares the grouped ballots.

    check_rule: the rule with its defaults. check_ballot: an expressed ballot, in canonical form.
    gather: expressed ballots and how many of each, to votes. check_aggregate: votes given as such,
    which must explain exactly `filled` expressed ballots. longest: an expressed ballot as long as
    can be. All raise BadBallots with a path.
    """

    @property
    def CODE(self) -> str: ...
    @property
    def HAS_OPTIONS(self) -> bool: ...
    def check_rule(
        self, rule: object, options: Sequence[str], roll: int | None, path: str
    ) -> dict[str, Any]: ...
    def check_ballot(
        self,
        ballot: object,
        options: Sequence[str],
        rule: Mapping[str, Any],
        path: str,
        *,
        casting: bool,
    ) -> dict[str, Any]: ...
    def gather(
        self,
        ballots: Iterable[tuple[Mapping[str, Any], int]],
        options: Sequence[str],
        rule: Mapping[str, Any],
    ) -> Any: ...
    def check_aggregate(
        self,
        aggregate: object,
        options: Sequence[str],
        rule: Mapping[str, Any],
        filled: int,
        path: str,
    ) -> Any: ...
    def count(self, votes: Any, election: Election) -> Counted: ...
    def longest(self, options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]: ...


def drawn(draw: Draw) -> dict[str, Any]:
    return {"kind": "lot", "seed": draw.seed, "order": list(draw.order)}


def layers(options: Sequence[str], value: Mapping[str, Any]) -> list[list[str]]:
    """Options by decreasing value; equal values share a layer, in the order of the poll."""
    return [
        [option for option in options if value[option] == one]
        for one in sorted({value[option] for option in options}, reverse=True)
    ]


def elect(
    election: Election,
    *,
    expressed: int,
    detail: dict[str, Any],
    ranking: Sequence[Sequence[str]],
    worthy: Sequence[Sequence[str]],
    seats: int = 1,
) -> Counted:
    """Fill the seats from the `worthy` layers, best first.

    Only a layer that the last seat cuts through needs a lot; without one, its options are tied.
    Nobody expressed, or nobody worthy: no winner.
    """
    winners: list[str] = []
    for layer in worthy if expressed else ():
        free = seats - len(winners)
        if len(layer) <= free:
            winners += layer
        elif free and election.draw:
            lucky = [option for option in election.draw.order if option in layer]
            return Counted(
                ELECTED, expressed, detail, winners + lucky[:free], ranking, drawn(election.draw)
            )
        elif free:
            return Counted(TIE, expressed, {**detail, "tied": list(layer)}, winners, ranking)
    return Counted(ELECTED if winners else NO_WINNER, expressed, detail, winners, ranking)
