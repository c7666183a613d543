"""Whether a point lies in a quarter. Pure: rings of (longitude, latitude), WGS 84 degrees.

Thirty lines instead of a geometry library: the only question asked is "inside or not", of a few
hundred points a year, and a binary dependency would weigh on every installation for it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = Sequence[Point]
Polygon = Sequence[Ring]  # an outer ring, then its holes
# A geocoded address is some metres off: nearer to a limit than this, somebody must look.
DOUBTFUL_METRES = 30
_METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Position:
    is_inside: bool
    metres_to_limit: float

    @property
    def is_doubtful(self) -> bool:
        return self.metres_to_limit < DOUBTFUL_METRES


def position(point: Point, polygons: Sequence[Polygon]) -> Position:
    """Whether `point` lies in one of the polygons (not in its holes), and how far the limit is."""
    is_inside = any(
        _in_ring(point, polygon[0]) and not any(_in_ring(point, hole) for hole in polygon[1:])
        for polygon in polygons
        if polygon
    )
    edges = [
        (ring[index], ring[(index + 1) % len(ring)])
        for polygon in polygons
        for ring in polygon
        for index in range(len(ring))
    ]
    nearest = min((_metres(point, *edge) for edge in edges), default=math.inf)
    return Position(is_inside, nearest)


def _in_ring(point: Point, ring: Ring) -> bool:
    """Even-odd rule: a ray towards the east crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for index, (x1, y1) in enumerate(ring):
        x2, y2 = ring[(index + 1) % len(ring)]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _metres(point: Point, start: Point, end: Point) -> float:
    """Distance to a segment on a plane tangent at the point: exact to the metre at this scale."""
    scale = math.cos(math.radians(point[1]))
    ax, ay = (start[0] - point[0]) * scale, start[1] - point[1]
    bx, by = (end[0] - point[0]) * scale, end[1] - point[1]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + share * dx, ay + share * dy) * _METRES_PER_DEGREE


def box_of(polygons: Sequence[Polygon]) -> tuple[float, float, float, float]:
    """(west, south, east, north) of the polygons. Raises ValueError when there is no point."""
    points = [point for polygon in polygons for ring in polygon for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
