"""The registry of what an adopted decision does. `payroll` registers its own from ready()."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.forms import Form

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from decisions.models import Outcome

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer put to the vote: `code` is what apply() reads in outcome.winner.code."""

    code: str
    label: str
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """One answer tried on the same facts: amounts in euros, ascending, without any name.

    Empty with `why`, one French sentence, when the answer cannot be tried yet.
    """

    label: str
    amounts: tuple[Decimal, ...]
    total: Decimal
    why: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """ "Et si ?": every answer on the same facts. `basis` says in French which facts."""

    caption: str
    basis: tuple[str, ...]
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a decision can do.

    form: asked when the vote is opened; `settings` turns its cleaned data into JSON settings.
    question: proposed wording. choices: settings → the answers put to the vote.
    starts_on: settings → first day the effect may take force.
    preview: (settings, day it would take force) → French sentences shown before voting.
    what_if: (cohort_id, settings, day) → the answers tried on facts, for whoever opens the vote.
    own_lines: (enrolment_id, cohort_id, settings, day) → per answer code, one private sentence
    for that person. apply: called in the transaction of the outcome with the outcome and the day
    it takes force; returns the sentence of what it did; raises Refused when it cannot (the
    outcome stands, the effect is "blocked" with that sentence).
    """

    code: str
    label: "StrOrPromise"
    icon: str
    summary: "StrOrPromise"
    question: "StrOrPromise"
    form: type[Form]
    settings: Callable[[Mapping[str, Any]], dict[str, Any]]
    choices: Callable[[Settings], list[Choice]]
    starts_on: Callable[[Settings], dt.date]
    preview: Callable[[Settings, dt.date], list[str]]
    apply: Callable[["Outcome", dt.date], str]
    what_if: Callable[[int, Settings, dt.date], WhatIf] | None = None
    own_lines: Callable[[int, int, Settings, dt.date], dict[str, str]] | None = None


_effects: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    if effect.code in _effects:
        raise ValueError(f"effect {effect.code} is registered twice")
    _effects[effect.code] = effect


def get(code: str) -> Effect:
    """The effect of that code; KeyError when nobody registered it."""
    return _effects[code]


def find(code: str) -> Effect | None:
    return _effects.get(code)


def all_effects() -> list[Effect]:
    return [_effects[code] for code in sorted(_effects)]
