"""The list of people, one more person, and who leaves."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.enums import CohortState, EnrolmentState, ImportState
from cohorts.models import Cohort, Contract, Enrolment, EnrolmentImport
from cohorts.selectors.people import people_page, shown_phone
from ct_platform.kit.models import TransitionLog
from members.models import JoinCard, Person
from members.services.join_cards import issue_cards
from tests import factories as make


def people_url(cohort: Cohort) -> str:
    return reverse("cohorts:people", args=[cohort.pk])


def leave_url(enrolment: Enrolment) -> str:
    return reverse("cohorts:leave", args=[enrolment.cohort_id, enrolment.pk])


def typed(**changes: str) -> dict[str, str]:
    person = {
        "submission_key": str(uuid.uuid4()),
        "first_name": "Moussa",
        "last_name": "Diabaté",
        "birth_date": "1979-07-23",
        "phone": "06 39 98 10 03",
    }
    return person | changes


# --- the list


def test_it_shows_contacts_contracts_cards_and_states(people, enter):
    Person.objects.filter(pk=people.amina.pk).update(phone="+33639981001")
    text = enter("driss").get(people_url(people.a.cohort)).content.decode()
    assert (
        "06\N{NO-BREAK SPACE}39\N{NO-BREAK SPACE}98\N{NO-BREAK SPACE}10\N{NO-BREAK SPACE}01" in text
    )
    assert "07/09/2026" in text
    assert "le 1er octobre" in text
    assert "Chloé" not in text


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("hugo", 404), ("amina", 403), ("helene", 403), ("elsa", 403),
     ("nora", 403)],
)  # fmt: skip
def test_nobody_else_reads_it(people, enter, name, status):
    answer = enter(name).get(people_url(people.a.cohort))
    assert answer.status_code == status
    assert "Bastien" not in answer.content.decode()


def test_an_empty_cohort_says_what_to_do(people, enter):
    cohort = make.CohortFactory(territory=people.a.territory, state=CohortState.DRAFT)
    text = enter("driss").get(people_url(cohort)).content.decode()
    assert "Importez la liste des personnes retenues" in text


def test_it_tells_the_state_of_each_card(people, at):
    cohort, actor = people.a.cohort, people.actor("driss")
    names = ("never", "printed", "used", "stale")
    persons = {name: make.PersonFactory(first_name=name, account=name == "used") for name in names}
    for person in persons.values():
        make.EnrolmentFactory(cohort=cohort, person=person)
    printed = [persons[name] for name in ("printed", "used", "stale")]
    issue_cards(persons=printed, cohort_key=cohort.pk, actor=actor, at=at)
    JoinCard.objects.filter(person=persons["used"]).update(used_at=at)
    JoinCard.objects.filter(person=persons["stale"]).update(expires_at=at)
    rows = {row.name.split()[0]: row for row in people_page(cohort, None, at).object_list}
    assert rows["never"].card.label == "Jamais imprimée"
    assert rows["printed"].card.detail == "jusqu’au 24 janvier"
    assert rows["used"].card.detail == "le 25 novembre"
    assert rows["stale"].card.detail == "depuis le 25 novembre"
    assert rows["Amina"].card.label == "A déjà un accès"
    assert [name for name, row in rows.items() if row.needs_card] == ["never", "stale"]


@pytest.mark.parametrize("count", [1, 200])
def test_it_costs_the_same_for_one_and_for_two_hundred(
    people, enter, count, django_assert_max_num_queries
):
    cohort = make.CohortFactory(territory=people.a.territory)
    for enrolment in make.EnrolmentFactory.create_batch(count, cohort=cohort):
        make.ContractFactory(enrolment=enrolment)
    client = enter("driss")
    client.get(people_url(cohort))  # the first page of a session also finds the seat
    with django_assert_max_num_queries(15):
        page = client.get(people_url(cohort))
    assert len(page.context["page"].object_list) == min(count, 50)
    assert page.context["page"].paginator.count == count


def test_pages_beyond_the_last_show_the_last(people, enter):
    assert enter("driss").get(people_url(people.a.cohort) + "?page=99").status_code == 200
    assert enter("driss").get(people_url(people.a.cohort) + "?page=x").status_code == 200


def test_phones_are_shown_as_people_say_them():
    assert shown_phone("+33639981234").replace("\N{NO-BREAK SPACE}", " ") == "06 39 98 12 34"
    assert shown_phone("+32470123456") == "+32470123456"
    assert shown_phone("") == ""


# --- one more person


def test_it_adds_one_person_with_a_contract(people, enter):
    client = enter("driss")
    answer = client.post(reverse("cohorts:add_person", args=[people.a.cohort.pk]), typed())
    assert answer.headers["Location"] == people_url(people.a.cohort)
    enrolment = Enrolment.objects.get(person__search_key="diabate moussa")
    assert enrolment.cohort == people.a.cohort
    assert enrolment.person.phone == "+33639981003"
    assert enrolment.votes_from == people.a.cohort.starts_on
    assert Contract.objects.get(enrolment=enrolment).ends_on == people.a.cohort.ends_on


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"first_name": ""}, "first_name", "Remplissez"),
        ({"last_name": "R2D2"}, "last_name", "n’est pas un nom"),
        ({"birth_date": "31/02/1990"}, "birth_date", "n’existe pas"),
        ({"birth_date": "2014-01-01"}, "birth_date", "moins de 16 ans"),
        ({"birth_date": "2030-01-01"}, "birth_date", "moins de 16 ans"),
        ({"phone": "12"}, "phone", "numéro de téléphone"),
        ({"email": "moussa(at)exemple.fr"}, "email", "adresse e-mail"),
        ({"postcode": "991"}, "postcode", "cinq chiffres"),
        ({"weekly_hours": "beaucoup"}, "weekly_hours", "nombre d’heures"),
        ({"votes_from": "2027-06-01"}, "votes_from", "hors de la cohorte"),
        ({"contract_ends_on": "2028-01-01"}, "contract_ends_on", "douze mois au plus"),
    ],
)
def test_it_refuses_in_a_sentence_beside_the_field(people, enter, changes, field, words):
    before = Enrolment.objects.count()
    answer = enter("driss").post(
        reverse("cohorts:add_person", args=[people.a.cohort.pk]), typed(**changes)
    )
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors[field])
    assert Enrolment.objects.count() == before
    assert EnrolmentImport.objects.count() == 0


def test_a_double_tap_adds_once(people, enter):
    client, sent = enter("driss"), typed()
    for _tap in range(2):
        client.post(reverse("cohorts:add_person", args=[people.a.cohort.pk]), sent)
    assert Person.objects.filter(search_key="diabate moussa").count() == 1


def test_somebody_who_may_be_known_is_asked_about(people, enter):
    client = enter("driss")
    sent = typed(first_name="AMINA", last_name="sarr", birth_date="1990-01-01")
    answer = client.post(reverse("cohorts:add_person", args=[people.a.cohort.pk]), sent)
    found = EnrolmentImport.objects.get()
    assert answer.headers["Location"] == reverse(
        "cohorts:import_preview", args=[found.cohort_id, found.pk]
    )
    assert found.state == ImportState.DRAFT
    assert Person.objects.filter(search_key="sarr amina").count() == 1


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("amina", 403), ("helene", 403)])
def test_nobody_else_adds_one(people, enter, name, status):
    answer = enter(name).post(reverse("cohorts:add_person", args=[people.a.cohort.pk]), typed())
    assert answer.status_code == status
    assert not Person.objects.filter(search_key="diabate moussa").exists()


# --- leaving


def test_it_notes_a_departure_and_touches_nothing_else(people, enter):
    enrolment = people.enrolments["amina"]
    answer = enter("driss").post(leave_url(enrolment), {"left_on": "2026-11-20", "reason": "job"})
    assert answer.status_code == 302
    before = (enrolment.votes_from, enrolment.activity)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.left_on, enrolment.left_reason) == (
        EnrolmentState.LEFT,
        dt.date(2026, 11, 20),
        "job",
    )
    assert (enrolment.votes_from, enrolment.activity) == before
    assert enrolment.contracts.get().ends_on == people.a.cohort.ends_on
    log = TransitionLog.objects.get(model="cohorts.enrolment", row_id=enrolment.pk)
    assert (log.old, log.new, log.by_person_id) == ("active", "left", people.driss.pk)


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"left_on": "2026-11-26", "reason": "job"}, "left_on", "pas encore venu"),
        ({"left_on": "2026-09-06", "reason": "job"}, "left_on", "hors de la cohorte"),
        ({"left_on": "2026-12-19", "reason": "job"}, "left_on", "hors de la cohorte"),
        ({"left_on": "", "reason": "job"}, "left_on", "Écrivez cette date"),
        ({"left_on": "2026-11-20"}, "reason", "Choisissez une raison"),
        ({"left_on": "2026-11-20", "reason": "illness"}, "reason", "choix"),
    ],
)
def test_it_refuses_an_impossible_departure(people, enter, sent, field, words):
    answer = enter("driss").post(leave_url(people.enrolments["amina"]), sent)
    assert words in " ".join(answer.context["form"].errors[field])
    people.enrolments["amina"].refresh_from_db()
    assert people.enrolments["amina"].state == EnrolmentState.ACTIVE


def test_leaving_twice_keeps_the_first_day(people, enter):
    client = enter("driss")
    client.post(leave_url(people.enrolments["amina"]), {"left_on": "2026-11-20", "reason": "job"})
    client.post(leave_url(people.enrolments["amina"]), {"left_on": "2026-11-10", "reason": "move"})
    people.enrolments["amina"].refresh_from_db()
    assert people.enrolments["amina"].left_on == dt.date(2026, 11, 20)


def test_a_foreign_enrolment_is_unknown(people, enter):
    crossed = reverse("cohorts:leave", args=[people.a.cohort.pk, people.enrolments["chloe"].pk])
    sent = {"left_on": "2026-11-20", "reason": "job"}
    assert enter("driss").post(crossed, sent).status_code == 404
    assert enter("driss").post(leave_url(people.enrolments["chloe"]), sent).status_code == 404
    assert enter("dalia").post(leave_url(people.enrolments["amina"]), sent).status_code == 404
    assert enter("amina").post(leave_url(people.enrolments["amina"]), sent).status_code == 403
    for name in ("amina", "chloe"):
        people.enrolments[name].refresh_from_db()
        assert people.enrolments[name].state == EnrolmentState.ACTIVE
