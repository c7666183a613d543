"""The entry situation: answered in pieces, frozen after the entry, corrected and never erased."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from cohorts.enums import CohortState
from cohorts.models import Cohort, Contract, EntryPlace, EntrySituation
from cohorts.services.entry_files import note_move, write_address, write_contact
from ct_platform.kit.errors import Refused
from tests.cohorts.files.conftest import EVE, FIRST_DAY
from tests.factories import NOW

REASON = "Erreur de case, vue avec elle."


def versions():
    return list(EntrySituation.objects.order_by("number"))


def test_answers_come_in_pieces_and_the_day_of_entry_is_that_of_the_contract(answer):
    answer({"labour": "registered"}, at=EVE)
    last = answer({"diploma": "refused"}, by="amina", at=EVE)
    assert (last.labour, last.diploma, last.household) == ("registered", "refused", "")
    assert (last.number, last.entered_on) == (2, dt.date(2026, 9, 7))


def test_the_same_answers_again_change_nothing(answer):
    first = answer({"labour": "registered"})
    assert answer({"labour": "registered"}) == first
    assert len(versions()) == 1


def test_nothing_answered_writes_nothing(answer):
    assert answer({}) is None and answer({"labour": ""}) is None
    assert versions() == []


def test_a_blank_never_erases_an_answer(answer):
    answer({"labour": "registered"}, at=EVE)
    assert answer({"labour": "", "diploma": "none"}, at=EVE).labour == "registered"


@pytest.mark.parametrize("at", [EVE, FIRST_DAY])
def test_until_the_end_of_the_first_day_anybody_may_rub_out(answer, at):
    answer({"labour": "registered"}, by="amina", at=at)
    assert answer({"labour": "employed"}, by="amina", at=at).labour == "employed"
    assert versions()[-1].reason == ""


def test_after_the_entry_a_missing_answer_is_still_given_without_a_reason(answer):
    answer({"labour": "registered"}, at=EVE)
    assert answer({"diploma": "none"}, by="amina").diploma == "none"


def test_after_the_entry_the_coordinator_corrects_with_a_reason_and_the_original_stays(answer):
    answer({"labour": "registered"}, at=EVE)
    with pytest.raises(Refused) as refusal:
        answer({"labour": "employed"}, reason=" ")
    assert refusal.value.field == "reason" and len(versions()) == 1
    answer({"labour": "employed"}, reason=REASON)
    first, last = versions()
    assert (first.labour, last.labour, last.reason) == ("registered", "employed", REASON)
    assert last.written_by.first_name == "Driss"


def test_after_the_entry_the_person_does_not_correct_alone_nor_turn_an_answer_into_a_refusal(
    answer,
):
    answer({"labour": "registered"}, by="amina", at=EVE)
    for new in ("employed", "refused"):
        with pytest.raises(Refused, match="figées"):
            answer({"labour": new}, by="amina", reason=REASON)
    assert [one.labour for one in versions()] == ["registered"]


def test_a_contract_that_moves_after_the_entry_does_not_move_the_entry(answer, amina):
    answer({"labour": "registered"}, at=EVE)
    Contract.objects.filter(enrolment=amina).update(starts_on=dt.date(2026, 9, 21))
    assert answer({"diploma": "none"}).entered_on == dt.date(2026, 9, 7)


def test_a_contract_that_moves_before_the_entry_moves_it(answer, amina):
    answer({"labour": "registered"}, at=EVE)
    Contract.objects.filter(enrolment=amina).update(starts_on=dt.date(2026, 9, 21))
    assert answer({"diploma": "none"}, at=EVE).entered_on == dt.date(2026, 9, 21)


@pytest.mark.parametrize(
    "wrong",
    [
        {"labour": "astronaut"}, {"sex": "no"}, {"birth_place": "refused"},
        {"seeking_since": "2026-09-07"}, {"seeking_since": "2027-01-01"},
        {"seeking_since": "hier"}, {"seeking_since": "1890-01-01"}, {"birth_place": "x" * 101},
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_beside_its_question(answer, wrong):
    with pytest.raises(Refused) as refusal:
        answer(wrong)
    assert refusal.value.field == next(iter(wrong))
    assert versions() == []


def test_a_sensitive_question_is_not_asked_here(answer):
    with pytest.raises(KeyError):
        answer({"disability": "yes"})


@pytest.mark.parametrize("who", ["bastien", "chloe", "dalia", "helene", "elsa", "nora"])
def test_nobody_else_writes_a_file(answer, who):
    with pytest.raises(Refused):
        answer({"labour": "registered"}, by=who)
    assert versions() == []


def test_who_left_writes_no_more_and_the_coordinator_still_does(answer, people):
    gael = people.enrolments["gael"]
    with pytest.raises(Refused):
        answer({"labour": "registered"}, by="gael", enrolment=gael)
    assert answer({"labour": "registered"}, enrolment=gael)


def test_an_archived_cohort_is_not_written_in(answer, people):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    for who in ("driss", "amina"):
        with pytest.raises(Refused):
            answer({"labour": "registered"}, by=who)
    assert versions() == []


def test_the_database_refuses_to_edit_or_delete_a_version(answer):
    answer({"labour": "registered"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EntrySituation.objects.update(labour="employed")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EntrySituation.objects.all()._raw_delete(using="default")
    assert versions()[0].labour == "registered"


# --- contact


def contact(people, enrolment, by="driss", phone="", email="", referent=""):
    write_contact(
        enrolment=enrolment, phone=phone, email=email, referent=referent,
        actor=people.actor(by), at=NOW,
    )  # fmt: skip
    people.amina.refresh_from_db()


def test_one_way_to_reach_the_person_is_kept_even_after_the_entry(people, amina):
    contact(people, amina, by="amina", phone="06 39 98 12 34")
    assert people.amina.phone == "+33639981234"
    contact(people, amina, referent="Sa sœur, au foyer")
    assert people.amina.phone == "" and versions()[-1].referent == "Sa sœur, au foyer"


def test_no_way_left_is_refused_and_changes_nothing(people, amina):
    contact(people, amina, phone="06 39 98 12 34")
    with pytest.raises(Refused, match="au moins un"):
        contact(people, amina, phone=" ")
    people.amina.refresh_from_db()
    assert people.amina.phone == "+33639981234"


def test_a_referent_does_not_lose_the_answers(people, amina, answer):
    answer({"labour": "registered"}, at=EVE)
    contact(people, amina, referent="Sa sœur")
    assert answer({"diploma": "none"}).referent == "Sa sœur"
    assert versions()[-1].labour == "registered"


# --- address


def address(people, enrolment, by="driss", at=NOW, city="Saint-Denis", insee="93066", **more):
    return write_address(
        enrolment=enrolment, address="3 rue des Lilas", postcode="93200", city=city, insee=insee,
        actor=people.actor(by), at=at, **more,
    )  # fmt: skip


def test_the_address_of_the_entry_is_kept_and_is_that_of_the_person(people, amina):
    place = address(people, amina, by="amina", at=EVE)
    people.amina.refresh_from_db()
    assert (place.insee, people.amina.city) == ("93066", "Saint-Denis")
    assert address(people, amina, at=EVE) == place


def test_a_commune_code_nobody_has_is_refused(people, amina):
    with pytest.raises(Refused) as refusal:
        address(people, amina, insee="99999")
    assert refusal.value.field == "insee" and not EntryPlace.objects.exists()


def test_after_the_entry_the_address_is_corrected_with_a_reason_by_the_coordinator(people, amina):
    address(people, amina, at=EVE)
    with pytest.raises(Refused, match="figées"):
        address(people, amina, by="amina", city="Autre")
    with pytest.raises(Refused):
        address(people, amina, city="Autre")
    assert address(people, amina, city="Autre", reason=REASON).number == 2


def test_a_move_changes_the_person_and_never_the_entry(people, amina):
    place = address(people, amina, at=EVE)
    note_move(
        enrolment=amina, address="1 rue Neuve", postcode="75018", city="Paris",
        actor=people.actor("amina"),
    )  # fmt: skip
    people.amina.refresh_from_db()
    assert people.amina.city == "Paris"
    assert EntryPlace.objects.get() == place and place.city == "Saint-Denis"
