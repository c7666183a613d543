"""Who gave no sign for a week: dates only, for who accompanies them; never a secret vote, nor one under way."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.models import Cohort, Contract, Enrolment
from ct_platform.home.silence import quiet_among, with_last_signs
from decisions.models import Elector
from decisions.services import ballots
from members.models import User
from tests import factories as make
from tests.cohorts.calendar_verbs import plan, sign, slot_of
from tests.decisions.assembly import put_to_vote, unguarded
from tests.factories import NOW, TODAY

WEEK = dt.timedelta(days=7)


def quiet(people, today=TODAY) -> set[str]:
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    rows = list(with_last_signs(Enrolment.objects.of_cohort(cohort.pk).active()))
    return {one.enrolment.person.first_name for one in quiet_among(cohort, rows, today)}


def test_who_gave_no_sign_is_named(people):
    assert quiet(people) == {"Amina", "Bastien"}


def test_hours_a_signature_or_coming_in_are_signs(people):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], day=TODAY - dt.timedelta(days=6))
    assert quiet(people) == {"Bastien"}
    User.objects.filter(pk=people.user("bastien").pk).update(last_login=NOW - dt.timedelta(days=2))
    assert quiet(people) == set()


def test_a_signature_is_a_sign(people):
    sign(people, slot_of(plan(people)), "bastien")
    assert quiet(people) == {"Amina"}


def test_the_eighth_day_speaks_and_the_seventh_does_not(people):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], day=TODAY - WEEK)
    make.WorkEntryFactory(
        enrolment=people.enrolments["bastien"], day=TODAY - WEEK + dt.timedelta(days=1)
    )
    assert quiet(people) == {"Amina"}


def test_hours_struck_out_are_no_sign(people):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], withdrawn_at=NOW)
    assert "Amina" in quiet(people)


def test_who_entered_this_week_or_left_is_not_looked_for(people):
    Contract.objects.filter(enrolment=people.enrolments["amina"]).update(
        starts_on=TODAY - dt.timedelta(days=3)
    )
    assert quiet(people) == {"Bastien"}


@pytest.mark.parametrize("state", ["draft", "recruiting", "closing", "archived"])
def test_outside_the_running_weeks_nobody_is_looked_for(people, state):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=state)
    assert quiet(people) == set()


def test_an_open_vote_that_is_over_is_a_sign_and_one_under_way_is_not(people):
    """While people vote, who did is told to nobody."""
    poll = questions_asked(people)
    assert "Amina" in quiet(people)
    type(poll).objects.filter(pk=poll.pk).update(state="counted", closed_at=NOW)
    assert "Amina" not in quiet(people)


def test_a_secret_vote_is_never_a_sign(people):
    poll = questions_asked(people)
    with unguarded():
        type(poll).objects.filter(pk=poll.pk).update(
            state="counted", closed_at=NOW, secrecy="secret"
        )
    assert Elector.objects.get(poll=poll, enrolment=people.enrolments["amina"]).used
    assert "Amina" in quiet(people)


def questions_asked(people):
    """A vote in which Amina voted today."""
    poll = put_to_vote(people)
    ballots.cast(poll=poll, ballot={"choice": "equal"}, actor=people.actor("amina"), at=NOW)
    return poll


def test_the_board_asks_to_take_news_and_shows_dates_only(people, enter):
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], day=dt.date(2026, 11, 3), note="Mot privé"
    )
    page = (
        enter("driss")
        .get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
        .content.decode()
    )
    assert "Prenez de leurs nouvelles" in page
    assert "Dernières heures\u00a0: 3 novembre" in page
    assert "Mot privé" not in page
    assert reverse("cohorts:path", args=[people.a.cohort.pk, people.enrolments["amina"].pk]) in page


@pytest.mark.parametrize("name", ["dalia", "helene", "elsa", "nora", "amina"])
def test_nobody_else_reads_who_is_silent(people, enter, name):
    answer = enter(name).get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
    assert answer.status_code in (403, 404)
