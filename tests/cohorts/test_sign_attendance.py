"""Signing a half-day: oneself, around it, once. Nobody signs for others, nor afterwards."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from cohorts.enums import CohortState
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Cohort,
    SheetScan,
    TrainerSignature,
)
from cohorts.rules.attendance import fresh_steps, may_sign, seconds_left, step_of, worth_minutes
from cohorts.services import attendance, slot_codes
from ct_platform.kit.errors import Refused
from tests.cohorts.calendar_verbs import PNG, note, paris, plan, sign, slot_of
from tests.factories import NOW, TODAY

EVENING = paris(18)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def slot(people):
    return slot_of(plan(people))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (paris(8, 44), False),
        (paris(8, 45), True),
        (paris(12), True),
        (paris(12, 30), True),
        (paris(12, 31), False),
    ],
)
def test_a_half_day_is_signed_around_itself(at, expected):
    assert may_sign(paris(9), paris(12), at) is expected


def test_a_code_lives_for_its_thirty_seconds_and_the_next(slot):
    shown = paris(10)
    code = slot_codes.code_of(slot=slot, at=shown)
    assert (code.seconds, seconds_left(shown + 29 * SECOND)) == (30, 1)
    assert step_of(shown) in fresh_steps(shown + 59 * SECOND)
    for late, taken in ((0, True), (29, True), (59, True), (60, False), (3600, False)):
        at = shown + late * SECOND
        assert slot_codes.accepts(slot=slot, token=code.token, at=at) is taken, late
        assert (
            slot_codes.token_for(slot=slot, typed=code.typed.lower(), at=at) is not None
        ) is taken
    assert not slot_codes.accepts(slot=slot, token=code.token, at=shown - SECOND)


def test_a_code_is_of_one_half_day_and_cannot_be_made_up(people, slot):
    at = paris(10)
    other = slot_of(slot.session, "afternoon")
    code = slot_codes.code_of(slot=other, at=at)
    assert not slot_codes.accepts(slot=slot, token=code.token, at=at)
    for forged in ("", "0" * 32, code.token[:-1], "é" * 32):
        assert not slot_codes.accepts(slot=slot, token=forged, at=at)


def test_a_ticket_is_of_one_person_and_lasts_two_minutes(people, slot):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    at = paris(10)
    ticket = slot_codes.ticket_for(slot=slot, enrolment=amina, at=at)
    holds = slot_codes.ticket_holds
    assert holds(slot=slot, enrolment=amina, ticket=ticket, at=at + 119 * SECOND)
    assert not holds(slot=slot, enrolment=amina, ticket=ticket, at=at + 151 * SECOND)
    assert not holds(slot=slot, enrolment=bastien, ticket=ticket, at=at)
    for forged in ("", "-", "99999999999999999999-x", f"{step_of(at)}-", "²-x"):
        assert not holds(slot=slot, enrolment=amina, ticket=forged, at=at)


def test_a_trainer_link_is_of_one_half_day_and_dies_when_renewed(slot):
    trainer = slot.session.trainers.get()
    other = slot_of(slot.session, "afternoon")
    secret = slot_codes.link_of(slot=slot, trainer=trainer)
    assert len(secret) * 4 == 128
    assert slot_codes.opens_link(slot=slot, trainer=trainer, secret=secret)
    assert not slot_codes.opens_link(slot=other, trainer=trainer, secret=secret)
    attendance.renew_link(trainer=trainer)
    trainer.refresh_from_db()
    assert not slot_codes.opens_link(slot=slot, trainer=trainer, secret=secret)


def test_it_signs_with_its_own_instant(people, slot):
    held = sign(people, slot, at=paris(8, 57))
    signature = AttendanceSignature.objects.get()
    assert (held.presence, signature.way, signature.at) == ("present", "phone", paris(8, 57))
    assert "8 h 57" in AttendanceChange.objects.get().sentence.replace("\xa0", " ")


def test_signing_twice_is_quiet(people, slot):
    first = sign(people, slot)
    assert sign(people, slot, at=paris(11)) == first
    assert AttendanceSignature.objects.get().at == NOW


def test_late_is_said_by_the_person_and_only_once_it_began(people, slot):
    assert sign(people, slot, "amina", says_late=True, at=paris(9, 10)).presence == "present"
    assert sign(people, slot, "bastien", says_late=True, at=paris(9, 20)).presence == "late"


@pytest.mark.parametrize(
    ("at", "sentence"), [(paris(8, 40), "à partir de"), (paris(12, 31), "fermé")]
)
def test_outside_the_window_nobody_signs(people, slot, at, sentence):
    for way in ("phone", "tablet"):
        with pytest.raises(Refused, match=sentence):
            sign(people, slot, way=way, at=at)
    assert not Attendance.objects.exists() and not AttendanceSignature.objects.exists()


@pytest.mark.parametrize("name", ["chloe", "gael"])
def test_who_is_not_expected_does_not_sign(people, slot, name):
    with pytest.raises(Refused, match="pas attendue"):
        sign(people, slot, name)
    assert not AttendanceSignature.objects.exists()


def test_who_is_not_invited_does_not_sign(people):
    slot = slot_of(plan(people, invited=(people.enrolments["bastien"].pk,)))
    with pytest.raises(Refused, match="pas attendue"):
        sign(people, slot, "amina")
    sign(people, slot, "bastien")


def test_an_archived_cohort_is_signed_no_more(people, slot):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    with pytest.raises(Refused, match="archivée"):
        sign(people, slot)


@pytest.mark.parametrize(
    "model", [AttendanceSignature, AttendanceChange, TrainerSignature], ids=lambda m: m.__name__
)
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_signatures_and_history_as_they_are(people, slot, model, act):
    sign(people, slot)
    trainer = slot.session.trainers.get()
    attendance.sign_as_trainer(slot=slot, trainer=trainer, way="link", at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(at=NOW) if act == "update" else model.objects.all().delete()
    assert model.objects.count() == 1


def test_the_coordination_notes_and_it_is_no_signature(people, slot):
    note(people, slot, "amina", "late", at=paris(9, 30))
    assert Attendance.objects.get().way == "noted" and not AttendanceSignature.objects.exists()


def test_after_the_window_the_coordination_signs_for_nobody(people, slot):
    for presence in ("present", "late"):
        with pytest.raises(Refused, match="feuille"):
            note(people, slot, "amina", presence, at=paris(12, 31))
    assert not Attendance.objects.exists()
    note(people, slot, "amina", "absent", at=paris(12, 31))


def test_nobody_is_absent_before_it_began_but_may_be_excused(people, slot):
    with pytest.raises(Refused, match="pas commencé"):
        note(people, slot, "amina", "absent", at=paris(8, 50))
    note(people, slot, "amina", "excused", at=paris(8, 50), reason="rendez-vous")


def test_who_signed_is_not_noted_otherwise(people, slot):
    sign(people, slot)
    with pytest.raises(Refused, match="a signé"):
        note(people, slot, "amina", "absent")
    assert Attendance.objects.get().presence == "present"


def test_who_was_noted_absent_and_comes_may_sign(people, slot):
    note(people, slot, "amina", "absent", at=paris(9, 30))
    assert sign(people, slot, at=paris(9, 40), says_late=True).presence == "late"
    assert AttendanceChange.objects.count() == 2


def test_a_private_reason_is_in_no_history_and_goes_with_the_excuse(people, slot):
    note(people, slot, "amina", "excused", reason="rendez-vous secret")
    note(people, slot, "bastien", "absent", reason="rendez-vous secret")
    assert Attendance.objects.get(enrolment=people.enrolments["amina"]).reason
    assert not Attendance.objects.get(enrolment=people.enrolments["bastien"]).reason
    assert not AttendanceChange.objects.filter(sentence__contains="secret").exists()


def test_absences_are_noted_once_the_window_is_over(people, slot):
    sign(people, slot, "amina")
    asked = {"slot": slot, "actor": people.actor("driss")}
    with pytest.raises(Refused, match="Notez les absences après"):
        attendance.note_absences(at=paris(12, 30), **asked)
    assert attendance.note_absences(at=paris(12, 31), **asked) == 1
    assert attendance.note_absences(at=paris(12, 32), **asked) == 0
    assert Attendance.objects.get(enrolment=people.enrolments["bastien"]).presence == "absent"


def paper(people, slot, *, names=("amina",), content=PNG, sentence="Pas de réseau", at=EVENING):
    return attendance.write_in_paper(
        session=slot.session,
        content=content,
        sentence=sentence,
        signed=[(slot.pk, people.enrolments[name].pk) for name in names],
        actor=people.actor("driss"),
        at=at,
    )


def test_paper_is_the_only_way_afterwards_with_its_scan_and_its_sentence(people, slot):
    scan = paper(people, slot, names=("amina", "bastien"))
    signatures = AttendanceSignature.objects.all()
    assert {one.way for one in signatures} == {"paper"} and {one.scan_id for one in signatures} == {
        scan.pk
    }
    assert "Pas de réseau" in AttendanceChange.objects.first().sentence
    assert scan.file.read() == PNG and scan.mime == "image/png"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": " "}, "pourquoi"),
        ({"content": b"<svg onload=x>"}, "ni un PDF"),
        ({"content": b""}, "ni un PDF"),
        ({"content": b"%PDF-" + b"0" * (5 * 1024 * 1024)}, "5 Mo"),
        ({"names": ()}, "Cochez"),
        ({"names": ("chloe",)}, "pas attendue"),
        ({"at": paris(8, 50)}, "pas commencé"),
    ],
)
def test_paper_without_proof_signs_nothing(people, slot, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        paper(people, slot, **changes)
    assert not AttendanceSignature.objects.exists() and not SheetScan.objects.exists()


def test_paper_leaves_who_signed_by_phone_and_the_same_file_is_kept_once(people, slot):
    sign(people, slot, "amina")
    paper(people, slot, names=("amina",))
    paper(people, slot, names=("bastien",))
    assert AttendanceSignature.objects.get(enrolment=people.enrolments["amina"]).way == "phone"
    assert SheetScan.objects.count() == 1


def test_the_trainer_signs_once_within_the_window(people, slot):
    trainer = slot.session.trainers.get()
    asked = {"slot": slot, "trainer": trainer, "way": "link"}
    with pytest.raises(Refused):
        attendance.sign_as_trainer(at=paris(12, 31), **asked)
    first = attendance.sign_as_trainer(at=paris(9), **asked)
    assert attendance.sign_as_trainer(at=paris(12), **asked) == first


def test_minutes_are_those_of_the_half_day_or_from_who_came_late():
    assert worth_minutes(paris(9), paris(12), None) == 180
    assert worth_minutes(paris(9), paris(12), paris(9, 40)) == 140
    assert worth_minutes(paris(9), paris(12), paris(8, 50)) == 180
    assert worth_minutes(paris(9), paris(12), paris(12, 20)) == 0


def test_a_half_day_is_as_long_as_its_clock_says_on_the_days_clocks_change(people):
    assert TODAY
    sunday = dt.date(2026, 10, 25)
    assert worth_minutes(paris(9, day=sunday), paris(12, day=sunday), None) == 180
