"""Kinds of programmes: three of the network, a host's own, ages, and what a minor enters with."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from cohorts.migrations import _programmes
from cohorts.models import Cohort, Enrolment, Programme
from cohorts.services.enrolments import admit
from cohorts.services.imports import enter_one
from ct_platform.kit.errors import Refused
from members.models import Consent
from tests import factories as make
from tests.factories import NOW

BORN = "2010-01-15"  # sixteen on the day of the suite


def typed_programme(**changes) -> dict:
    return {
        "submission_key": str(uuid.uuid4()),
        "name": "Coopérative de saison",
        "code": "saison",
        "shortest_days": 30,
        "longest_days": 60,
        "lowest_age": 18,
        "highest_age": "",
        "fewest_seats": 5,
        "usual_seats": 8,
        "most_seats": 10,
        "minor_day_hours": 7,
        "minor_week_hours": 30,
    } | changes


@pytest.fixture
def cjs(people):
    """A summer cooperative of cohort A's territory."""
    return make.CohortFactory(
        territory=people.a.territory,
        host=people.a.host,
        programme=make.ProgrammeFactory(cjs=True),
        starts_on=dt.date(2027, 7, 1),
        ends_on=dt.date(2027, 8, 20),
        state="recruiting",
    )


def values(**changes) -> dict:
    return {"first_name": "Zoé", "last_name": "Martin", "birth_date": BORN} | changes


# --- the three of the network


def test_the_seed_makes_three_programmes_once(people):
    Programme.objects.exclude(code="ct").delete()
    _programmes.seed(apps, None)
    _programmes.seed(apps, None)
    found = {one.code: one for one in Programme.objects.all()}
    assert set(found) == {"ct", "cjm", "cjs"}
    assert (found["ct"].shortest_days, found["ct"].longest_days) == (84, 190)
    assert found["ct"].highest_age is None
    assert (found["cjm"].lowest_age, found["cjm"].highest_age) == (18, 30)
    assert (found["cjs"].lowest_age, found["cjs"].highest_age) == (16, 18)
    assert people.a.cohort.programme == found["ct"]


def test_the_length_is_judged_by_the_programme(people, enter):
    cjs = make.ProgrammeFactory(cjs=True)
    sent = {
        "submission_key": str(uuid.uuid4()), "name": "Un été", "programme": cjs.pk, "host": people.a.host.pk,
        "starts_on": "2027-07-01", "ends_on": "2027-08-20", "seats": 14,
    }  # fmt: skip
    usual = people.a.cohort.programme_id
    answer = enter("driss").post("/cohortes/nouvelle/", sent | {"programme": usual})
    assert "de 84 à 190 jours" in answer.context["form"].errors["ends_on"][0]
    enter("driss").post("/cohortes/nouvelle/", sent)
    assert Cohort.objects.get(name="Un été").programme == cjs


def test_another_hosts_programme_is_refused(people, enter):
    theirs = make.ProgrammeFactory(organisation=people.b.host, code="autre")
    sent = {
        "submission_key": str(uuid.uuid4()), "name": "Ailleurs", "programme": theirs.pk,
        "host": people.a.host.pk, "starts_on": "2027-01-04", "ends_on": "2027-04-23", "seats": 14,
    }  # fmt: skip
    answer = enter("driss").post("/cohortes/nouvelle/", sent)
    assert "autre coopérative hôte" in answer.context["form"].errors["programme"][0]
    assert not Cohort.objects.filter(name="Ailleurs").exists()


def test_the_programme_stays_once_recruitment_is_open(people, enter, cjs):
    sent = {
        "version": cjs.version, "name": cjs.name, "pitch": "", "host": cjs.host_id,
        "programme": people.a.cohort.programme_id, "starts_on": "2027-07-01", "ends_on": "2027-11-20",
        "seats": 14,
    }  # fmt: skip
    answer = enter("driss").post(reverse("cohorts:edit", args=[cjs.pk]), sent)
    assert "ne change plus" in answer.context["form"].errors["programme"][0]


