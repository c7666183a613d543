"""Searching: a registry of what each app may find, within what the seat may see.

A finder starts from `visible_to(actor)`; nothing outside is matched, counted or hinted at. What is
typed is often somebody's name: it is written in no log of ours (kit.middleware.HideKeys) nor kept.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from ct_platform.kit.actor import Actor, SeatKind
from members.rules import fold
from members.spelling import pattern_of

LONGEST, SHORTEST, MOST_WORDS = 80, 2, 6
# Lines of one sort; whoever wants more types more.
SHOWN = 8
# Fewer digits than this would find everybody.
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: as typed, as folded words, and as the digits of a phone or a number."""

    text: str
    words: tuple[str, ...]
    digits: str

    @classmethod
    def read(cls, typed: str) -> "Query":
        text = " ".join(typed.split())[:LONGEST]
        digits = re.sub(r"\D", "", text)
        return cls(text, tuple(fold(text).split()[:MOST_WORDS]), digits)

    @property
    def is_searchable(self) -> bool:
        return max((len(word) for word in self.words), default=0) >= SHORTEST

    @property
    def phone(self) -> str:
        """The end of an E.164 number ("06 39 98" → "63998"); "" when what was typed is no phone."""
        if re.search(r"[^\d\s.+()/-]", self.text) or len(self.digits) < DIGITS:
            return ""
        return self.digits.removeprefix("0033").removeprefix("33").lstrip("0")


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    text: str = ""
    url: str = ""
    icon: str = "papier"


@dataclass(frozen=True, slots=True)
class Group:
    """What one finder found. `more`: there is more than is shown."""

    title: str
    hits: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Finder:
    """find(actor, query): hits, the best first, SHOWN + 1 at most. Only these seats ask it."""

    code: str
    rank: int
    title: Any
    seats: frozenset[SeatKind]
    find: Callable[[Actor, Query], Iterable[Hit]]


_finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    _finders[finder.code] = finder


def search(actor: Actor, query: Query) -> list[Group]:
    """What this seat finds, sort by sort. A query or two for each finder of the seat."""
    if not query.is_searchable:
        return []
    groups = []
    for finder in sorted(_finders.values(), key=lambda one: one.rank):
        if actor.kind in finder.seats:
            hits = list(finder.find(actor, query))
            if hits:
                groups.append(Group(str(finder.title), hits[:SHOWN], len(hits) > SHOWN))
    return groups


def matching(rows: QuerySet[Any], query: Query, *columns: str) -> QuerySet[Any]:
    """Rows where each word typed stands in one of the columns, accents and case apart.

    Words written in one or in two find each other: "benali" finds "Ben Ali", and the reverse.
    """
    # One text, one look for each word: a thousand sales are read in a few milliseconds.
    said: Any = Concat(*_parted(columns), output_field=CharField()) if columns[1:] else columns[0]
    found: QuerySet[Any] = rows.alias(searched=F(said) if isinstance(said, str) else said)
    for word in query.words:
        found = found.filter(searched__regex=pattern_of(word))
    return found


def _parted(columns: Iterable[str]) -> Iterable[Any]:
    """The columns with a line between them, so that no word straddles two."""
    for n, column in enumerate(columns):
        if n:
            yield Value("|")
        yield column
