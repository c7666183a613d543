"""Editing a cohort, alone and at the same time as somebody else."""

import datetime as dt

import pytest

from cohorts.enums import CohortState
from cohorts.models import Cohort, Contract, Enrolment
from tests import factories as make
from tests.cohorts.applying import recruiting_cohort, somebody


def url(cohort: Cohort) -> str:
    return f"/cohortes/{cohort.pk}/modifier/"


@pytest.fixture
def typed(people):
    cohort = people.a.cohort
    return {
        "version": cohort.version,
        "name": cohort.name,
        "pitch": "Un potager et des repas.",
        "programme": cohort.programme_id,
        "host": cohort.host_id,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "seats": "15",
    }


def test_it_saves_and_counts_the_edit(people, enter, typed):
    answer = enter("driss").post(url(people.a.cohort), typed)
    assert answer.status_code == 302
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    assert (cohort.pitch, cohort.version) == ("Un potager et des repas.", 2)


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("hugo", 404), ("amina", 403), ("helene", 403), ("elsa", 403),
     ("nora", 403)],
)  # fmt: skip
def test_nobody_else_edits_it(people, enter, typed, name, status):
    client = enter(name)
    assert client.get(url(people.a.cohort)).status_code == status
    assert client.post(url(people.a.cohort), typed).status_code == status
    assert Cohort.objects.get(pk=people.a.cohort.pk).version == 1


def test_an_archived_cohort_is_closed(people, enter, typed):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    answer = enter("driss").post(url(people.a.cohort), typed)
    assert answer.status_code == 409 and "est archivée" in answer.content.decode()


def test_the_second_of_two_coordinators_sees_both_and_loses_nothing(people, enter, typed):
    make.CoordinatorSeatFactory(
        person=make.PersonFactory(first_name="Inès", last_name="Autre", account=True),
        territory=people.a.territory,
    )
    page = url(people.a.cohort)
    driss, other = enter("driss"), enter("driss")
    driss.post(page, typed | {"name": "Les Racines", "seats": "16"})
    answer = other.post(page, typed | {"name": "Le Plateau fleuri", "ends_on": "2026-12-11"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Quelqu’un a modifié cette coopérative" in text
    shown = [(one.label, one.theirs, one.yours) for one in answer.context["form"].differences]
    assert shown == [
        ("Nom de la coopérative", "Les Racines", "Le Plateau fleuri"),
        ("Dernier jour", "18 décembre 2026", "11 décembre 2026"),
        ("Places", "16", "15"),
    ]
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    assert (cohort.name, cohort.seats, cohort.version) == ("Les Racines", 16, 2)
    # What was typed is still in the form, and saves over what was read if the person insists.
    assert 'value="Le Plateau fleuri"' in text
    assert answer.context["form"]["version"].value() == "2"
    again = other.post(page, typed | {"version": "2", "name": "Le Plateau fleuri"})
    assert again.status_code == 302
    assert Cohort.objects.get(pk=cohort.pk).name == "Le Plateau fleuri"


def test_a_double_tap_shows_the_conflict_and_changes_nothing(people, enter, typed):
    client = enter("driss")
    client.post(url(people.a.cohort), typed)
    client.post(url(people.a.cohort), typed)
    assert Cohort.objects.get(pk=people.a.cohort.pk).version == 2


def test_new_dates_lay_the_phases_again(people, enter, typed):
    enter("driss").post(url(people.a.cohort), typed | {"ends_on": "2027-01-29"})
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    assert max(phase.ends_on for phase in cohort.phases.all()) == dt.date(2027, 1, 29)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [({"starts_on": "2026-09-14"}, "starts_on", "ne change plus"),
     ({"ends_on": "2026-11-24"}, "ends_on", "déjà passé"),
     ({"ends_on": "2026-10-01"}, "ends_on", "de 84 à 190 jours"),
     ({"name": ""}, "name", "Donnez un nom")],
)  # fmt: skip
def test_a_running_cohort_keeps_what_was_lived(people, enter, typed, changes, field, words):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(starts_on="2026-09-01")
    sent = typed | {"starts_on": "2026-09-01"} | changes
    answer = enter("driss").post(url(people.a.cohort), sent)
    assert words in " ".join(answer.context["form"].errors[field])
    assert Cohort.objects.get(pk=people.a.cohort.pk).version == 1


def test_the_host_stays_once_recruitment_is_open(people, enter, typed):
    answer = enter("driss").post(url(people.a.cohort), typed | {"host": people.b.host.pk})
    assert "host" in answer.context["form"].errors


def test_before_the_start_contracts_and_votes_follow_the_dates(people, enter, typed):
    cohort = people.a.cohort
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RECRUITING)
    Contract.objects.update(state="draft", signed_on=None)
    enter("driss").post(url(cohort), typed | {"starts_on": "2026-12-07", "ends_on": "2027-03-26"})
    assert set(Contract.objects.of_cohort(cohort.pk).values_list("starts_on", "ends_on")) == {
        (dt.date(2026, 12, 7), dt.date(2027, 3, 26))
    }
    assert set(Enrolment.objects.of_cohort(cohort.pk).values_list("votes_from", flat=True)) == {
        dt.date(2026, 12, 7)
    }


