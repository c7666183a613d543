"""The calendar of a cohort: a gathering in fourteen of its weeks, signed by who came."""

import datetime as dt
import random

from cohorts.enums.sessions import Presence, SessionKind, Way
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Session,
    SessionTrainer,
    Slot,
    TrainerSignature,
)
from cohorts.rules.sessions import instant
from ct_platform.home.seeding.people import Member
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Maker, Sink, plain
from members.rules import fold

SESSIONS = 14
TUESDAY = dt.timedelta(days=1)
STARTS, ENDS = dt.time(9), dt.time(12)
KINDS = (
    (SessionKind.MEETING, "Réunion de la semaine"),
    (SessionKind.TRAINING, "Hygiène en cuisine"),
    (SessionKind.PRODUCTION, "Préparer le marché"),
)
TRAINER, SCHOOL = "Odile Perrin", "Lycée des Halles"
# Of those who are expected; the others came, in time.
ABSENT, EXCUSED, LATE = 0.07, 0.06, 0.05
HELD = (
    "slot_id", "enrolment_id", "presence", "way", "noted_at", "noted_by_id",
)  # fmt: skip


class Rooms:
    """Writes the gatherings of one cohort after another; the quick makers are made once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._held: Maker = sink.maker(Attendance, HELD)
        self._signed: Maker = sink.maker(
            AttendanceSignature, ("slot_id", "enrolment_id", "way", "at", "by_id")
        )
        self._line: Maker = sink.maker(
            AttendanceChange, ("slot_id", "enrolment_id", "at", "by_id", "sentence")
        )

    def gather(
        self, plan: Plan, members: list[Member], cohort_id: int, by: int, today: dt.date,
        chance: random.Random,
    ) -> None:  # fmt: skip
        """What is past is signed; what is to come is only planned."""
        for rank, day in enumerate(days_of(plan)):
            kind, title = KINDS[rank % len(KINDS)]
            session = self._sink.add(
                Session, cohort_id=cohort_id, kind=kind, title=title, day=day, created_by_id=by,
                place="Maison de quartier, Valbrune",
            )  # fmt: skip
            slot = self._sink.add(
                Slot, session_id=session, half="morning", starts=str(STARTS), ends=str(ENDS)
            )
            if kind is SessionKind.TRAINING:
                self._trained(session, slot, day, is_past=day < today)
            if day < today:
                self._sign(slot, day, members, by, chance)

    def _trained(self, session: int, slot: int, day: dt.date, *, is_past: bool) -> None:
        trainer = self._sink.add(
            SessionTrainer, session_id=session, name=TRAINER, organisation=SCHOOL, key=fold(TRAINER)
        )
        if is_past:
            self._sink.add(
                TrainerSignature, slot_id=slot, trainer_id=trainer, way=Way.LINK,
                at=instant(day, STARTS),
            )  # fmt: skip

    def _sign(
        self, slot: int, day: dt.date, members: list[Member], by: int, chance: random.Random
    ) -> None:
        begins, place = instant(day, STARTS), str(slot)
        for member in members:
            if member.last_day < day:
                continue
            presence = _presence(chance.random())
            came = presence in (Presence.PRESENT, Presence.LATE)
            minutes = 20 if presence is Presence.LATE else chance.randint(-9, 12)
            at = plain(begins + dt.timedelta(minutes=minutes))
            who, author = str(member.key), str(member.person_id if came else by)
            way = Way.PHONE.value if came else Way.NOTED.value
            self._held(place, who, presence.value, way, at, author)
            self._line(place, who, at, author, f"{presence.label} : noté ce jour-là.")
            if came:
                self._signed(place, who, way, at, author)


def days_of(plan: Plan) -> list[dt.date]:
    """A Tuesday in each of `SESSIONS` weeks, spread over the whole cohort."""
    weeks = ((plan.ends_on - plan.starts_on).days + 1) // 7
    return [
        plan.starts_on + TUESDAY + dt.timedelta(weeks=rank * weeks // SESSIONS)
        for rank in range(SESSIONS)
    ]


def _presence(drawn: float) -> Presence:
    if drawn < ABSENT:
        return Presence.ABSENT
    if drawn < ABSENT + EXCUSED:
        return Presence.EXCUSED
    return Presence.LATE if drawn < ABSENT + EXCUSED + LATE else Presence.PRESENT
