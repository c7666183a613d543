"""Who may write, read and publish words."""

from ct_platform.kit.actor import Actor
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial


def can_write(actor: Actor) -> bool:
    """A coopérant, for themself; also once they have left."""
    return actor.is_cooperant


def can_withdraw(actor: Actor, testimonial: Testimonial) -> bool:
    """Its author, whatever its state, until it is withdrawn."""
    return (
        testimonial.enrolment.person_id == actor.person_id
        and testimonial.state != TestimonialState.WITHDRAWN
    )


def can_moderate(actor: Actor) -> bool:
    """The coordinator of the territory (the queryset already holds the territory)."""
    return actor.is_coordinator
