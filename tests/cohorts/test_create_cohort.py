"""The coordinator creates a cohort from the template."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.enums import CohortState, PhaseKind
from cohorts.models import Cohort
from tests import factories as make

URL = "/cohortes/nouvelle/"


@pytest.fixture
def typed(people):
    return {
        "submission_key": str(uuid.uuid4()),
        "name": "Les Jardins Partagés",
        "pitch": "Un potager et des repas.",
        "programme": people.a.cohort.programme_id,
        "host": people.a.host.pk,
        "starts_on": "2027-01-04",
        "ends_on": "2027-04-23",
        "seats": "15",
    }


def test_it_creates_a_draft_with_the_phases_of_the_template(people, enter, typed):
    answer = enter("driss").post(URL, typed)
    cohort = Cohort.objects.get(name="Les Jardins Partagés")
    assert answer.headers["Location"] == reverse("home:cohort_dashboard", args=[cohort.pk])
    assert (cohort.territory, cohort.host, cohort.state) == (
        people.a.territory,
        people.a.host,
        CohortState.DRAFT,
    )
    assert (cohort.starts_on, cohort.ends_on, cohort.seats) == (
        dt.date(2027, 1, 4),
        dt.date(2027, 4, 23),
        15,
    )
    phases = list(cohort.phases.all())
    assert {phase.kind for phase in phases} == set(PhaseKind.values)
    assert phases[0].starts_on == cohort.starts_on
    assert max(phase.ends_on for phase in phases) == cohort.ends_on


def test_french_dates_are_taken_where_the_browser_has_no_calendar(enter, typed):
    enter("driss").post(URL, typed | {"starts_on": "04/01/2027", "ends_on": "23/04/2027"})
    assert Cohort.objects.get(name="Les Jardins Partagés").ends_on == dt.date(2027, 4, 23)


@pytest.mark.parametrize("name", ["amina", "helene", "elsa", "nora"])
def test_nobody_but_a_coordinator_creates_one(enter, typed, name):
    client = enter(name)
    before = Cohort.objects.count()
    assert client.get(URL).status_code == 403
    assert client.post(URL, typed).status_code == 403
    assert Cohort.objects.count() == before


def test_the_territory_is_the_coordinators_own_whatever_is_sent(people, enter, typed):
    enter("dalia").post(URL, typed | {"territory": people.a.territory.pk})
    assert Cohort.objects.get(name="Les Jardins Partagés").territory == people.b.territory


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends_on": "2027-03-27"}, "ends_on", "il y a 83 jours"),
        ({"ends_on": "2027-07-13"}, "ends_on", "il y a 191 jours"),
        ({"ends_on": "2027-01-03"}, "ends_on", "vient avant le premier"),
        ({"starts_on": "2026-05-18", "ends_on": "2026-10-18"}, "starts_on", "trop ancien"),
        ({"starts_on": "2126-01-04", "ends_on": "2126-04-23"}, "starts_on", "deux ans"),
        ({"starts_on": "2027-02-31"}, "starts_on", "n’existe pas"),
        ({"name": ""}, "name", "Donnez un nom"),
        ({"name": "x" * 121}, "name", "120"),
        ({"name": "Les Racines du Plateau"}, "name", "porte déjà ce nom"),
        ({"host": ""}, "host", "Choisissez"),
        ({"host": "999999"}, "host", "n’existe pas"),
        ({"seats": "0"}, "seats", "Trois places"),
        ({"seats": "400"}, "seats", "Quarante"),
        ({"seats": "beaucoup"}, "seats", "nombre entier"),
    ],
)
def test_it_refuses_in_a_sentence_beside_the_field(enter, typed, changes, field, words):
    before = Cohort.objects.count()
    answer = enter("driss").post(URL, typed | changes)
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors[field])
    assert words in answer.content.decode()
    assert Cohort.objects.count() == before


def test_the_edges_of_the_length_are_taken(enter, typed):
    client = enter("driss")
    client.post(URL, typed | {"ends_on": "2027-03-28"})
    client.post(
        URL, typed | {"submission_key": uuid.uuid4(), "name": "Longue", "ends_on": "2027-07-12"}
    )
    assert Cohort.objects.filter(starts_on="2027-01-04").count() == 2


def test_a_partner_is_no_host(people, enter, typed):
    answer = enter("driss").post(URL, typed | {"host": people.a.partner.pk})
    assert "host" in answer.context["form"].errors


def test_the_same_name_stands_in_another_territory(enter, typed):
    enter("driss").post(URL, typed)
    enter("dalia").post(URL, typed | {"submission_key": str(uuid.uuid4())})
    assert Cohort.objects.filter(name="Les Jardins Partagés").count() == 2


def test_a_double_tap_creates_once(enter, typed):
    client = enter("driss")
    first, second = client.post(URL, typed), client.post(URL, typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert Cohort.objects.filter(name="Les Jardins Partagés").count() == 1


def test_the_back_button_with_other_words_is_told(enter, typed):
    client = enter("driss")
    client.post(URL, typed)
    answer = client.post(URL, typed | {"name": "Autre nom"})
    assert "déjà été envoyé" in answer.content.decode()
    assert not Cohort.objects.filter(name="Autre nom").exists()


@pytest.mark.parametrize(
    ("seats", "warned"), [("9", True), ("10", False), ("18", False), ("19", True)]
)
def test_an_unusual_size_is_warned_and_taken(enter, typed, seats, warned):
    answer = enter("driss").post(URL, typed | {"seats": seats}, follow=True)
    assert Cohort.objects.get(name="Les Jardins Partagés").seats == int(seats)
    said = [str(message) for message in answer.context["messages"]]
    assert any("de 10 à 18 places" in one for one in said) is warned


def test_the_hosts_offered_are_hosts(people, enter):
    make.OrganisationFactory(name="Mairie")
    offered = [
        str(host) for host in enter("driss").get(URL).context["form"].fields["host"].queryset
    ]
    assert "Le Ferment" in offered
    assert "Mairie" not in offered