def test_a_contract_already_issued_keeps_its_dates(people, enter, typed):
    cohort = people.a.cohort
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RECRUITING)
    enter("driss").post(url(cohort), typed | {"starts_on": "2026-12-07", "ends_on": "2027-03-26"})
    assert set(Contract.objects.of_cohort(cohort.pk).values_list("starts_on", flat=True)) == {
        dt.date(2026, 9, 7)
    }


def test_a_taken_name_is_said_beside_the_name(people, enter, typed):
    make.CohortFactory(territory=people.a.territory, name="Déjà prise")
    answer = enter("driss").post(url(people.a.cohort), typed | {"name": "Déjà prise"})
    assert "porte déjà ce nom" in " ".join(answer.context["form"].errors["name"])


def test_moving_the_first_day_judges_ages_again_and_says_who_is_outside(people, enter, typed):
    """Amina was sixteen on the first day; two weeks earlier she is not."""
    cohort = people.a.cohort
    Cohort.objects.filter(pk=cohort.pk).update(
        state=CohortState.RECRUITING, starts_on="2027-01-18", ends_on="2027-04-30"
    )
    type(people.amina).objects.filter(pk=people.amina.pk).update(birth_date="2011-01-10")
    make.PersonFactory(first_name="Ailleurs", birth_date=dt.date(2015, 1, 1))
    driss = enter("driss")
    dates = {"starts_on": "2027-01-04", "ends_on": "2027-04-30"}
    body = driss.post(url(cohort), typed | dates, follow=True).content.decode()
    assert "Amina Sarr : cette personne a moins de 16 ans" in body
    assert "Bastien Cherif : " not in body
    # It stays on the page of the cohort until it is settled.
    assert "Amina Sarr : cette personne" in driss.get(url(cohort)).content.decode()
    back = {"version": 2, "starts_on": "2027-01-18", "ends_on": "2027-04-30"}
    body = driss.post(url(cohort), typed | back, follow=True).content.decode()
    assert "Amina Sarr : cette personne" not in body


def test_somebody_who_applied_is_judged_again_too(people, enter, typed):
    cohort = recruiting_cohort(people)
    somebody(cohort, birth_date=dt.date(2010, 12, 30))
    sent = typed | {
        "version": 1, "name": cohort.name, "starts_on": "2026-12-21", "ends_on": "2027-04-23",
    }  # fmt: skip
    body = enter("driss").post(url(cohort), sent, follow=True).content.decode()
    assert "Zoé Martin : cette personne a moins de 16 ans" in body
