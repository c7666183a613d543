"""Papers already printed that quote a testimonial: a registry, filled by the apps to the right.

A withdrawal cannot unprint them; whoever answers for it must see which they are, and who has them.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    testimonial_id: int
    title: str  # "Rapport du 3ᵉ trimestre, n° 12"
    on: dt.date
    url: str = ""
    sent_to: str = ""


Finder = Callable[[Iterable[int]], Iterable[Quoted]]
_finders: dict[str, Finder] = {}


def register(code: str, finder: Finder) -> None:
    """`finder(testimonial_ids)` gives what quotes them, in one query; of two of one code the later stands."""
    _finders[code] = finder


def forget(code: str) -> None:
    _finders.pop(code, None)


def quotes_of(testimonial_ids: Iterable[int]) -> list[Quoted]:
    keys = list(testimonial_ids)
    found = [one for finder in _finders.values() for one in finder(keys)] if keys else []
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)
