"""Acts at the very same moment on tokens and open years. SQLite hides it: PostgreSQL only."""

import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from reports.models import ApiToken, OpenFile, OpenRelease
from reports.services.tokens import close_token, make_token
from tests.at_once import together
from tests.factories import NOW, TODAY
from tests.reports.api.machine import token_of
from tests.reports.merged_scene import ended_cohorts
from tests.reports.open_data.test_open_data import opened, published

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_year_opened_by_three_at_once_is_opened_once(people):
    ended_cohorts(people, people.a.territory, 3)
    edition = published(people)
    found = together(*[lambda: opened(people, edition)] * 3)
    assert len({one.pk for one in found}) == 1
    assert OpenRelease.objects.count() == 1
    assert OpenFile.objects.count() == 6


def test_the_fifth_token_is_made_once(people):
    for n in range(4):
        token_of(people, called=f"Un {n}")

    def make(called: str):
        return lambda: make_token(
            name=called, purpose="x", expires_on=TODAY + dt.timedelta(days=9),
            actor=people.actor("elsa"), at=NOW,
        )  # fmt: skip

    found = together(make("A"), make("B"), make("C"))
    assert sum(isinstance(one, Refused) for one in found) == 2
    assert ApiToken.objects.count() == 5


def test_a_token_closed_by_two_at_once_is_closed_once(people):
    token, _secret = token_of(people)

    def close(name: str):
        return lambda: close_token(token=token, actor=people.actor(name), at=NOW)

    together(close("elsa"), close("nora"))
    assert TransitionLog.objects.filter(model="reports.apitoken", new="closed").count() == 1
