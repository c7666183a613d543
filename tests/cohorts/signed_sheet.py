"""A session of cohort A on the suite's day, for the tests that visit every address."""

from typing import Any

from cohorts.models import Attendance
from cohorts.services.attendance import write_in_paper
from cohorts.services.corrections import ask_correction
from cohorts.services.session_wishes import TrainerName
from cohorts.services.slot_codes import link_of
from tests.cohorts.calendar_verbs import PNG, paris, plan, sign, slot_of
from tests.factories import NOW
from tests.personas import People


def sign_a_sheet(people: People, canary: str) -> dict[str, Any]:
    """Amina signed this morning, Bastien on paper; the coordination asks Amina a correction."""
    session = plan(
        people, title=f"Atelier {canary}", place=canary, trainers=(TrainerName(f"Odile {canary}"),)
    )
    slot = slot_of(session)
    sign(people, slot, "amina", at=paris(9))
    scan = write_in_paper(
        session=session,
        content=PNG,
        sentence=canary,
        signed=[(slot.pk, people.enrolments["bastien"].pk)],
        actor=people.actor("driss"),
        at=NOW,
    )
    asked = ask_correction(
        slot=slot, enrolment=people.enrolments["amina"], wanted="late", sentence=canary,
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    trainer = session.trainers.get()
    return {
        "session_id": session.pk,
        "slot_id": slot.pk,
        "scan_id": scan.pk,
        "trainer_id": trainer.pk,
        "request_id": asked.pk,
        "attendance_id": Attendance.objects.get(enrolment=people.enrolments["amina"]).pk,
        "secret": link_of(slot=slot, trainer=trainer)[:-1] + "x",
    }
