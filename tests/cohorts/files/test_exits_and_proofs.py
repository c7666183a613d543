"""Exits noted without touching the entry; scans kept, each opening recorded."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohorts.enums.entry_files import ExitCategory, ProofKind
from cohorts.models import EntrySituation, ExitSituation, FileProof
from cohorts.selectors.entry_files import file_of
from cohorts.services.exits import note_exit
from cohorts.services.proofs import add_proof, open_proof
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import MOST_BYTES
from members.models import AccessRecord
from tests.cohorts.files.conftest import EVE
from tests.factories import NOW, TODAY

PDF = b"%PDF-1.7 signature"


@pytest.fixture
def leave(people, amina):
    def note(status="fixed_term", by="driss", left_on=dt.date(2026, 11, 20), **more):
        asked = {"known_on": TODAY, "contract_months": 8} | more
        return note_exit(
            enrolment=amina, status=status, left_on=left_on, actor=people.actor(by), at=NOW, **asked
        )

    return note


def test_an_exit_is_kept_raw_and_its_category_is_derived(leave, amina, answer):
    answer({"labour": "registered"}, at=EVE)
    left = leave(evidence="Contrat vu")
    found = file_of(amina, TODAY)
    assert (left.status, left.contract_months) == ("fixed_term", 8)
    assert found.outcome.category == ExitCategory.DURABLE
    assert found.answers["labour"] == "registered" and EntrySituation.objects.count() == 1


def test_exactly_six_months_is_a_transition_to_confirm(leave, amina):
    leave(contract_months=6)
    outcome = file_of(amina, TODAY).outcome
    assert (outcome.category, outcome.doubt) == ("transition", "exactly_six_months")


def test_a_length_is_kept_for_timed_contracts_only(leave):
    left = leave("open_ended", contract_months=8, contract_days=3)
    assert (left.contract_months, left.contract_days) == (None, 0)


def test_a_newer_exit_follows_with_a_reason_and_the_first_stays(leave, amina):
    first = leave("unemployed")
    assert leave("unemployed") == first
    with pytest.raises(Refused) as refusal:
        leave()
    assert refusal.value.field == "reason"
    leave(reason="Contrat signé hier.")
    assert [one.status for one in ExitSituation.objects.order_by("number")] == [
        "unemployed", "fixed_term",
    ]  # fmt: skip
    assert file_of(amina, TODAY).exit.status == "fixed_term"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"left_on": dt.date(2026, 9, 6)}, "left_on"), ({"left_on": dt.date(2026, 11, 26)}, "left_on"),
        ({"known_on": dt.date(2026, 11, 26)}, "known_on"), ({"qualification": "maybe"}, "qualification"),
        ({"contract_months": 61}, "contract_months"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(leave, wrong, field):
    with pytest.raises(Refused) as refusal:
        leave(**wrong)
    assert refusal.value.field == field and not ExitSituation.objects.exists()


@pytest.mark.parametrize("who", ["amina", "bastien", "dalia", "helene", "elsa"])
def test_only_the_coordinator_notes_an_exit(leave, who):
    with pytest.raises(Refused):
        leave(by=who)
    assert not ExitSituation.objects.exists()


# --- scans


@pytest.fixture
def keep(people, amina):
    def add(content=PDF, by="driss"):
        return add_proof(
            enrolment=amina, kind=ProofKind.SIGNED_QUESTIONNAIRE, content=content,
            actor=people.actor(by), at=NOW,
        )  # fmt: skip

    return add


def test_a_scan_is_kept_once_under_a_name_of_ours_and_signs_the_file(keep, amina):
    assert keep() == keep() and FileProof.objects.count() == 1
    proof = keep()
    assert proof.suffix == "pdf" and "amina" not in proof.file.name.lower()
    assert file_of(amina, TODAY).is_signed


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90 program", b"<html>", b"%PDF-" + b"x" * MOST_BYTES]
)
def test_what_a_file_begins_with_decides(keep, content):
    with pytest.raises(Refused) as refusal:
        keep(content)
    assert refusal.value.field == "file" and not FileProof.objects.exists()


def test_opening_a_scan_is_recorded(keep, people):
    proof = keep()
    assert open_proof(proof=proof, actor=people.actor("driss"), at=NOW) == PDF
    record = AccessRecord.objects.get()
    assert (record.act, record.subject, record.why) == ("read", "file_proof", "questionnaire signé")


def test_a_scan_that_was_altered_or_lost_is_not_handed_out(keep, people):
    proof = keep()
    with open(proof.file.path, "ab") as stored:
        stored.write(b"!")
    with pytest.raises(Refused, match="a changé"):
        open_proof(proof=proof, actor=people.actor("driss"), at=NOW)
    proof.file.storage.delete(proof.file.name)
    with pytest.raises(Refused, match="plus dans le coffre"):
        open_proof(proof=FileProof.objects.get(), actor=people.actor("driss"), at=NOW)


@pytest.mark.parametrize("who", ["amina", "bastien", "dalia", "helene", "elsa"])
def test_nobody_else_keeps_or_opens_a_scan(keep, people, who):
    with pytest.raises(Refused):
        keep(by=who)
    proof = keep()
    with pytest.raises(Refused):
        open_proof(proof=proof, actor=people.actor(who), at=NOW)
    assert not AccessRecord.objects.exists()


def test_the_pages_keep_and_hand_out_a_scan_as_a_download(people, amina, enter):
    driss = enter("driss")
    where = [people.a.cohort.pk, amina.pk]
    sent = {"kind": "signed", "file": SimpleUploadedFile("../../scan.exe", PDF)}
    assert driss.post(reverse("cohorts:file_add_proof", args=where), sent).status_code == 302
    proof = FileProof.objects.get()
    answer = driss.post(reverse("cohorts:file_proof", args=[*where, proof.pk]))
    assert answer.content == PDF and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other = [people.a.cohort.pk, people.enrolments["bastien"].pk, proof.pk]
    assert driss.post(reverse("cohorts:file_proof", args=other)).status_code == 404
