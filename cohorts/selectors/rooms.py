"""What is seen in the room of a half-day: who is awaited, who has signed."""

from dataclasses import dataclass
from typing import Any

from cohorts.models import (
    AttendanceSignature,
    Session,
    SessionTrainer,
    Slot,
    TrainerSignature,
)
from cohorts.selectors.roll import expected_at, members_of


@dataclass(frozen=True, slots=True)
class Seat:
    enrolment: Any
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Room:
    seats: list[Seat]
    trainers: list[tuple[SessionTrainer, TrainerSignature | None]]

    @property
    def signed(self) -> int:
        return sum(1 for seat in self.seats if seat.is_signed)

    @property
    def expected(self) -> int:
        return len(self.seats)


def room_of(slot: Slot) -> Room:
    """Four queries, five when only some are invited."""
    session: Session = slot.session
    people = expected_at(session, members_of(session.cohort_id))
    rows = AttendanceSignature.objects.filter(slot=slot)
    signed = set(rows.values_list("enrolment_id", flat=True))
    by = {one.trainer_id: one for one in TrainerSignature.objects.filter(slot=slot)}
    return Room(
        seats=[Seat(one, one.pk in signed) for one in people],
        trainers=[(one, by.get(one.pk)) for one in session.trainers.all()],
    )


@dataclass(frozen=True, slots=True)
class Guest:
    slot: Slot
    trainer: SessionTrainer


def guest_of(slot_id: int, trainer_id: int) -> Guest | None:
    """The half-day and the trainer an address names, when they belong together. Two queries."""
    slot = Slot.objects.select_related("session__cohort").filter(pk=slot_id).first()
    if slot is None:
        return None
    trainer = SessionTrainer.objects.filter(pk=trainer_id, session_id=slot.session_id).first()
    return Guest(slot, trainer) if trainer is not None else None
