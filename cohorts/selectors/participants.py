"""The participants of a cohort or of its operation: who misses what, and what the FSE+ counts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment, FollowUpAnswer
from cohorts.questionnaire import NEEDED
from cohorts.rules.completeness import is_alarming
from cohorts.rules.exits import EXIT_DAYS
from cohorts.rules.participants import Participation, Stay, once_per_person
from cohorts.selectors.entry_files import (
    PersonFile,
    load_files,
    missing_of,
    with_what_files_need,
)
from cohorts.selectors.follow_ups import answers_at

SIX_MONTHS = 6  # EECR05, EECR06


@dataclass(frozen=True, slots=True)
class Incomplete:
    enrolment: Enrolment
    missing_words: list[str]


@dataclass(frozen=True, slots=True)
class Meter:
    """How complete the files of a cohort are. A refusal completes, a signature is counted apart."""

    files: list[PersonFile]
    today: dt.date

    @property
    def total(self) -> int:
        return len(self.files)

    @property
    def incomplete(self) -> list[PersonFile]:
        return [one for one in self.files if not one.is_complete]

    @property
    def complete_count(self) -> int:
        return self.total - len(self.incomplete)

    @property
    def percent(self) -> int:
        """Of incomplete files, rounded up: 35,1 % is not shown as the limit."""
        return -(-100 * len(self.incomplete) // self.total) if self.total else 0

    @property
    def is_alarming(self) -> bool:
        return is_alarming(len(self.incomplete), self.total)

    @property
    def unsigned_count(self) -> int:
        return sum(not one.is_signed for one in self.files)

    @property
    def exits_due(self) -> list[tuple[PersonFile, dt.date, bool]]:
        """Who left or stayed to the end, exit not noted: the file, the day it is due, whether it is past."""
        return [
            (one, due, due < self.today)
            for one in self.files
            if one.exit is None and one.last_day is not None
            for due in [one.last_day + dt.timedelta(days=EXIT_DAYS)]
        ]


def _entered(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody who took part, by name. No query yet."""
    rows: QuerySet[Enrolment] = (
        Enrolment.objects.of_cohort(cohort.pk)
        .exclude(state=EnrolmentState.SELECTED)
        .order_by("person__last_name", "person__first_name", "pk")
    )
    return rows


def meter_of(cohort: Cohort, today: dt.date) -> Meter:
    """Everybody who entered, by name. Six queries whatever their number."""
    return Meter(load_files(with_what_files_need(_entered(cohort)), today), today)


def incomplete_files(cohort: Cohort) -> tuple[list[Incomplete], int]:
    """Who misses what in their entry file, by name, and how many people there are. Three queries."""
    people = list(_entered(cohort).select_related("person"))
    missing = missing_of(people)
    found = [
        Incomplete(one, [str(NEEDED[code]) for code in missing[one.pk]])
        for one in people
        if missing[one.pk]
    ]
    return found, len(people)


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the FSE+ file: the entry of the first stay, the exit of the last."""

    participation: Participation
    first: PersonFile
    last: PersonFile
    later: FollowUpAnswer | None  # six months after the last exit


def participants_of(cohort: Cohort, today: dt.date) -> list[Participant]:
    """Each person once per operation (the cohort alone when it has no number), by name.

    Cohorts join when they share the operation number, the territory and the host. Seven queries.
    """
    rows = Enrolment.objects.exclude(state=EnrolmentState.SELECTED)
    rows = (
        rows.filter(
            cohort__operation=cohort.operation,
            cohort__territory_id=cohort.territory_id,
            cohort__host_id=cohort.host_id,
        )
        if cohort.operation
        else rows.filter(cohort_id=cohort.pk)
    )
    files = {one.enrolment.pk: one for one in load_files(with_what_files_need(rows), today)}
    stays = [
        Stay(one.enrolment.person_id, key, one.entered_on, one.last_day)
        for key, one in files.items()
    ]
    later = answers_at(SIX_MONTHS, list(files))
    found = [
        Participant(
            one,
            files[one.first_enrolment_id],
            files[one.last_enrolment_id],
            later.get(one.last_enrolment_id),
        )
        for one in once_per_person(stays)
    ]
    return sorted(
        found, key=lambda one: (one.first.person.last_name, one.first.person.first_name, one.first.enrolment.pk)
    )  # fmt: skip
