"""What `check_consistency` says of entry files. The database refuses edits: breaches are made past it."""

import datetime as dt
import uuid

import pytest

from cohorts.models import EntryPlace, EntrySituation, ExitSituation, SensitiveAnswers
from cohorts.services.entry_files import write_address, write_answers
from cohorts.services.exits import note_exit
from cohorts.services.places import locate_by_hand
from cohorts.services.sensitive import write_sensitive
from ct_platform.kit.invariants import all_invariants
from tests.factories import NOW, TODAY


def breaches() -> str:
    return " ".join(
        sentence
        for invariant in all_invariants()
        if invariant.code.startswith("cohorts.file_")
        for sentence in invariant.check()
    )


@pytest.fixture
def told(people, amina):
    return {"enrolment": amina, "actor": people.actor("driss"), "at": NOW}


def test_files_written_by_their_services_are_sound(told):
    write_answers(answers={"labour": "registered"}, **told)
    write_answers(answers={"labour": "seeking"}, reason="Elle s’est trompée.", **told)
    write_address(address="1 rue", postcode="93200", city="Saint-Denis", insee="93066", **told)
    locate_by_hand(quarter_code="", evidence="Carte", **told)
    write_sensitive(answers={"disability": "yes"}, **told)
    note_exit(left_on=TODAY, status="fixed_term", known_on=TODAY, contract_months=7, **told)
    assert breaches() == ""


def version(people, amina, number: int) -> dict:
    return {
        "enrolment": amina, "number": number, "written_by": people.driss, "written_at": NOW,
    }  # fmt: skip


def test_a_version_that_is_missing_is_said(people, amina):
    EntrySituation.objects.create(entered_on=TODAY, **version(people, amina, 2))
    assert "il manque une version" in breaches()


def test_sealed_answers_without_trace_or_content_are_said(people, amina):
    SensitiveAnswers.objects.create(
        key=uuid.uuid4(), sealed="illisible", **version(people, amina, 1)
    )
    said = breaches()
    assert "sans trace" in said
    assert "ne s’ouvrent pas" in said


def test_answers_that_keep_nothing_have_no_reason_to_be(people, amina, monkeypatch):
    SensitiveAnswers.objects.create(key=uuid.uuid4(), sealed="x", **version(people, amina, 1))
    monkeypatch.setattr("cohorts.invariants.entry_files.opened", lambda row: {})
    assert "aucune réponse" in breaches()
    monkeypatch.setattr("cohorts.invariants.entry_files.opened", lambda row: {"religion": "x"})
    assert "une autre question" in breaches()


def test_a_vintage_nobody_imported_is_said(people, amina):
    EntryPlace.objects.create(
        quarter_status="in", quarter_code="QN09999", vintage=2031, located_how="point",
        **version(people, amina, 1),
    )  # fmt: skip
    assert "millésime inconnu" in breaches()


def test_an_exit_that_gives_no_sure_category_is_said(people, amina):
    ExitSituation.objects.create(
        left_on=TODAY, status="open_ended", contract_months=3, known_on=dt.date(2026, 11, 20),
        **version(people, amina, 1),
    )  # fmt: skip
    assert "catégorie sûre" in breaches()
