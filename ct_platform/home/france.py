"""Where territories stand on a drawing of France: pure, from the outline shipped in home/data (see its README)."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "france.json"
WIDTH, HEIGHT = 460, 440
# Corners of the drawing in degrees, and how far apart two signs stand so that a finger tells them.
_WEST, _NORTH, _FLAT, _UNITS = -5.25, 51.2, math.cos(math.radians(46.6)), 44.5
APART = 37.0
_ROUNDS = 60
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A sign at (x, y) for a place truly at (at_x, at_y): they differ where places crowd."""

    x: int
    y: int
    at_x: int
    at_y: int

    @property
    def moved(self) -> bool:
        return math.dist((self.x, self.y), (self.at_x, self.at_y)) > 6


def place(latitude: float, longitude: float) -> Point:
    """Units of the drawing, from degrees."""
    return ((longitude - _WEST) * _FLAT * _UNITS, (_NORTH - latitude) * _UNITS)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, object]:
    said: dict[str, object] = json.loads(FILE.read_text(encoding="utf-8"))
    return said


def outline() -> str:
    """The `d` of the path of mainland France and Corsica."""
    return str(_shipped()["outline"])


def centre_of(department: str) -> Point | None:
    """Latitude and longitude of the middle of a département; None for one the drawing does not hold."""
    centres = _shipped()["centres"]
    found = centres.get(department.upper()) if isinstance(centres, dict) else None
    return (float(found[0]), float(found[1])) if found else None


def is_drawn(latitude: float, longitude: float) -> bool:
    x, y = place(latitude, longitude)
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def spread(places: Sequence[Point]) -> list[Spot]:
    """Signs near their places (units of the drawing), pushed apart until a finger can tell them.

    The same places give the same signs. Too many of them stay crowded rather than leave the drawing.
    """
    signs = [list(one) for one in places]
    for _round in range(_ROUNDS):
        still = True
        for i, one in enumerate(signs):
            for j in range(i):
                still = _part(one, signs[j], i) and still
        for one in signs:
            one[0] = min(max(one[0], 20.0), WIDTH - 20.0)
            one[1] = min(max(one[1], 20.0), HEIGHT - 20.0)
        if still:
            break
    return [
        Spot(round(sign[0]), round(sign[1]), round(at[0]), round(at[1]))
        for sign, at in zip(signs, places, strict=True)
    ]


def _part(one: list[float], other: list[float], turn: int) -> bool:
    """Push two signs away from each other; True when they were far enough."""
    gap = math.dist(one, other)
    if gap >= APART:
        return True
    # Two at the same spot leave in a direction of their own, always the same.
    angle = math.atan2(one[1] - other[1], one[0] - other[0]) if gap > 0.01 else turn * 2.4
    push = (APART - gap) / 2 + 0.05
    for sign, way in ((one, 1), (other, -1)):
        sign[0] += way * push * math.cos(angle)
        sign[1] += way * push * math.sin(angle)
    return False
