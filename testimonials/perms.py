"""Who may write, read and publish words."""

from ct_platform.kit.actor import Actor
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial

_S = TestimonialState


def can_write(actor: Actor) -> bool:
    """A coopérant, for themself; also once they have left."""
    return actor.is_cooperant


def is_author(actor: Actor, testimonial: Testimonial) -> bool:
    return bool(testimonial.enrolment.person_id == actor.person_id)


def can_withdraw(actor: Actor, testimonial: Testimonial) -> bool:
    """Its author, whatever its state, until it is withdrawn."""
    return is_author(actor, testimonial) and testimonial.state != _S.WITHDRAWN


def can_edit(actor: Actor, testimonial: Testimonial) -> bool:
    return can_withdraw(actor, testimonial)


def can_answer(actor: Actor, testimonial: Testimonial) -> bool:
    """The author alone says yes or no to words that somebody else wrote down."""
    return is_author(actor, testimonial) and testimonial.state == _S.PROPOSED


def can_moderate(actor: Actor) -> bool:
    """The coordinator of the territory (the queryset already holds the territory)."""
    return actor.is_coordinator


def can_propose(testimonial: Testimonial) -> bool:
    return testimonial.state in (_S.TOLD, _S.SUBMITTED, _S.PROPOSED)


def can_note_place(testimonial: Testimonial) -> bool:
    return bool(testimonial.state == _S.APPROVED)
