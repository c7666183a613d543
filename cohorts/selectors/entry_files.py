"""Files as pages read them: one person's, or those of a cohort, at the same cost."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import MISSING, ProofKind
from cohorts.models import (
    Enrolment,
    EntryPlace,
    EntrySituation,
    ExitSituation,
    FileProof,
    SensitiveAnswers,
)
from cohorts.questionnaire import NEEDED, ORDINARY, QUESTIONS, STEPS, Step
from cohorts.rules import age_on
from cohorts.rules.completeness import FileFacts, missing_from, reaches
from cohorts.rules.exits import Outcome, outcome_of
from cohorts.rules.files import entry_day, is_frozen
from cohorts.rules.stays import back_on
from members.models import AccessRecord, Person
from members.selectors import access_records_about


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that is kept about one enrolment, sensitive answers aside."""

    enrolment: Enrolment
    entered_on: dt.date
    situation: EntrySituation | None
    place: EntryPlace | None
    exit: ExitSituation | None
    proofs: list[FileProof]
    missing: tuple[str, ...]

    @property
    def person(self) -> Person:
        return self.enrolment.person

    @property
    def answers(self) -> dict[str, str]:
        return {code: getattr(self.situation, code, MISSING) for code in ORDINARY}

    @property
    def referent(self) -> str:
        return self.situation.referent if self.situation else ""

    @property
    def age(self) -> int | None:
        """At the entry, in whole years."""
        born = self.person.birth_date
        return age_on(born, self.entered_on) if born else None

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def missing_words(self) -> list[str]:
        return [str(NEEDED[code]) for code in self.missing]

    @property
    def is_signed(self) -> bool:
        return any(one.kind == ProofKind.SIGNED_QUESTIONNAIRE for one in self.proofs)

    @property
    def outcome(self) -> Outcome | None:
        if self.exit is None:
            return None
        return outcome_of(self.exit.status, self.exit.contract_months, self.exit.contract_days)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the action: noted at the exit, else the day they left, or the end of the cohort
        for who stayed to it. None: still in."""
        if self.exit is not None:
            return self.exit.left_on
        if self.enrolment.state == EnrolmentState.COMPLETED:
            return self.enrolment.cohort.ends_on
        return self.enrolment.left_on

    def is_frozen(self, today: dt.date) -> bool:
        return is_frozen(self.entered_on, today)


def load_files(enrolments: Sequence[Enrolment], today: dt.date) -> list[PersonFile]:
    """The files of these enrolments (with person, cohort and contracts at hand), in their order.

    Four queries, whatever their number.
    """
    keys = [one.pk for one in enrolments]
    situations = _current(EntrySituation.objects.filter(enrolment__in=keys).current())
    places = _current(EntryPlace.objects.filter(enrolment__in=keys).current())
    exits = _current(ExitSituation.objects.filter(enrolment__in=keys).current())
    proofs: dict[int, list[FileProof]] = {}
    for proof in FileProof.objects.filter(enrolment__in=keys):
        proofs.setdefault(proof.enrolment_id, []).append(proof)
    return [
        _file(
            one, situations.get(one.pk), places.get(one.pk), exits.get(one.pk),
            proofs.get(one.pk, []), today,
        )
        for one in enrolments
    ]  # fmt: skip


def with_what_files_need(enrolments: QuerySet[Any]) -> list[Enrolment]:
    """Two queries."""
    return list(enrolments.select_related("person", "cohort").prefetch_related("contracts"))


def file_of(enrolment: Enrolment, today: dt.date) -> PersonFile:
    """One file, of an enrolment with its person and cohort at hand. Five queries."""
    prefetch_related_objects([enrolment], "contracts")
    return load_files([enrolment], today)[0]


def _current(rows: QuerySet[Any]) -> dict[int, Any]:
    return {row.enrolment_id: row for row in rows}


def _file(
    enrolment: Enrolment,
    situation: EntrySituation | None,
    place: EntryPlace | None,
    left: ExitSituation | None,
    proofs: list[FileProof],
    today: dt.date,
) -> PersonFile:
    cohort, person = enrolment.cohort, enrolment.person
    returned = back_on(enrolment.away)
    if left is not None and returned is not None and left.left_on < returned:
        left = None  # of a stay before: who came back has not left
    starts = [contract.starts_on for contract in enrolment.contracts.all()]
    entered_on = entry_day(starts, cohort.starts_on, cohort.ends_on)
    if situation is not None and is_frozen(situation.entered_on, today):
        entered_on = situation.entered_on
    missing = _missing(person, situation, place)
    return PersonFile(enrolment, entered_on, situation, place, left, proofs, missing)


def _missing(
    person: Person, situation: EntrySituation | None, place: EntryPlace | None
) -> tuple[str, ...]:
    return missing_from(
        FileFacts(
            birth_date=person.birth_date,
            has_contact=reaches(
                person.phone, person.email, situation.referent if situation else ""
            ),
            has_address=bool(place and place.address and place.postcode and place.city),
            is_located=bool(place and place.quarter_status),
            answers={code: getattr(situation, code, MISSING) for code in ORDINARY},
        )
    )


def missing_of(people: Sequence[Enrolment]) -> dict[int, tuple[str, ...]]:
    """What each file still needs, by enrolment key (with person at hand), and no more. Two queries."""
    keys = [one.pk for one in people]
    situations = _current(EntrySituation.objects.filter(enrolment__in=keys).current())
    places = _current(EntryPlace.objects.filter(enrolment__in=keys).current())
    return {
        one.pk: _missing(one.person, situations.get(one.pk), places.get(one.pk)) for one in people
    }


@dataclass(frozen=True, slots=True)
class StepState:
    """One page of the file, and what it still needs."""

    step: Step
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        return not self.missing


def steps_of(file: PersonFile, *, own: bool = False) -> list[StepState]:
    """The pages in order. What the coordinator alone can settle is not asked of the person."""
    return [
        StepState(
            step,
            tuple(
                code
                for code in step.needs
                if code in file.missing and not (own and code == "birth_date")
            ),
        )
        for step in STEPS
    ]


@dataclass(frozen=True, slots=True)
class Said:
    label: str
    words: str  # "" when it is missing
    is_refusal: bool


def said_of(file: PersonFile) -> list[Said]:
    """The answers in words, in the order of the questionnaire."""
    answers = file.answers
    return [
        Said(str(one.label), one.spoken(answers[one.code]), answers[one.code] == "refused")
        for one in QUESTIONS
    ]


@dataclass(frozen=True, slots=True)
class Amendment:
    """A version written after the entry for a reason: what was corrected, by whom, when."""

    label: str
    before: str
    after: str
    reason: str
    by: str
    at: dt.datetime


def corrections_of(enrolment: Enrolment) -> list[Amendment]:
    """Corrected answers, newest first; the original is the first of its line. One query."""
    rows = list(
        EntrySituation.objects.filter(enrolment=enrolment)
        .select_related("written_by")
        .order_by("number")
    )
    found = [
        Amendment(
            str(one.label), one.spoken(getattr(before, one.code)),
            one.spoken(getattr(after, one.code)), after.reason, after.written_by.full_name,
            after.written_at,
        )
        for before, after in itertools.pairwise(rows)
        if after.reason
        for one in QUESTIONS
        if getattr(before, one.code) != getattr(after, one.code)
    ]  # fmt: skip
    return found[::-1]


def has_sensitive(enrolment: Enrolment) -> bool:
    """Whether there is anything to open; never what. One query."""
    return bool(SensitiveAnswers.objects.filter(enrolment=enrolment).exists())


def access_of(person_id: int) -> list[AccessRecord]:
    """Who opened, wrote or exported, newest first. One query."""
    return access_records_about(person_id)
