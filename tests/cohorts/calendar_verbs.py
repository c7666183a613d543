"""Planning and signing, as tests say it."""

import datetime as dt
from typing import Any

from cohorts.enums.sessions import Way
from cohorts.models import Attendance, Session, Slot
from cohorts.rules.sessions import instant
from cohorts.services import attendance
from cohorts.services.session_wishes import HalfDay, Repeat, SessionWishes, TrainerName
from cohorts.services.sessions import plan_sessions
from tests.factories import NOW, TODAY
from tests.personas import People

MORNING = HalfDay("morning", dt.time(9), dt.time(12))
AFTERNOON = HalfDay("afternoon", dt.time(13, 30), dt.time(17))
# 10 h 30 on the suite's day: the morning is being signed.
LATE, EVE = dt.timedelta(minutes=30), dt.timedelta(days=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def wishes(**changes: Any) -> SessionWishes:
    usual: dict[str, Any] = {
        "kind": "training",
        "title": "Hygiène en cuisine",
        "place": "Maison de quartier",
        "day": TODAY,
        "halves": (MORNING, AFTERNOON),
        "trainers": (TrainerName("Odile Ferrand", "Lycée des Halles"),),
    }
    return SessionWishes(**{**usual, **changes})


def plan(
    people: People, *, repeat: Repeat | None = None, by: str = "driss", **changes: Any
) -> Session:
    return plan_all(people, repeat=repeat, by=by, **changes)[0]


def plan_all(
    people: People, *, repeat: Repeat | None = None, by: str = "driss", **changes: Any
) -> list[Session]:
    cohort = changes.pop("cohort", people.a.cohort)
    return plan_sessions(
        cohort=cohort, wishes=wishes(**changes), repeat=repeat, actor=people.actor(by), at=NOW
    )


def slot_of(session: Session, half: str = "morning") -> Slot:
    return Slot.objects.select_related("session__cohort").get(session=session, half=half)


def sign(
    people: People, slot: Slot, name: str = "amina", *, way: str = Way.PHONE, at: dt.datetime = NOW,
    says_late: bool = False,
) -> Attendance:  # fmt: skip
    return attendance.sign(
        slot=slot,
        enrolment=people.enrolments[name],
        way=way,
        says_late=says_late,
        actor=people.actor(name),
        at=at,
    )


def note(people: People, slot: Slot, name: str, presence: str, *, at=NOW, reason=""):
    return attendance.note_presence(
        slot=slot, enrolment=people.enrolments[name], presence=presence, reason=reason,
        actor=people.actor("driss"), at=at,
    )  # fmt: skip


def paris(hour: int, minute: int = 0, day: dt.date = TODAY) -> dt.datetime:
    return instant(day, dt.time(hour, minute))
