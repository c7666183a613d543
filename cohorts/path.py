"""A person's path on one screen: a registry. Each app adds its part in one function.

Most parts only count and date: they give rows of one shape (`facts`), read together in one UNION, so
that a part more is not a query more. A part that needs richer rows asks them itself in `tell`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    Max,
    Min,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor


class Stage(IntEnum):
    """The chapters, in the order of a path. A branch of the house may tell one, or several parts of one."""

    APPLYING = 10
    SELECTION = 20
    ENTRY = 30
    CONTRACT = 40
    SESSIONS = 50
    HOURS = 60
    MANDATES = 70
    DECISIONS = 80
    SKILLS = 90
    PAY = 100
    PAPERS = 110
    NEXT = 120
    EXIT = 130
    FOLLOW_UP = 140


TITLES: dict[Stage, Promise] = {
    Stage.APPLYING: _("Candidature"),
    Stage.SELECTION: _("Sélection"),
    Stage.ENTRY: _("Dossier d’entrée"),
    Stage.CONTRACT: _("Contrat"),
    Stage.SESSIONS: _("Séances signées"),
    Stage.HOURS: _("Heures"),
    Stage.MANDATES: _("Mandats"),
    Stage.DECISIONS: _("Décisions portées"),
    Stage.SKILLS: _("Compétences confirmées"),
    Stage.PAY: _("Paie"),
    Stage.PAPERS: _("Papiers"),
    Stage.NEXT: _("La suite"),
    Stage.EXIT: _("Sortie"),
    Stage.FOLLOW_UP: _("Suivi après la sortie"),
}
State = Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a part. `key` is a code or a title; `amount` minutes, a number, an id: its part knows."""

    key: str
    count: int
    amount: int
    first_on: dt.date | None
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads whose path, when, and the facts of the part that is asked."""

    enrolment: Enrolment
    actor: Actor
    today: dt.date
    facts: list[Fact]

    @property
    def own(self) -> bool:
        """The person themself: told "tu", sent to their own pages."""
        return self.actor.is_cooperant


@dataclass(frozen=True, slots=True)
class Item:
    """A line inside a chapter."""

    text: str
    on: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one part tells. Dates are inclusive; `first_on` None when nothing is dated."""

    text: str
    icon: str
    state: State = "done"
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    items: tuple[Item, ...] = ()
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """tell(reading): the chapter, or None when there is nothing to say to this reader.

    facts(enrolment, actor): rows shaped by `facts_of`, or None for a part without.
    """

    code: str
    stage: Stage
    tell: Callable[[Reading], Chapter | None]
    facts: Callable[[Enrolment, Actor], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A stage with its chapters, as the page shows it."""

    stage: Stage
    chapters: list[Chapter] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.stage])

    @property
    def icon(self) -> str:
        return self.chapters[0].icon

    @property
    def state(self) -> State:
        states = {one.state for one in self.chapters}
        return "now" if "now" in states else "done" if "done" in states else "later"


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a part; of two of the same code the later stands."""
    _parts[part.code] = part


def path_of(enrolment: Enrolment, actor: Actor, today: dt.date) -> list[Told]:
    """The whole path, for a reader already allowed. One query, and those of the parts that ask their own."""
    facts = _facts(enrolment, actor)
    told: dict[Stage, Told] = {}
    for part in sorted(_parts.values(), key=lambda one: (one.stage, one.code)):
        chapter = part.tell(Reading(enrolment, actor, today, facts.get(part.code, [])))
        if chapter is not None:
            told.setdefault(part.stage, Told(part.stage)).chapters.append(chapter)
    return list(told.values())


def _facts(enrolment: Enrolment, actor: Actor) -> dict[str, list[Fact]]:
    rows = [
        part.facts(enrolment, actor).annotate(p_code=Value(part.code, CharField())).values_list(
            "p_code", "p_key", "p_count", "p_amount", "p_first", "p_last"
        )
        for part in _parts.values()
        if part.facts is not None
    ]  # fmt: skip
    if not rows:
        return {}
    found: dict[str, list[Fact]] = {}
    for code, *values in rows[0].union(*rows[1:], all=True):
        found.setdefault(code, []).append(Fact(*values))
    for facts in found.values():
        facts.sort(key=lambda one: (one.first_on or dt.date.max, one.key))
    return found


def facts_of(
    rows: QuerySet[Any],
    *,
    key: Combinable | str,
    first: str,
    last: Combinable | str = "",
    amount: Any = None,
    count: Any = None,
    grouped: bool = False,
) -> QuerySet[Any]:
    """Rows in the shape of Fact: one each, or one for each key when `grouped`.

    `first` and `last` name a date or an instant (taken as its day in Paris); grouped, they give the
    earliest and the latest. `amount` is a column, or an aggregate when grouped.
    """
    rows = rows.order_by()
    begun, ended = _day(rows, first), _day(rows, last or first)
    named = {"p_key": Cast(F(key) if isinstance(key, str) else key, CharField())}
    whole = Cast(F(amount) if isinstance(amount, str) else amount or Value(0), BigIntegerField())
    if grouped:
        found: QuerySet[Any] = rows.annotate(**named).values("p_key").annotate(
            p_count=count or Count("pk"), p_amount=whole, p_first=Min(begun), p_last=Max(ended)
        )  # fmt: skip
    else:
        found = rows.annotate(
            **named, p_count=Value(1), p_amount=whole, p_first=begun, p_last=ended
        )
    return found


def _day(rows: QuerySet[Any], column: Combinable | str) -> Any:
    if not isinstance(column, str):
        return Cast(column, DateField())
    kept = rows.model
    for name in column.split("__")[:-1]:
        kept = kept._meta.get_field(name).related_model
    if isinstance(kept._meta.get_field(column.split("__")[-1]), DateTimeField):
        return TruncDate(column, tzinfo=clock.PARIS)
    return Cast(F(column), DateField())
