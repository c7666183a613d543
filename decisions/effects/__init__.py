"""The registry of what an adopted decision does. `payroll` registers its own from ready()."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.forms import Form

from ct_platform.kit import clock
from decisions.rules.chooser import ABOUT_A_PERSON, Subject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cohorts.models import Cohort
    from decisions.models import Outcome

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer put to the vote: `code` is what apply() reads in outcome.winners.

    `cents`: what it costs, in whole cents, where a reserve is shared among several uses.
    """

    code: str
    label: str
    help_text: str = ""
    cents: int = 0


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
class Partly:
    """What an effect did, and what of it could not be done yet: in force, and a task for somebody."""

    done: str
    missing: str


class EffectForm(Form):
    """The form of an effect: built for one cohort, so that it offers its people and its things.

    Its fields are named as the settings: `initial=settings` shows a wording again, to correct it.
    """

    def __init__(self, *args: Any, cohort: "Cohort", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.today = clock.today()
        self.offer()

    def offer(self) -> None:
        """Put the cohort's own people and things in the fields."""


def _alone(settings: Settings) -> str:
    return ""


def _nobody(settings: Settings) -> frozenset[int]:
    return frozenset()


def _never(settings: Settings) -> None:
    return None


def _no_parameter(settings: Settings, method: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a decision can do.

    subject: what is being decided, for the chooser of methods.
    form: asked when the proposal is written; `settings` turns its cleaned data into JSON settings.
    question: proposed wording. choices: settings → the answers put to the vote; none for a yes or no.
    starts_on: settings → first day the effect may take force; None: at the end of the vote.
    rule: (settings, method code) → parameters of the method that the form asks: seats, a budget.
    law: settings → what the decision is the law about ("sharing_rule", "price:panier"): the latest
    on a law holds, and one vote at a time is open on it; "" for a decision that stands by itself.
    concerned: settings → enrolments the decision is about, who may be kept off the roll.
    ends_on, review_on: settings → last day in force, day on which the group looks at it again.
    repeals: settings → the number of the decision it ends.
    preview: (settings, day it would take force) → French sentences shown before voting.
    what_if: (cohort_id, settings, day) → the answers tried on facts, for whoever opens the vote.
    own_lines: (enrolment_id, cohort_id, settings, day) → per answer code, one private sentence
    for that person. apply: called in the transaction of the outcome with the outcome and the day
    it takes force; returns the sentence of what it did, or Partly; raises Refused when it can do
    nothing (the outcome stands, the effect is "blocked" with that sentence). Tried again after
    Partly, it does what was missing and nothing twice.
    undo: (outcome that a decision repeals, number of that decision, its day) → the sentence of what
    ended that day; without it a repeal ends the law and what was done stays done.
    only_replaced: why another decision on the same law is the only way out of it, in a sentence for
    everybody (statutes, sharing rule); empty when a repeal ends it.
    act: done once and over, it is never "in force" afterwards.
    """

    code: str
    label: "StrOrPromise"
    icon: str
    summary: "StrOrPromise"
    question: "StrOrPromise"
    subject: Subject
    form: type[EffectForm]
    settings: Callable[[Mapping[str, Any]], dict[str, Any]]
    starts_on: Callable[[Settings], dt.date | None]
    preview: Callable[[Settings, dt.date], list[str]]
    apply: Callable[["Outcome", dt.date], str | Partly]
    choices: Callable[[Settings], list[Choice]] = lambda settings: []
    law: Callable[[Settings], str] = _alone
    concerned: Callable[[Settings], frozenset[int]] = _nobody
    ends_on: Callable[[Settings], dt.date | None] = _never
    review_on: Callable[[Settings], dt.date | None] = _never
    repeals: Callable[[Settings], int | None] = _never
    rule: Callable[[Settings, str], Mapping[str, Any]] = _no_parameter
    undo: Callable[["Outcome", int, dt.date], str] | None = None
    only_replaced: "StrOrPromise" = ""
    act: bool = False
    what_if: Callable[[int, Settings, dt.date], WhatIf] | None = None
    own_lines: Callable[[int, int, Settings, dt.date], dict[str, str]] | None = None

    @property
    def about_person(self) -> bool:
        """It concerns somebody by name: sealed unless the group says otherwise."""
        return self.subject in ABOUT_A_PERSON


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
