import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from testimonials.models import Testimonial
from testimonials.services import moderation, words

TEXT = "Mon premier bulletin, je l’ai mis au mur de la cuisine."
UNTIL = dt.date(2027, 12, 31)


@pytest.fixture
def leave(people, at) -> Callable[..., Testimonial]:
    """`leave("amina", uses=("site", "press"))`: somebody leaves words, today."""

    def submit(name: str = "amina", **changes: Any) -> Testimonial:
        values = {
            "text": TEXT,
            "signed_as": "Amina",
            "trade": "fleuriste",
            "consent_until": UNTIL,
            "at": at,
        } | changes
        return words.submit_words(
            enrolment=people.enrolments[name], actor=people.actor(name), **values
        )

    return submit


@pytest.fixture
def publish(people, leave, at) -> Callable[..., Testimonial]:
    """Words left, and accepted by Driss: on the site when the agreement is there."""

    def made(name: str = "amina", **changes: Any) -> Testimonial:
        told = leave(name, **changes)
        moderation.approve_words(testimonial=told, actor=people.actor("driss"), at=at)
        told.refresh_from_db()
        return told

    return made
