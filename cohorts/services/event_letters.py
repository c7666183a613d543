"""Invitations and news on paper: one file to print, a letter a page. No row, no code: nothing is issued.

A Document is kept for ever and shown by its code; a guest's address is not, and goes in three months.
"""

import datetime as dt

from cohorts.models import Event
from cohorts.selectors.events import letters_to_print
from cohorts.services.event_words import Letter, letter_of
from ct_platform.kit.clock import civil_day
from documents.engine.qr import png_src
from documents.services.render import render_transient


def letters_pdf(*, event: Event, at: dt.datetime) -> bytes | None:
    """Draw every letter nobody posted yet, each with its own code to answer; None when there is none."""
    found = [letter_of(one, event) for one in letters_to_print(event)]
    if not found:
        return None
    page = {
        "letters": [(one, _square(one)) for one in found],
        "cohort": event.cohort,
        "day": civil_day(at),
        "eu": event.cohort.eu_funded,
    }
    return render_transient("pdf/event_letters.html", page)


def _square(letter: Letter) -> str:
    return png_src(letter.url) if letter.url else ""
