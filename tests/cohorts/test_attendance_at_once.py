"""Two acts on one presence at the very same moment: PostgreSQL only."""

import pytest

from cohorts.models import Attendance, AttendanceSignature, CorrectionRequest
from cohorts.services.corrections import answer_correction, ask_correction
from ct_platform.kit.errors import Refused
from projects.models import WorkEntry
from projects.services import work
from tests.cohorts.calendar_verbs import note, paris, plan, sign, slot_of
from tests.factories import NOW
from tests.projects.races import while_uncommitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_phones_of_one_person_sign_once(people):
    slot = slot_of(plan(people))
    first, second = while_uncommitted(lambda: sign(people, slot), lambda: sign(people, slot))
    assert first == second
    assert AttendanceSignature.objects.count() == Attendance.objects.count() == 1


def test_a_signature_and_a_note_of_absence_at_once_leave_the_signature(people):
    slot = slot_of(plan(people))
    _signed, error = while_uncommitted(
        lambda: sign(people, slot), lambda: note(people, slot, "amina", "absent")
    )
    assert isinstance(error, Refused) and Attendance.objects.get().presence == "present"


def test_one_half_day_confirmed_on_two_phones_is_one_entry(people):
    held = sign(people, slot_of(plan(people)))

    def confirm():
        return work.note_attended(
            attendance=held, enrolment=people.enrolments["amina"], project=None,
            actor=people.actor("amina"), at=NOW,
        )  # fmt: skip

    first, second = while_uncommitted(confirm, confirm)
    assert first == second and WorkEntry.objects.count() == 1


def test_yes_and_no_at_once_leave_one_answer(people):
    asked = ask_correction(
        slot=slot_of(plan(people)), enrolment=people.enrolments["amina"], wanted="present",
        sentence="J’étais là", actor=people.actor("amina"), at=paris(18),
    )  # fmt: skip

    def answer(accept):
        return lambda: answer_correction(
            request=asked, accept=accept, answer="vu", actor=people.actor("driss"), at=paris(18)
        )

    _first, error = while_uncommitted(answer(True), answer(False))
    assert isinstance(error, Refused) and CorrectionRequest.objects.get().state == "accepted"
