"""The codes of a half-day: what the screen shows for thirty seconds, and what a guest trainer's link holds.

All are keyed hashes of public facts: nothing is stored, so a copy of the database signs nothing.
"""

import datetime as dt
import hmac
from dataclasses import dataclass

from cohorts.models import Enrolment, SessionTrainer, Slot
from cohorts.rules.attendance import TICKET_STEPS, fresh_steps, seconds_left, step_of
from ct_platform.kit.crypto import blind_indexes

# 128 bits, in an address.
_LENGTH = 32
# Read aloud and typed with a thumb: no 0/O, 1/I/L, U/V. Six of 29 signs is 2^29, for one minute.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_TYPED = 6


@dataclass(frozen=True, slots=True)
class Code:
    """`token` goes into the square, `typed` under it; `seconds` until both change."""

    token: str
    typed: str
    seconds: int


def code_of(*, slot: Slot, at: dt.datetime) -> Code:
    """The code on the screen at that instant."""
    step = step_of(at)
    token = _tokens(slot, step)[0]
    return Code(token, _typed(token), seconds_left(at))


def accepts(*, slot: Slot, token: str, at: dt.datetime) -> bool:
    """Whether the token is of the step on the screen, or of the one before."""
    return any(
        hmac.compare_digest(good.encode(), token.encode())
        for step in fresh_steps(at)
        for good in _tokens(slot, step)
    )


def token_for(*, slot: Slot, typed: str, at: dt.datetime) -> str | None:
    """The token whose short form somebody typed; None when no fresh one has it."""
    read = "".join(sign for sign in typed.upper() if sign.isalnum())
    for step in fresh_steps(at):
        token = _tokens(slot, step)[0]
        if hmac.compare_digest(_typed(token).encode(), read.encode()):
            return token
    return None


def ticket_for(*, slot: Slot, enrolment: Enrolment, at: dt.datetime) -> str:
    """What the confirm page carries: this person read a fresh code of this half-day just now."""
    step = step_of(at)
    return f"{step}-{_tickets(slot, enrolment, step)[0]}"


def ticket_holds(*, slot: Slot, enrolment: Enrolment, ticket: str, at: dt.datetime) -> bool:
    """Two minutes to read the page and press: the code itself may have changed meanwhile."""
    step, _, mark = ticket.partition("-")
    if not (step.isascii() and step.isdigit() and len(step) < 15):
        return False
    if not 0 <= step_of(at) - int(step) <= TICKET_STEPS:
        return False
    return any(
        hmac.compare_digest(good.encode(), mark.encode())
        for good in _tickets(slot, enrolment, int(step))
    )


def link_of(*, slot: Slot, trainer: SessionTrainer) -> str:
    """The secret of a guest trainer's link: one half-day, one person, until it is renewed."""
    return _links(slot, trainer)[0]


def opens_link(*, slot: Slot, trainer: SessionTrainer, secret: str) -> bool:
    return any(
        hmac.compare_digest(good.encode(), secret.encode()) for good in _links(slot, trainer)
    )


def _tokens(slot: Slot, step: int) -> list[str]:
    return _hashes("attendance|code", f"{slot.pk}|{step}")


def _tickets(slot: Slot, enrolment: Enrolment, step: int) -> list[str]:
    return _hashes("attendance|ticket", f"{slot.pk}|{enrolment.pk}|{step}")


def _links(slot: Slot, trainer: SessionTrainer) -> list[str]:
    return _hashes("attendance|link", f"{slot.pk}|{trainer.pk}|{trainer.link_version}")


def _hashes(place: str, text: str) -> list[str]:
    return [one[:_LENGTH] for one in blind_indexes(place, text)]


def _typed(token: str) -> str:
    number, signs = int(token[:16], 16), []
    for _ in range(_TYPED):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(signs)
