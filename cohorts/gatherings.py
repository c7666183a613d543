"""What else gathers a group than its sessions: apps to the right put it on the same calendar.

Assemblies stand to the right: decisions registers its source from ready(). What one person said they
come to (tasks) is on their own agenda only.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ct_platform.kit.clock import civil_day


@dataclass(frozen=True, slots=True)
class Gathering:
    """One line of a calendar. `key` is stable ("assembly:12"); `ends_at` None when nobody knows.

    Title, place and hour only: a private address shows it to whoever holds it.
    """

    key: str
    cohort_id: int
    cohort_name: str
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    url: str
    icon: str
    category: str
    is_cancelled: bool = False
    version: int = 1  # rises with each change: phones keep the newest
    action: str = ""  # words of the link of *Mon agenda*, where they are not those of an assembly

    @property
    def day(self) -> dt.date:
        return civil_day(self.starts_at)


# Gatherings of these cohorts from the first day on, until the last when there is one, both included.
Source = Callable[[Collection[int], dt.date, dt.date | None], Iterable[Gathering]]
_sources: list[Source] = []
# What one person is awaited at by their own word, from the first day on.
OwnSource = Callable[[int, dt.date, dt.date | None], Iterable[Gathering]]
_own_sources: list[OwnSource] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def register_own(source: OwnSource) -> None:
    """`source(person key, first, last)`: what that person said they come to."""
    if source not in _own_sources:
        _own_sources.append(source)


def own_gatherings_of(
    person_id: int, first: dt.date, last: dt.date | None = None
) -> list[Gathering]:
    """In order. Costs what the sources cost: one query each."""
    found = [one for source in _own_sources for one in source(person_id, first, last)]
    return sorted(found, key=lambda one: (one.starts_at, one.key))


def gatherings_of(
    cohort_ids: Collection[int], first: dt.date, last: dt.date | None = None
) -> list[Gathering]:
    """In order. Costs what the sources cost: one query each."""
    if not cohort_ids:
        return []
    found = [one for source in _sources for one in source(cohort_ids, first, last)]
    return sorted(found, key=lambda one: (one.starts_at, one.key))
