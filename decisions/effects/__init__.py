"""The registry of what an adopted decision does. `payroll` registers its own from ready()."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form

if TYPE_CHECKING:
    from decisions.models import Outcome


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer put to the vote: `code` is what apply() reads in outcome.winner.code."""

    code: str
    label: str
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a decision can do.

    form: asked when the proposal is written (cleaned into JSON settings by `settings`).
    choices: settings → the answers put to the vote. preview: (cohort_id, settings) → French
    sentences shown before voting. apply: called in the transaction of the outcome with the
    outcome and the day it takes force; returns the sentence of what it did; raises Refused when
    it cannot (the outcome stands, the effect is "blocked" with that sentence).
    """

    code: str
    label: str
    form: type[Form]
    settings: Callable[[Mapping[str, Any]], dict[str, Any]]
    choices: Callable[[Mapping[str, Any]], list[Choice]]
    preview: Callable[[int, Mapping[str, Any]], list[str]]
    apply: Callable[["Outcome", dt.date], str]


_effects: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    if effect.code in _effects:
        raise ValueError(f"effect {effect.code} is registered twice")
    _effects[effect.code] = effect


def get(code: str) -> Effect:
    return _effects[code]


def all_effects() -> list[Effect]:
    return [_effects[code] for code in sorted(_effects)]
