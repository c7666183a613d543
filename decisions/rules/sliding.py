"""Numbers that slide with one parameter, and how far it may go before any comparison turns. Pure.

Counting by equal shares is repeated with shares a little larger each time, thousands of times for
a large budget, and mostly decides the same. Counted with `Line`s instead of numbers, one count says
up to where it holds: every comparison it makes is noted in the `Horizon`.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Union

Number = Union["Line", Fraction, int]


@dataclass(slots=True)
class Horizon:
    """`nearest`: at any smaller growth, all that was compared compares the same; None: at any."""

    nearest: Fraction | None = None

    def note(self, at: Fraction, slope: Fraction) -> None:
        """A difference of `at` that grows by `slope`: it changes sign at -at / slope."""
        if slope and (not at or (at < 0) == (slope > 0)):
            turn = -at / slope
            if self.nearest is None or turn < self.nearest:
                self.nearest = turn


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The number `at + slope × growth`, compared at growth 0."""

    at: Fraction
    slope: Fraction = Fraction(0)
    horizon: Horizon = field(default_factory=Horizon)

    def compare(self, other: Number) -> Fraction:
        """Negative, zero or positive: the difference, noted in the horizon."""
        line = other if isinstance(other, Line) else Line(Fraction(other))
        at, slope = self.at - line.at, self.slope - line.slope
        self.horizon.note(at, slope)
        return at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line | Fraction | int) and self.compare(other) == 0

    def __lt__(self, other: Number) -> bool:
        return self.compare(other) < 0

    def __ge__(self, other: Number) -> bool:
        return self.compare(other) >= 0

    def __sub__(self, other: "Line") -> "Line":
        return Line(self.at - other.at, self.slope - other.slope, self.horizon)

    def __mul__(self, times: int) -> "Line":
        return Line(self.at * times, self.slope * times, self.horizon)

    def __truediv__(self, parts: int) -> "Line":
        return Line(self.at / parts, self.slope / parts, self.horizon)
