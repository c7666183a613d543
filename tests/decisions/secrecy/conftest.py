"""A cohort of fifteen and a secret vote on how it shares."""

from dataclasses import dataclass

import pytest

from cohorts.models import Enrolment
from decisions.enums import Secrecy
from decisions.models import Poll
from decisions.rules.terms import Terms
from decisions.selectors import secrecy
from tests.decisions.assembly import fill, put_to_vote
from tests.decisions.secrecy.papers import in_assembly


@dataclass
class SecretVote:
    poll: Poll
    voters: list[Enrolment]


@pytest.fixture
def secret_kept_here(monkeypatch):
    """The logic of secret votes, where the database of the suite is one file."""
    monkeypatch.setattr(secrecy, "offered", lambda: tuple(Secrecy))


@pytest.fixture
def vote_of(people, secret_kept_here):
    """`vote_of(15)`: a secret vote on a roll of fifteen."""

    def make(roll: int = 15, **changes) -> SecretVote:
        voters = fill(people.a.cohort, roll)
        return SecretVote(put_to_vote(people, terms=Terms(secrecy="secret"), **changes), voters)

    return make


@pytest.fixture
def eight(people):
    return fill(people.a.cohort, 8)


@pytest.fixture
def poll(people, eight, secret_kept_here):
    return in_assembly(people, eight, put_to_vote(people, terms=Terms(secrecy="secret")))
