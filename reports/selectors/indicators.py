"""The FSE+ tables of an operation, from the files of its participants."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cohorts.enums.entry_files import MISSING
from cohorts.rules.participants import Entry, later_results_of, outputs_of, results_of
from cohorts.selectors.participants import Meter, Participant, participants_of
from reports.models import Operation
from reports.rules.indicators import Case, Indicators, indicators_of
from reports.selectors.funding import cohorts_of_operation

Sensitive = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Tables:
    participants: Sequence[Participant]
    indicators: Indicators
    meter: Meter  # how complete the entry files are: over 35 % incomplete, the grant is at risk


def tables_of(operation: Operation, today: dt.date, sensitive: Sensitive | None = None) -> Tables:
    """Each participant once, entry of the first stay, exit of the last. Eight queries.

    `sensitive`: answers by enrolment key, opened by the service that records it; without them their
    rows are left out.
    """
    cohorts = cohorts_of_operation(operation)
    people = participants_of(cohorts[0], today) if cohorts else []
    cases = [case_of(one, (sensitive or {}).get(one.first.enrolment.pk, {})) for one in people]
    found = indicators_of(cases, today, with_sensitive=sensitive is not None)
    return Tables(people, found, Meter([one.first for one in people], today))


def case_of(one: Participant, sensitive: Mapping[str, str]) -> Case:
    first, last, then = one.first, one.last, one.later
    answers = first.answers
    entry = Entry(first.person.birth_date, first.entered_on, answers, sensitive)
    left = last.exit
    return Case(
        sex=answers["sex"],
        outputs=outputs_of(entry),
        left_on=one.participation.left_on,
        known_on=left.known_on if left else None,
        results=results_of(
            left.status if left else MISSING, left.qualification if left else MISSING
        ),
        later=later_results_of(then.status, then.better, answers["labour"]) if then else None,
    )
