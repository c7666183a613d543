"""What the closing of a cohort reads of hours, money and attestations."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.clock import format_minutes
from documents.enums import DocumentStatus
from documents.models import Document
from projects.papers import KIND
from projects.rules import closing_batch
from projects.selectors.evidence import EVIDENCE, evidence_of, has_evidence


@dataclass(frozen=True, slots=True)
class Attested:
    """One person of the batch: what they would get today, and what they already have."""

    enrolment: Enrolment
    hours: str
    mandates: int
    decisions: int
    skills: int
    has_evidence: bool
    given: Document | None
    # Given, and the evidence changed since: giving again replaces the paper.
    is_stale: bool

    @property
    def name(self) -> str:
        name: str = self.enrolment.person.full_name
        return name


def participants_of(cohort_id: int) -> list[Enrolment]:
    """Everybody who took part, those who left early too: their hours are theirs. One query."""
    return list(
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def given_in(batch: str) -> dict[int, list[Document]]:
    """Attestations of participation of a batch, newest first, by person. One query."""
    found: dict[int, list[Document]] = {}
    rows = Document.objects.of_batch(batch).filter(kind=KIND)
    for paper in rows.order_by("-issued_at", "-pk"):
        if paper.subject_id is not None:
            found.setdefault(paper.subject_id, []).append(paper)
    return found


def attestations_of(cohort: Cohort, day: dt.date) -> list[Attested]:
    """Who gets what, by name. Seven queries, whatever the number of people."""
    people = participants_of(cohort.pk)
    proved, given = evidence_of(people, cohort, day), given_in(closing_batch(cohort.pk))
    return [_attested(one, proved[one.pk], given.get(one.person_id, [])) for one in people]


def _attested(one: Enrolment, proved: dict[str, Any], papers: list[Document]) -> Attested:
    given = next((paper for paper in papers if paper.status == DocumentStatus.VALID), None)
    return Attested(
        enrolment=one,
        hours=format_minutes(sum(row["minutes"] for row in proved["hours"])),
        mandates=len(proved["mandates"]),
        decisions=len(proved["decisions"]),
        skills=len(proved["skills"]),
        has_evidence=has_evidence(proved),
        given=given,
        is_stale=given is not None
        and any(given.snapshot.get(name) != proved[name] for name in EVIDENCE),
    )
