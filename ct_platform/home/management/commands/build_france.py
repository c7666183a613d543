import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ct_platform.home import france

Point = tuple[float, float]
_FINE = 1.1  # units of the drawing: what a phone would not show anyway
_SMALL = 14.0  # square units: islets no one would find
_ISLES = {"971", "972", "973", "974", "976"}


class Command(BaseCommand):
    help = (
        "Refait ct_platform/home/data/france.json à partir de deux fichiers de "
        "gregoiredavid/france-geojson : metropole-version-simplifiee.geojson et "
        "departements-avec-outre-mer.geojson."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("outline", type=Path)
        parser.add_argument("departments", type=Path)
        parser.add_argument("--to", type=Path, default=france.FILE)

    def handle(
        self, *args: Any, outline: Path, departments: Path, to: Path, **options: Any
    ) -> None:
        try:
            ground = json.loads(outline.read_text())
            parts = json.loads(departments.read_text())["features"]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Ces fichiers ne se lisent pas : {error}") from error
        rings = [
            fine
            for ring in _rings(ground.get("geometry", ground))
            if len(fine := _simplified([france.place(y, x) for x, y in ring])) > 3
            and abs(_area(fine)) > _SMALL
        ]
        drawn = "".join(_path(ring) for ring in sorted(rings, key=lambda r: -abs(_area(r))))
        centres = {
            one["properties"]["code"]: _centre(one["geometry"])
            for one in parts
            if one["properties"]["code"] not in _ISLES
        }
        said = {"outline": drawn, "centres": dict(sorted(centres.items()))}
        to.write_text(json.dumps(said, separators=(",", ":")) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(rings)} contours, {len(drawn)} caractères.")


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    several = geometry["coordinates"]
    for polygon in several if geometry["type"] == "MultiPolygon" else [several]:
        yield polygon[0]


def _simplified(points: Sequence[Point]) -> list[Point]:
    """Douglas and Peucker: what strays less than `_FINE` from a straight line is left out."""
    if len(points) < 3:
        return list(points)
    first, last = points[0], points[-1]
    if first == last:  # a ring: cut it at the farthest point
        far = max(range(len(points)), key=lambda i: math.dist(first, points[i]))
        if far in (0, len(points) - 1):
            return [first]
        return _simplified(points[: far + 1])[:-1] + _simplified(points[far:])
    far = max(range(1, len(points) - 1), key=lambda i: _away(points[i], first, last))
    if _away(points[far], first, last) <= _FINE:
        return [first, last]
    return _simplified(points[: far + 1])[:-1] + _simplified(points[far:])


def _away(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    long = math.dist(first, last)
    return (
        abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / long if long else math.dist(point, first)
    )


def _area(ring: Sequence[Point]) -> float:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    )


def _path(ring: Sequence[Point]) -> str:
    """Whole units, each step counted from the one before: half the letters."""
    steps = [(round(x), round(y)) for x, y in ring]
    said, (x, y) = f"M{steps[0][0]} {steps[0][1]}l", steps[0]
    moves = []
    for nx, ny in steps[1:]:
        if (nx, ny) != (x, y):
            moves.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
    return said + " ".join(moves).replace(" -", "-") + "z"


def _centre(geometry: dict[str, Any]) -> list[float]:
    """The middle of the largest piece, as latitude and longitude."""
    largest = max(_rings(geometry), key=lambda ring: abs(_area([(x, y) for x, y in ring])))
    xs, ys = [x for x, _y in largest], [y for _x, y in largest]
    return [round((min(ys) + max(ys)) / 2, 2), round((min(xs) + max(xs)) / 2, 2)]
