"""The public page of a cohort: a registry. What stands to the right adds its part.

Nothing personal, and no count: what a part shows, a stranger and a search engine read.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as the page draws it: a template of its app, and what it is given as `part`."""

    template: str
    part: Any


@dataclass(frozen=True, slots=True)
class Part:
    """read(cohort keys, day): what to show of these cohorts together, or None. `rank` orders the page."""

    code: str
    rank: int
    read: Callable[[Sequence[int], dt.date], Shown | None]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a part; of two of the same code the later stands."""
    _parts[part.code] = part


def parts_of(cohorts: Sequence[int], day: dt.date) -> list[Shown]:
    """Each part costs the queries it says; together they stay under a page's fifteen."""
    ordered = sorted(_parts.values(), key=lambda part: part.rank)
    return [shown for part in ordered if (shown := part.read(cohorts, day)) is not None]
