"""Answers for people who have neither e-mail nor SMS: one file to print, a letter a page."""

import datetime as dt

from cohorts.models import Cohort
from cohorts.selectors.recruiting import letters_to_print
from cohorts.services.answer_words import letter_of
from ct_platform.kit.clock import civil_day
from documents.services.render import render_transient


def letters_pdf(*, cohort: Cohort, at: dt.datetime) -> bytes | None:
    """Draw every letter nobody posted yet; None when there is none. No row, no code: nothing is issued."""
    found = [letter_of(one) for one in letters_to_print(cohort)]
    if not found:
        return None
    page = {"letters": found, "cohort": cohort, "day": civil_day(at), "eu": cohort.eu_funded}
    return render_transient("pdf/application_letters.html", page)
