"""Questions of every kind, put by effects that exist in tests only: they change nothing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cohorts.models import Enrolment
from decisions import effects
from decisions.effects import Choice, Effect, EffectForm
from decisions.models import Poll
from decisions.rules.chooser import Subject
from decisions.rules.terms import Terms
from decisions.services import ballots
from tests.decisions.assembly import CLOSES_AT, actor_of, put_to_vote
from tests.factories import NOW
from tests.personas import People

YES_NO, USES = "test_yes_no", "test_uses"
# voting.md, §2, equal shares: what each use costs, in cents.
COSTS = {
    "outils": ("Des outils", 12000), "fete": ("Une fête", 15000), "don": ("Un don", 6000),
    "bache": ("Une bâche", 9000), "tabliers": ("Des tabliers", 4500),
}  # fmt: skip
BUDGET = 30000


def _effect(code: str, choices: Any) -> Effect:
    return Effect(
        code=code, label=code, icon="urne", summary="", question="", subject=Subject.PICK,
        form=EffectForm, settings=dict, starts_on=lambda settings: dt.date(2026, 12, 1),
        preview=lambda settings, day: [], apply=lambda outcome, day: "C’est fait.",
        choices=choices,
    )  # fmt: skip


@contextmanager
def registered() -> Iterator[None]:
    added = (
        _effect(YES_NO, lambda settings: []),
        _effect(USES, lambda settings: [Choice(c, w, "", n) for c, (w, n) in COSTS.items()]),
    )
    for one in added:
        effects.register(one)
    try:
        yield
    finally:
        for one in added:
            del effects._effects[one.code]


def ask(
    people: People,
    method: str,
    rule: dict[str, Any] | None = None,
    secrecy: str = "open",
    **extra: Any,
) -> Poll:
    """Driss puts a question to cohort A by that method: a text, uses of a reserve, sharing rules."""
    terms = Terms(method, rule or {}, secrecy)
    if method in ("majority", "consent"):
        said = {"effect_code": YES_NO, "title": "Ouvrir le samedi ?"}
        said |= {"text": "Le marché, de 8 h à 13 h.", "effect_settings": {"n": 1}}
    elif method == "equal-shares":
        terms = Terms(method, {"budget": BUDGET, **(rule or {})}, secrecy)
        said = {"effect_code": USES, "effect_settings": {}, "title": "Que faire de la réserve ?"}
    else:
        said = {}
    return put_to_vote(people, terms=terms, **(said | extra))


def say(poll: Poll, enrolment: Enrolment, at: dt.datetime = NOW, **ballot: Any) -> str:
    """`say(poll, amina, choice="for")`, `say(poll, amina, blank=True)`."""
    return ballots.cast(poll=poll, ballot=ballot, actor=actor_of(enrolment), at=at)


__all__ = ["BUDGET", "CLOSES_AT", "COSTS", "USES", "YES_NO", "ask", "registered", "say"]
