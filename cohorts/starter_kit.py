"""What a cohort leaves to the next one: a starter kit, without anybody in it.

Each app registers its parts from ready(). A kit is a JSON object, "ct-kit/1":

    {"format": "ct-kit/1", "parts": {"frame": [...], "sessions": [...], ...}}

A part is a list of items; each is an object of texts, numbers and lists, described by its part:
- frame (one item): days (length, both days counted), seats, pitch, eu_funded, programme (its code);
- phases: kind, week and weekday of its two days (starts, ends: [week, weekday]);
- sessions: kind, title, note, week, weekday, halves [{half, starts, ends}] in civil hours of Paris;
- projects: name, trade, trade_label (a trade of one’s own), products [{name, unit, category, price}]
  (a price VAT included, or ""); ideas: project (its name), kind, title, months, needs, steps;
  offers: project (its name), title, content, season, price, quantity;
- statutes (one item): the rules of voting; rules: title, text;
- skills: title, meaning.
Week 0 is the week of the first day, weekday 0 is Monday. Never in it: people, attendance, addresses,
dates. Contract terms are the host's and stay with the host.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

FORMAT = "ct-kit/1"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a kit.

    read: cohort → its items. say: item → a line for whoever chooses. fault: item → what is wrong with
    it in one French sentence, "" when it can be written. write: (new cohort, items, actor, at) → the
    sentences of what could not be taken over; called in the transaction that creates the cohort.
    """

    code: str
    title: "StrOrPromise"
    read: Callable[[Cohort], list[dict[str, Any]]]
    say: Callable[[Item], str]
    fault: Callable[[Item], str]
    write: Callable[[Cohort, Sequence[Item], Actor, "dt.datetime"], list[str]]


@dataclass(frozen=True, slots=True)
class Kit:
    """Items by part."""

    parts: Mapping[str, Sequence[Item]] = field(default_factory=dict)

    def of(self, code: str) -> Sequence[Item]:
        return self.parts.get(code, ())

    @property
    def frame(self) -> Item:
        return next(iter(self.of("frame")), {})


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    if part.code in _parts:
        raise ValueError(f"kit part {part.code} is registered twice")
    _parts[part.code] = part


def all_parts() -> list[Part]:
    return list(_parts.values())


def find(code: str) -> Part | None:
    return _parts.get(code)
