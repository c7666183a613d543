"""Seats: what a person may act as. The tables live in `cohorts`, which registers its sources here."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ct_platform.kit.actor import Actor, Seat
from ct_platform.kit.keys import key_of


@dataclass(frozen=True, slots=True)
class SeatSource:
    """One kind of seat.

    `prefix` begins its keys ("coordinator:12"); `load(person_id, row_id | None, day)` yields the
    seats in force (one query), only the one with `row_id` when given.
    """

    prefix: str
    load: Callable[[int, int | None, dt.date], Iterable[Seat]]


_sources: dict[str, SeatSource] = {}
_sights: list[Callable[[Actor], QuerySet[Any]]] = []


def register_source(source: SeatSource) -> None:
    _sources[source.prefix] = source


def register_sight(sight: Callable[[Actor], QuerySet[Any]]) -> None:
    """`sight(actor)` gives a queryset of person ids the seat may see (one column)."""
    _sights.append(sight)


def seats_of(person_id: int, day: dt.date) -> list[Seat]:
    """Every seat in force. Costs one query per source."""
    return [seat for source in _sources.values() for seat in source.load(person_id, None, day)]


def seat_by_key(person_id: int, key: str, day: dt.date) -> Seat | None:
    """The seat of that key if it is still in force. Costs one query."""
    prefix, _, row = key.partition(":")
    source = _sources.get(prefix)
    asked = key_of(row)
    if source is None or asked is None:
        return None
    return next(iter(source.load(person_id, asked, day)), None)


def persons_in_sight(actor: Actor) -> Q:
    """The condition "this person may be seen from that seat", as subqueries of registered apps."""
    condition = Q(pk=actor.person_id)
    for sight in _sights:
        condition |= Q(pk__in=sight(actor))
    return condition