# --- a host's own


def test_a_host_adds_its_own_and_a_double_tap_adds_one(people, enter):
    client, sent = enter("helene"), typed_programme()
    for _tap in range(2):
        assert client.post(reverse("cohorts:programmes"), sent).status_code == 302
    own = Programme.objects.get(organisation=people.a.host)
    assert (own.minor_day_minutes, own.minor_week_minutes) == (420, 1800)
    assert "Coopérative de saison" in enter("driss").get("/cohortes/nouvelle/").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shortest_days": 61}, "la plus courte avant la plus longue"),
        ({"highest_age": 17}, "vient avant le plus haut"),
        ({"usual_seats": 4}, "dans l’ordre"),
    ],
)
def test_a_programme_out_of_order_is_told(enter, changes, words):
    answer = enter("helene").post(reverse("cohorts:programmes"), typed_programme(**changes))
    assert words in answer.content.decode()
    assert not Programme.objects.filter(code="saison").exists()


@pytest.mark.parametrize(
    "changes", [{"lowest_age": 15}, {"minor_day_hours": 9}, {"minor_week_hours": 36}]
)
def test_the_law_is_not_loosened(enter, changes):
    answer = enter("helene").post(reverse("cohorts:programmes"), typed_programme(**changes))
    assert answer.status_code == 200
    assert not Programme.objects.filter(code="saison").exists()


def test_only_its_host_closes_it_and_it_is_offered_no_more(people, enter):
    own = make.ProgrammeFactory(organisation=people.a.host, code="saison", name="De saison")
    close = reverse("cohorts:close_programme", args=[own.pk])
    assert enter("hugo").post(close).status_code == 404
    assert enter("driss").post(close).status_code == 403
    network = reverse("cohorts:close_programme", args=[people.a.cohort.programme_id])
    assert enter("helene").post(network).status_code == 403
    own.refresh_from_db()
    assert own.closed_on is None
    enter("helene").post(close)
    own.refresh_from_db()
    assert own.closed_on == NOW.date()
    assert "De saison" not in enter("driss").get("/cohortes/nouvelle/").content.decode()


# --- ages, and minors


def test_a_minor_enters_with_the_dated_agreement_of_a_guardian(people, cjs):
    agreed = {"guardian_name": "Luc Martin", "guardian_agreed_on": "2026-11-20"}
    enter_one(cohort=cjs, values=values(**agreed), actor=people.actor("driss"), at=NOW)
    enrolment = Enrolment.objects.get(cohort=cjs)
    kept = Consent.objects.get(person=enrolment.person)
    assert (kept.purpose, kept.given_by) == ("guardian", "Luc Martin")
    assert kept.given_at.date() == dt.date(2026, 11, 20)
    assert kept.expires_on == cjs.ends_on
    assert cjs.name in kept.wording


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "guardian_name"),
        ({"guardian_name": "Luc Martin"}, "guardian_agreed_on"),
        ({"guardian_name": "Luc Martin", "guardian_agreed_on": "2027-11-20"}, "guardian_agreed_on"),
        ({"birth_date": "2012-01-15"}, "birth_date"),
        ({"birth_date": "2007-01-15"}, "birth_date"),
    ],
)
def test_who_may_not_enter_a_summer_is_refused_and_nobody_is_written(people, cjs, changes, field):
    with pytest.raises(Refused) as refusal:
        enter_one(cohort=cjs, values=values(**changes), actor=people.actor("driss"), at=NOW)
    assert refusal.value.field == field
    assert not Enrolment.objects.filter(cohort=cjs).exists()


def test_a_minor_selected_is_not_admitted_without_an_agreement(people, cjs):
    waiting = make.EnrolmentFactory(cohort=cjs, state="selected", votes_from=None)
    waiting.person.birth_date = dt.date(2010, 1, 15)
    waiting.person.save()
    with pytest.raises(Refused, match="représentant légal"):
        admit(enrolment=waiting, votes_from=cjs.starts_on, actor=None, at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "selected"
