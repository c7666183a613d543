"""Verbs of the assembly, so that tests read as what people do."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from decisions import effects
from decisions.migrations import _guards
from decisions.models import Ballot, Outcome, Poll
from decisions.rules import tally
from decisions.rules.chooser import advise
from decisions.rules.terms import Terms
from decisions.services import ballots, opening, polls
from members.seats import seats_of
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People

# Friday 27 November 2026, 18 h in Paris.
CLOSES_AT = dt.datetime(2026, 11, 27, 17, 0, tzinfo=dt.UTC)
ALL_KINDS = ["production", "meeting", "training", "committee"]
SETTINGS = {"counted_kinds": ALL_KINDS, "in_force_from": "2026-12-01"}


def member(cohort: Cohort, **extra: Any) -> Enrolment:
    """One more coopérant of the cohort, with an account."""
    return make.EnrolmentFactory(cohort=cohort, person=make.PersonFactory(account=True), **extra)


def fill(cohort: Cohort, total: int) -> list[Enrolment]:
    """Bring the cohort to `total` voters, and give them all by key."""
    voters = Enrolment.objects.filter(cohort=cohort).entitled_to_vote(TODAY).order_by("pk")
    for _ in range(total - voters.count()):
        member(cohort)
    return list(voters.all())


def actor_of(enrolment: Enrolment) -> Actor:
    person = enrolment.person
    return Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])


@contextmanager
def unguarded() -> Iterator[None]:
    """As somebody with the keys of the database could: without its triggers."""

    def execute(sql: str, params: None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    schema = SimpleNamespace(connection=connection, execute=execute)
    _guards.unguard(schema)
    yield
    _guards.guard(schema)


def put_to_vote(people: People, **changes: Any) -> Poll:
    """Driss asks cohort A how to share; the vote closes on Friday at 18 h."""
    terms: dict[str, Any] = {
        "cohort": people.a.cohort,
        "title": "Comment partager l’argent ?",
        "effect_code": "sharing_rule",
        "effect_settings": SETTINGS,
        "closes_at": CLOSES_AT,
        "actor": people.actor("driss"),
        "at": NOW,
    }
    return opening.put_to_vote(**terms | changes)


def vote(poll: Poll, enrolment: Enrolment, code: str | None, at: dt.datetime = NOW) -> Ballot:
    ballot = {"blank": True} if code is None else {"choice": code}
    ballots.cast(poll=poll, ballot=ballot, actor=actor_of(enrolment), at=at)
    return Ballot.objects.get(elector__poll=poll, elector__enrolment=enrolment)


def all_vote(poll: Poll, voters: list[Enrolment], codes: str) -> None:
    """ "hhe-b": the first two choose hours, one equal, one stays home, one votes blank."""
    words = {"e": "equal", "h": "hours", "m": "half", "b": None}
    for enrolment, letter in zip(voters, codes, strict=True):
        if letter != "-":
            vote(poll, enrolment, words[letter])


def close(poll: Poll, at: dt.datetime = CLOSES_AT, **extra: Any) -> Outcome:
    outcome = polls.close_poll(poll=poll, actor=None, at=at, **extra)
    assert outcome is not None
    return outcome


def tally_of_choice(votes: dict[str, int]) -> dict[str, Any]:
    """The tally of a choice in which everybody voted, as the register keeps it."""
    number = sum(votes.values())
    document = {
        "format": "ct-ballots/1", "method": "choice", "poll": "0", "roll": max(number, 1),
        "options": [{"id": code} for code in votes], "rule": {},
        "aggregate": votes, "cast": number, "blank": 0,
    }  # fmt: skip
    return tally.tally(document) | {"again": [], "winner_labels": []}


def typed_settings(people: People, code: str, typed: dict[str, Any]) -> dict[str, Any]:
    """What the coordinator of cohort A types for an effect, as its settings."""
    effect = effects.get(code)
    form = effect.form(typed, cohort=people.a.cohort)
    assert form.is_valid(), form.errors
    return effect.settings(form.cleaned_data)


def ask(people: People, code: str, settings: dict[str, Any], **changes: Any) -> Poll:
    """Put an effect to an open vote, by the method that the chooser recommends."""
    advice = advise(effects.get(code).subject)
    asked: dict[str, Any] = {
        "title": str(effects.get(code).question),
        "effect_code": code,
        "effect_settings": settings,
        "terms": Terms(advice.method, advice.rule, "open"),
    }
    return put_to_vote(people, **asked | changes)


def everybody(poll: Poll, ballot: dict[str, Any], at: dt.datetime = NOW) -> None:
    """The whole roll casts the same open ballot."""
    for elector in poll.electors.select_related("enrolment__person"):
        ballots.cast(poll=poll, ballot=ballot, actor=actor_of(elector.enrolment), at=at)


def decide(
    people: People, code: str, settings: dict[str, Any], ballot: dict[str, Any], **changes: Any
) -> Outcome:
    """Everybody agrees: the outcome, counted on Friday at 18 h."""
    poll = ask(people, code, settings, **changes)
    everybody(poll, ballot, at=changes.get("at", NOW))
    return close(poll, at=poll.closes_at)
