"""Two decisions that do the same, counted at the same moment: one is applied, one is blocked."""

import datetime as dt

import pytest

from cohorts.models import Enrolment, Mandate
from ct_platform.kit.errors import Refused
from decisions.models import Outcome
from decisions.services import polls
from decisions.services.outcomes import apply_again
from projects.models import SpendingLimit
from tests.at_once import together
from tests.decisions.assembly import CLOSES_AT, ask, close, everybody, typed_settings
from tests.factories import TODAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_counts_give_one_mandate_and_one_blocked_decision(people):
    amina = people.enrolments["amina"]
    typed = {"title": "Caisse", "people": [amina.pk], "replaces": ""}
    opened = [ask(people, "mandate", typed_settings(people, "mandate", typed)) for _ in range(2)]
    for poll in opened:
        everybody(poll, {"grades": {f"person-{amina.pk}": 4}})
    together(*[lambda p=p: polls.close_poll(poll=p, actor=None, at=CLOSES_AT) for p in opened])
    assert sorted(Outcome.objects.values_list("effect_state", flat=True)) == ["applied", "blocked"]
    assert Mandate.objects.count() == 1


def test_many_second_tries_apply_once(people):
    bastien = people.enrolments["bastien"]
    typed = {"label": "Bâche", "amount": "90", "holder": bastien.pk}
    poll = ask(people, "spending_limit", typed_settings(people, "spending_limit", typed))
    everybody(poll, {"choice": "for"})
    row = Enrolment.objects.filter(pk=bastien.pk)
    row.update(state="left", left_on=TODAY)
    outcome = close(poll)
    row.update(state="active", left_on=None)
    actor, later = people.actor("driss"), CLOSES_AT + dt.timedelta(days=1)
    answers = together(
        *[lambda: apply_again(outcome=outcome, actor=actor, at=later) for _ in range(4)]
    )
    assert not [answer for answer in answers if isinstance(answer, Refused)]
    assert SpendingLimit.objects.count() == 1
