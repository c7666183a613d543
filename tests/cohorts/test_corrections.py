"""A presence held to be wrong: one side asks, the other answers, everything stays written."""

import pytest

from cohorts.enums import CohortState
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Cohort,
    CorrectionRequest,
)
from cohorts.services.corrections import answer_correction, ask_correction
from ct_platform.kit.errors import Refused
from tests.cohorts.calendar_verbs import note, paris, plan, sign, slot_of

EVENING = paris(18)


@pytest.fixture
def slot(people):
    return slot_of(plan(people))


def ask(
    people, slot, by="amina", *, whom="amina", wanted="present", sentence="J’étais là", at=EVENING
):
    return ask_correction(
        slot=slot, enrolment=people.enrolments[whom], wanted=wanted, sentence=sentence,
        actor=people.actor(by), at=at,
    )  # fmt: skip


def answer(people, asked, by="driss", *, accept=True, said=""):
    return answer_correction(
        request=asked, accept=accept, answer=said, actor=people.actor(by), at=EVENING
    )


def test_a_forgotten_signature_is_recognised_without_becoming_one(people, slot):
    answer(people, ask(people, slot))
    held = Attendance.objects.get()
    assert (held.presence, held.way) == ("present", "agreed")
    assert not AttendanceSignature.objects.exists()
    assert "J’étais là" in AttendanceChange.objects.get().sentence


def test_the_coordination_asks_and_the_person_answers(people, slot):
    sign(people, slot)
    asked = ask(people, slot, "driss", wanted="absent", sentence="Partie à 9 h 15")
    with pytest.raises(Refused, match="à l’autre"):
        answer(people, asked, "driss")
    assert Attendance.objects.get().presence == "present"
    answer(people, asked, "amina")
    assert Attendance.objects.get().presence == "absent"
    assert AttendanceSignature.objects.count() == 1  # what was signed stays


def test_who_asks_does_not_answer(people, slot):
    with pytest.raises(Refused, match="à l’autre"):
        answer(people, ask(people, slot), "amina")
    assert not Attendance.objects.exists()


def test_a_refusal_says_why_and_changes_nothing(people, slot):
    note(people, slot, "amina", "absent", at=paris(13))
    asked = ask(people, slot)
    with pytest.raises(Refused, match="Dites pourquoi"):
        answer(people, asked, accept=False)
    answer(people, asked, accept=False, said="Personne ne t’a vue")
    assert Attendance.objects.get().presence == "absent"
    assert "Personne ne t’a vue" in AttendanceChange.objects.last().sentence
    assert CorrectionRequest.objects.get().state == "refused"


def test_the_same_request_or_answer_twice_is_quiet_another_is_refused(people, slot):
    asked = ask(people, slot)
    assert ask(people, slot) == asked
    with pytest.raises(Refused, match="attend déjà"):
        ask(people, slot, wanted="late")
    answer(people, asked)
    assert answer(people, asked).state == "accepted"
    with pytest.raises(Refused, match="déjà sa réponse"):
        answer(people, asked, accept=False, said="non")
    assert AttendanceChange.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": " "}, "une phrase"),
        ({"at": paris(8, 50)}, "pas commencé"),
        ({"whom": "chloe", "by": "chloe"}, "pas attendue"),
    ],
)
def test_what_makes_no_sense_is_refused(people, slot, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        ask(people, slot, **changes)
    assert not CorrectionRequest.objects.exists()


def test_what_is_already_noted_is_not_asked(people, slot):
    sign(people, slot)
    with pytest.raises(Refused, match="déjà ce qui est noté"):
        ask(people, slot)


def test_an_archived_cohort_is_corrected_no_more(people, slot):
    asked = ask(people, slot)
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    with pytest.raises(Refused, match="archivée"):
        answer(people, asked)
    assert not Attendance.objects.exists()
