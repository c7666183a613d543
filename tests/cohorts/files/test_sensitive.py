"""Sensitive answers: optional, sealed, one seat opens them, every opening is recorded and shown."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import DatabaseError, connection, transaction

from cohorts.models import SensitiveAnswers
from cohorts.services.sensitive import export_sensitive, open_answers, write_sensitive
from ct_platform.kit.errors import Refused
from members.models import AccessRecord
from tests.cohorts.files.conftest import EVE
from tests.factories import NOW


@pytest.fixture
def write(people, amina):
    def keep(answers, by="driss", at=NOW, **more):
        write_sensitive(enrolment=amina, answers=answers, actor=people.actor(by), at=at, **more)

    return keep


def records():
    return list(
        AccessRecord.objects.order_by("pk").values_list(
            "act", "by_person__first_name", "person__first_name"
        )
    )


def read(people, amina, by="driss"):
    return open_answers(enrolment=amina, actor=people.actor(by), at=NOW)


def test_what_the_person_says_is_kept_and_the_coordinator_reads_it_once_recorded(
    people, amina, write
):
    write({"disability": "yes", "homeless": "refused"}, by="amina")
    assert read(people, amina) == {"disability": "yes", "homeless": "refused"}
    assert records() == [("written", "Amina", "Amina"), ("read", "Driss", "Amina")]
    assert AccessRecord.objects.first().by_seat == "coordination, Le Plateau"


def test_nothing_answered_is_read_as_nothing_and_that_reading_is_recorded_too(people, amina):
    assert read(people, amina) == {}
    assert len(records()) == 1


def test_reading_oneself_is_no_event(people, amina, write):
    write({"minority": "no"}, by="amina")
    assert read(people, amina, by="amina") == {"minority": "no"}
    assert [act for act, _by, _of in records()] == ["written"]


@pytest.mark.parametrize("who", ["bastien", "gael", "chloe", "dalia", "helene", "elsa", "nora"])
def test_no_other_seat_reads_or_writes_and_nothing_is_recorded(people, amina, write, who):
    write({"disability": "yes"}, by="amina")
    with pytest.raises(Refused):
        read(people, amina, by=who)
    with pytest.raises(Refused):
        write({"disability": "no"}, by=who)
    assert SensitiveAnswers.objects.count() == 1 and len(records()) == 1


def test_the_database_holds_no_answer_in_clear(people, amina, write):
    write({"disability": "yes"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cohorts_sensitiveanswers")
        sealed = cursor.fetchone()[0]
    assert "disability" not in sealed and "yes" not in sealed[:6]


def test_answers_moved_to_another_person_do_not_open(people, amina, write):
    write({"disability": "yes"})
    stolen = SensitiveAnswers.objects.get()
    SensitiveAnswers.objects.create(
        enrolment=people.enrolments["bastien"], number=1, written_by=people.driss, written_at=NOW,
        sealed=stolen.sealed,
    )  # fmt: skip
    with pytest.raises(ValueError, match="elsewhere"):
        read(people, people.enrolments["bastien"])


def test_the_same_again_and_blanks_write_nothing(write):
    write({"disability": "yes"})
    write({"disability": "yes", "minority": ""})
    assert SensitiveAnswers.objects.count() == 1 and len(records()) == 1


def test_after_the_entry_an_answer_is_corrected_by_the_coordinator_with_a_reason(
    people, amina, write
):
    write({"disability": "no"}, by="amina", at=EVE)
    write({"minority": "no"}, by="amina")  # still missing: completed
    with pytest.raises(Refused):
        write({"disability": "yes"}, by="amina")
    with pytest.raises(Refused):
        write({"disability": "yes"})
    write({"disability": "yes"}, reason="Reconnaissance reçue après coup.")
    assert read(people, amina) == {"disability": "yes", "minority": "no"}
    assert AccessRecord.objects.filter(act="written").latest("pk").why.startswith("Reconnaissance")
    assert SensitiveAnswers.objects.count() == 3


def test_another_answer_or_question_is_refused(write):
    with pytest.raises(Refused):
        write({"disability": "maybe"})
    with pytest.raises(KeyError):
        write({"labour": "employed"})
    assert not SensitiveAnswers.objects.exists()


def test_an_export_is_recorded_for_each_person(people, amina, write):
    write({"disability": "yes"})
    both = [amina, people.enrolments["bastien"]]
    found = export_sensitive(
        cohort=people.a.cohort, enrolments=both, actor=people.actor("driss"), at=NOW
    )
    assert found == {amina.pk: {"disability": "yes"}}
    assert records()[1:] == [("exported", "Driss", "Amina"), ("exported", "Driss", "Bastien")]
    with pytest.raises(Refused):
        export_sensitive(
            cohort=people.a.cohort, enrolments=both, actor=people.actor("dalia"), at=NOW
        )


@pytest.mark.parametrize("model", ["members.AccessRecord", "cohorts.SensitiveAnswers"])
def test_the_database_refuses_to_change_or_forget(people, amina, write, model):
    write({"disability": "yes"})
    rows = apps.get_model(model).objects
    column = "subject" if model.endswith("Record") else "sealed"
    for act in (lambda: rows.update(**{column: "x"}), lambda: rows.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert rows.count() == 1


def test_no_admin_shows_them():
    assert SensitiveAnswers not in admin.site._registry
