"""A cash box counted by two people: how much the pieces make, and where the count stands. Pure.

Amounts in integer cents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Euro notes and coins in circulation, in cents. The 500 € note is not refused: it is typed nowhere,
# as no market stall gives change on it.
NOTES = (20_000, 10_000, 5_000, 2_000, 1_000, 500)
COINS = (200, 100, 50, 20, 10, 5, 2, 1)
PIECES = NOTES + COINS
MOST_PIECES = 9_999

Figures = tuple[int, int, int]  # cash in the box, cards, cheques


class CountStep(StrEnum):
    FIRST = "first"  # nobody counted in this round
    SECOND = "second"  # one counted, another must, without seeing
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Counted:
    round: int
    person: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class CountStanding:
    step: CountStep
    round: int
    counted_by: tuple[int, ...]  # who already counted in this round
    differed: bool  # the round before ended with two figures
    figures: Figures | None = None  # once agreed


def total_of(pieces: Mapping[int, int]) -> int:
    """Cents that these pieces make: value in cents → how many. Raises ValueError for what is no piece."""
    if any(
        value not in PIECES or not 0 <= number <= MOST_PIECES for value, number in pieces.items()
    ):
        raise ValueError("not euro notes and coins")
    return sum(value * number for value, number in pieces.items())


def standing_of(tallies: Iterable[Counted]) -> CountStanding:
    """Where a count stands: each round is two people; two equal figures end it, two others begin again."""
    rounds: dict[int, list[Counted]] = {}
    for one in tallies:
        rounds.setdefault(one.round, []).append(one)
    last = max(rounds, default=1)
    told = rounds.get(last, [])
    people = tuple(one.person for one in told)
    if len(told) < 2:
        step = CountStep.SECOND if told else CountStep.FIRST
        return CountStanding(step, last, people, last > 1)
    if told[0].figures == told[1].figures:
        return CountStanding(CountStep.AGREED, last, people, False, told[0].figures)
    return CountStanding(CountStep.FIRST, last + 1, (), True)
