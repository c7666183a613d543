"""A list names people we already know: found again, never written over, never entered twice."""

import datetime as dt

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from members.models import Person
from tests import factories as make
from tests.cohorts.lists import confirm, names_in, preview_url, started


def test_it_finds_again_who_is_known_without_accents_or_capitals(people, enter, cohort):
    moussa = make.PersonFactory(
        first_name="Moussa", last_name="Diabaté", birth_date=dt.date(1979, 7, 23)
    )
    make.EnrolmentFactory(cohort=people.a.cohort, person=moussa)
    client = enter("driss")
    found = started(client, cohort, "DIABATE;moussa;23/07/1979;06 39 98 10 03;")
    page = client.get(preview_url(found))
    assert "même nom, même date de naissance" in page.content.decode()
    confirm(client, found, **{"row-2": f"person:{moussa.pk}"})
    assert Enrolment.objects.get(cohort=cohort).person == moussa
    assert Person.objects.filter(search_key="diabate moussa").count() == 1
    moussa.refresh_from_db()
    assert (moussa.last_name, moussa.phone) == ("Diabaté", "+33639981003")


def test_it_never_writes_over_what_was_known(people, enter, cohort):
    known = make.PersonFactory(
        first_name="Moussa", last_name="Diabaté", phone="+33639980000", city="Ailleurs"
    )
    make.EnrolmentFactory(cohort=people.a.cohort, person=known)
    client = enter("driss")
    found = started(client, cohort, "Diabaté;Moussa;01/01/1990;06 39 98 10 03;moussa@exemple.fr")
    confirm(client, found)
    known.refresh_from_db()
    assert (known.phone, known.city, known.email) == (
        "+33639980000",
        "Ailleurs",
        "moussa@exemple.fr",
    )


def test_the_coordinator_may_say_it_is_somebody_else(people, enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Sarr;Amina;01/01/1990;;")
    confirm(client, found, **{"row-2": "new"})
    assert Person.objects.filter(search_key="sarr amina").count() == 2
    assert Enrolment.objects.get(cohort=cohort).person != people.amina


def test_a_weak_likeness_is_somebody_else_unless_said(people, enter, cohort):
    Person.objects.filter(pk=people.amina.pk).update(birth_date=None)
    client = enter("driss")
    found = started(client, cohort, "Sarr;Amina;14/03/1991;;")
    (row,) = client.get(preview_url(found)).context["preview"].to_decide
    assert row.default == "new"
    confirm(client, found)
    assert Enrolment.objects.get(cohort=cohort).person != people.amina


def test_who_is_already_in_the_cohort_is_passed_over_and_said(people, enter):
    client = enter("driss")
    found = started(client, people.a.cohort, "Sarr;Amina;01/01/1990;;", "Neuve;Aline;14/03/1991;;")
    assert "Déjà là, passée" in client.get(preview_url(found)).content.decode()
    answer = confirm(client, found)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "1 personne est entrée" in page
    assert "1 ligne a été passée" in page
    assert Enrolment.objects.of_cohort(people.a.cohort.pk).filter(person=people.amina).count() == 1


def test_who_left_is_not_entered_twice(people, enter):
    client = enter("driss")
    found = started(client, people.a.cohort, "Parti;Gaël;01/01/1990;;")
    assert "déjà passé·e dans cette coopérative" in client.get(preview_url(found)).content.decode()
    confirm(client, found)
    assert Enrolment.objects.get(person=people.gael).state == EnrolmentState.LEFT


def test_the_same_person_twice_in_the_file_enters_once(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Diabaté;Moussa;23/07/1979;;", "DIABATE;Moussa;23/07/1979;;")
    assert "La même que la ligne 2" in client.get(preview_url(found)).content.decode()
    confirm(client, found)
    assert names_in(cohort) == {"Moussa Diabaté"}
    found.refresh_from_db()
    assert (found.created_count, found.skipped_count) == (1, 1)


def test_two_rows_cannot_be_one_known_person(people, enter, cohort):
    Person.objects.filter(pk=people.amina.pk).update(phone="+33639981001")
    client = enter("driss")
    found = started(
        client, cohort, "Sarr;Amina;01/01/1990;;", "Sarr;Amina;14/03/1991;06 39 98 10 01;"
    )
    same = f"person:{people.amina.pk}"
    answer = confirm(client, found, **{"row-2": same, "row-3": same})
    assert "désignent la même personne" in answer.content.decode()
    assert names_in(cohort) == set()


def test_more_people_than_places_is_warned_and_taken(enter, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(seats=1)
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;", "Deux;Benoît;14/03/1992;;")
    assert "2 personnes pour 1 place." in client.get(preview_url(found)).content.decode()
    confirm(client, found)
    assert len(names_in(cohort)) == 2
