"""The coordination's week: who noted what, who said so, what waits."""

import datetime as dt

import pytest

from projects.models import WorkEntry
from projects.services import work
from tests.factories import NOW, EnrolmentFactory, PersonFactory, WorkEntryFactory
from tests.projects.test_confirmation_page import seen
from tests.projects.test_my_hours_page import text
from tests.projects.verbs import MONDAY, TUESDAY, confirm, note


def page_of(people, extra: str = "") -> str:
    return f"/cohortes/{people.a.cohort.pk}/heures/{extra}"


def declare(people, who):
    work.declare_week(
        enrolment=people.enrolments[who], monday=MONDAY, actor=people.actor(who), at=NOW
    )


def test_it_shows_people_days_totals_and_what_waits(people, enter):
    note(people, "amina", day=TUESDAY)
    declare(people, "amina")

    page = text(enter("driss").get(page_of(people)))

    assert "Heures, semaine 12 sur 15" in page
    assert (
        "1 sur 2 ont dit que leur semaine est complète. 3 h 30 attendent une confirmation." in page
    )
    assert "Zéro ou oublié ? Bastien Cherif." in page
    assert "Amina Sarr – 3 h 30 – – – – – 3 h 30 Complète" in page
    assert "Gaël" not in page


def test_it_says_when_the_week_is_complete(people, enter):
    entry = note(people, "amina")
    declare(people, "amina")
    declare(people, "bastien")
    assert "La semaine est complète." not in text(enter("driss").get(page_of(people)))

    confirm(people, "bastien", entry)

    assert "La semaine est complète." in text(enter("driss").get(page_of(people)))


def test_the_hours_of_who_left_stay_in_their_week(people, enter):
    WorkEntryFactory(enrolment=people.enrolments["gael"], day=dt.date(2026, 9, 30))

    assert "Gaël Parti" in text(enter("driss").get(page_of(people, "?semaine=2026-09-28")))


@pytest.mark.parametrize("asked", ["2030-01-01", "2020-01-01", "lundi", ""])
def test_a_week_out_of_the_cohort_is_brought_back(people, enter, asked):
    assert enter("driss").get(page_of(people), {"semaine": asked}).status_code == 200


def test_a_person_s_week_is_confirmed_at_once_and_comes_back_to_the_week(people, enter):
    rows = [note(people, "amina", day=TUESDAY), note(people, "amina", kind="meeting")]
    back = page_of(people, "?semaine=2026-11-23")

    answer = enter("driss").post(page_of(people, "confirmer/"), seen(*rows) | {"retour": back})

    assert answer.url == back
    assert set(WorkEntry.objects.values_list("state", "confirmed_by")) == {
        ("confirmed", people.driss.pk)
    }


@pytest.mark.parametrize(
    "back", ["https://ailleurs.exemple/", "//ailleurs.exemple", "javascript:1"]
)
def test_it_never_leads_elsewhere(people, enter, back):
    entry = note(people, "amina")

    answer = enter("driss").post(page_of(people, "confirmer/"), seen(entry) | {"retour": back})

    assert answer.url == page_of(people)


def test_what_names_no_page_of_ours_leads_to_no_breakdown(people, enter):
    answer = enter("driss").post(
        page_of(people, "confirmer/"), seen(note(people, "amina")) | {"retour": "home"}
    )
    assert answer.status_code == 302


def test_a_coordinator_does_not_confirm_their_own_hours_from_the_other_seat(people, enter):
    own = EnrolmentFactory(cohort=people.a.cohort, person=people.driss)
    entry = WorkEntryFactory(enrolment=own)

    answer = enter("driss").post(page_of(people, "confirmer/"), seen(entry), follow=True)

    assert "On ne confirme pas ses propres heures." in text(answer)
    entry.refresh_from_db()
    assert entry.state == "open"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("dalia", 404),
        ("chloe", 404),
        ("hugo", 404),
        ("amina", 403),
        ("helene", 403),
        ("elsa", 403),
        ("nora", 403),
    ],
)
def test_only_the_coordination_of_the_territory_opens_it(people, enter, who, status):
    entry = note(people, "amina")
    client = enter(who)
    mine = people.enrolments["amina"].pk

    assert client.get(page_of(people)).status_code == status
    assert client.get(page_of(people, f"{mine}/")).status_code == status
    assert client.get(page_of(people, f"question/{entry.pk}/")).status_code == status
    assert client.post(page_of(people, "confirmer/"), seen(entry)).status_code == status

    entry.refresh_from_db()
    assert entry.state == "open"


def test_another_cohort_s_hours_are_not_found_through_mine(people, enter):
    theirs = WorkEntryFactory(enrolment=people.enrolments["chloe"])
    client = enter("driss")

    assert client.post(page_of(people, "confirmer/"), seen(theirs)).status_code == 404
    assert client.get(page_of(people, f"question/{theirs.pk}/")).status_code == 404
    assert client.get(page_of(people, f"{people.enrolments['chloe'].pk}/")).status_code == 404


def test_it_shows_the_history_of_each_entry_of_a_person(people, enter):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    page = text(enter("driss").get(page_of(people, f"{people.enrolments['amina'].pk}/")))

    assert "Noté : 3 h 30, Cuisine, La Grande Marmite." in page
    assert "Confirmé : 3 h 30, Cuisine, La Grande Marmite." in page


def test_it_asks_a_question_and_settles_it(people, enter):
    entry = note(people, "amina")
    client = enter("driss")

    url = page_of(people, f"question/{entry.pk}/")
    client.post(url, {"question": "Le matin seulement ?", "version": 1})
    assert "Driss : « Le matin seulement ? »" in text(client.get(page_of(people)))
    client.post(page_of(people, "confirmer/"), seen(entry))

    entry.refresh_from_db()
    assert (entry.state, entry.question) == ("confirmed", "")


def test_an_empty_cohort_says_what_to_do(people, enter):
    from cohorts.models import Enrolment

    Enrolment.objects.filter(cohort=people.a.cohort).update(state="selected", left_on=None)

    assert "Pas encore de coopérants" in text(enter("driss").get(page_of(people)))


@pytest.mark.parametrize("rows", [1, 200])
def test_the_pages_cost_the_same_for_one_row_and_for_two_hundred(
    people, enter, rows, django_assert_max_num_queries
):
    for number in range(rows):
        person = PersonFactory(first_name=f"P{number}", last_name=f"N{number}")
        one = EnrolmentFactory(cohort=people.a.cohort, person=person)
        WorkEntryFactory(enrolment=one)
        WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=1)
    client = enter("driss")
    client.get(page_of(people))

    with django_assert_max_num_queries(15):
        client.get(page_of(people))
    with django_assert_max_num_queries(15):
        client.get(page_of(people, f"{people.enrolments['amina'].pk}/"))
