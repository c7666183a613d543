"""On the public page of a cohort: the words its people agreed to publish."""

import datetime as dt
from collections.abc import Sequence

from cohorts import front
from testimonials.selectors.public import words_of_cohorts

SHOWN = 4


def _read(cohorts: Sequence[int], day: dt.date) -> front.Shown | None:
    words = words_of_cohorts(cohorts, day=day, limit=SHOWN)
    return front.Shown("testimonials/_front.html", words) if words else None


def register() -> None:
    front.register(front.Part("words", 50, _read))
