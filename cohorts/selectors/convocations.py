"""Who may be called on paper, and who can hardly be reached otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cohorts.models import Enrolment, Session
from cohorts.selectors.roll import expected_at, members_of
from documents.models import Document


@dataclass(frozen=True, slots=True)
class Callee:
    """One line to tick."""

    enrolment: Enrolment
    has_mail: bool
    has_letter: bool


def callees(people: Iterable[Any], letters: Sequence[Document]) -> list[Callee]:
    """Enrolments with their person, and whether a letter stands already. No query."""
    lettered = {letter.subject_id for letter in letters}
    return [Callee(one, bool(one.person.email), one.person_id in lettered) for one in people]


def expected_of_session(session: Session) -> list[Any]:
    """Whom the session waits for, by name. Two queries at most."""
    return expected_at(session, members_of(session.cohort_id))
