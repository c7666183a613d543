"""The law read from a register already loaded is the law the database tells, in every state of an effect."""

import datetime as dt

import pytest

from decisions.enums import EffectState
from decisions.models import Outcome
from decisions.selectors.register import all_in_force, law_among
from tests import factories as make
from tests.decisions.assembly import decide, fill
from tests.factories import NOW

DAYS = [dt.date(2026, 11, 26), dt.date(2026, 11, 27), dt.date(2026, 12, 10), dt.date(2027, 1, 5)]


@pytest.fixture
def register(people):
    """A price, a text with an end, a text, and the same price again."""
    fill(people.a.cohort, 3)
    project = make.ProjectFactory(cohort=people.a.cohort)
    price = {
        "project": str(project.pk),
        "label": "Bouquet",
        "unit": "le bouquet",
        "in_force_from": None,
        "amounts": "",
    }
    text = {"owner": "", "name": "", "in_force_from": None, "review_on": None, "ends_on": None}
    yes, consent = {"choice": "for"}, {"voice": "consent"}
    first = decide(people, "price", price | {"amount": "10.00"}, yes)
    ending = decide(people, "living_rule", text | {"ends_on": "2026-12-05"}, consent, title="A ?")
    lasting = decide(people, "living_rule", text, consent, title="B ?")
    later = decide(
        people,
        "price",
        price | {"amount": "12.00", "in_force_from": "2026-12-08"},
        yes,
        title="C ?",
    )
    settings = {"decision": str(lasting.number), "title": "B ?", "in_force_from": None}
    repeal = decide(people, "repeal", settings, yes, title="D ?")
    return first, ending, lasting, later, repeal


def test_the_latest_on_a_subject_holds_until_it_ends_or_is_repealed(people, register):
    first, ending, lasting, later, _repeal = register
    cohort = people.a.cohort.pk
    on = {day: all_in_force(cohort, day) for day in DAYS}
    assert first not in on[DAYS[0]]
    assert first in on[DAYS[1]] and ending in on[DAYS[1]]
    assert lasting not in on[DAYS[1]]  # repealed the same evening
    assert first not in on[DAYS[2]] and ending not in on[DAYS[2]] and later in on[DAYS[2]]


@pytest.mark.parametrize("state", EffectState.values)
def test_the_register_read_once_and_the_database_agree(people, register, state):
    _first, ending, _lasting, later, repeal = register
    for one in (ending, later, repeal):
        Outcome.objects.filter(pk=one.pk).update(effect_state=state)
        rows = Outcome.objects.of_cohort(people.a.cohort.pk)
        for day in DAYS:
            held = rows.in_force(day)
            told = law_among(rows.select_related("poll__proposal"), day)
            assert {row.pk for row in rows if row.has_begun(day)} == {r.pk for r in rows.begun(day)}
            assert {row.pk for row in told} <= {row.pk for row in held}
            laws = {row.law: row for row in rows.begun(day).order_by("number")}
            holds = {row.pk for row in held}
            expected = {row.pk for row in laws.values() if row.pk in holds}
            assert {row.pk for row in told} == {
                pk for pk in expected if rows.get(pk=pk).poll.proposal.effect_code != "repeal"
            }


def test_no_query_is_asked_when_the_register_was_read(people, register, django_assert_num_queries):
    known = list(Outcome.objects.select_related("poll__proposal").order_by("-number"))
    with django_assert_num_queries(0):
        law_among(known, NOW.date())
