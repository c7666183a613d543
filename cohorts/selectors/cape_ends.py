"""Whose CAPE of a cohort ended or ends, and the attestation they were given."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch

from cohorts.enums import CohortState, ContractKind
from cohorts.enums.contracts import BINDING
from cohorts.models import Cohort, Contract, Enrolment
from cohorts.papers.cape_ends import KIND
from cohorts.rules import cape_end, cape_end_fault
from ct_platform.kit.actor import Actor
from documents.enums import DocumentStatus
from documents.models import Document

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CapeEnd:
    """One person of the list. `ends_on` is proposed: the planned end, or the day they left."""

    enrolment_id: int
    name: str
    activity: str
    starts_on: dt.date
    planned_end: dt.date
    renewals: int
    ends_on: dt.date
    left_on: dt.date | None
    can_issue: bool
    given: Document | None
    written: str  # the last day in its box: the proposed one, or what was typed

    @property
    def key(self) -> str:
        return str(self.enrolment_id)

    def typed(self, data: Mapping[str, str]) -> "CapeEnd":
        """The row as the person left it, when their form comes back."""
        return replace(self, written=data.get(self.field, self.written))

    @property
    def field(self) -> str:
        """The name of the box that holds the last day."""
        return f"fin-{self.enrolment_id}"


def cohorts_to_end(actor: Actor) -> list[Cohort]:
    """Cohorts whose CAPEs the actor may attest, the one that ends last first. One query."""
    if not actor.is_host:
        return []
    return list(
        Cohort.objects.visible_to(actor)
        .exclude(state__in=[CohortState.DRAFT, CohortState.RECRUITING])
        .order_by("-ends_on", "name")[:_SHOWN]
    )


def capes_of(cohort: Cohort, keys: Collection[int] | None = None) -> list[Any]:
    """Enrolments with a CAPE that both signed, by name, each with `capes` (oldest first). Two queries."""
    capes = Contract.objects.filter(kind=ContractKind.CAPE).binding().order_by("starts_on", "pk")
    rows = Enrolment.objects.of_cohort(cohort.pk).filter(
        contracts__kind=ContractKind.CAPE, contracts__state__in=BINDING
    )
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return list(
        rows.distinct()
        .select_related("person")
        .prefetch_related(Prefetch("contracts", capes, to_attr="capes"))
        .order_by("person__last_name", "person__first_name", "pk")
    )


def papers_of(cohort: Cohort) -> dict[int, list[Document]]:
    """Attestations given in the cohort, newest first, by person key. One query."""
    found: dict[int, list[Document]] = {}
    rows = Document.objects.of_cohort(cohort.pk).filter(kind=KIND, issuer_key=cohort.host_id)
    for document in rows.order_by("-issued_at", "-pk"):
        if document.subject_id is not None:
            found.setdefault(document.subject_id, []).append(document)
    return found


def cape_ends(cohort: Cohort, today: dt.date) -> list[CapeEnd]:
    """The list of the page. Three queries."""
    papers = papers_of(cohort)
    return [_row(one, papers.get(one.person_id, []), today) for one in capes_of(cohort)]


def _row(enrolment: Any, papers: list[Document], today: dt.date) -> CapeEnd:
    terms = [(one.starts_on, one.last_day) for one in enrolment.capes]
    ends_on = cape_end(terms, enrolment.left_on)
    return CapeEnd(
        enrolment_id=enrolment.pk,
        name=enrolment.person.full_name,
        activity=enrolment.activity,
        starts_on=terms[0][0],
        planned_end=enrolment.capes[-1].ends_on,
        renewals=len(terms) - 1,
        ends_on=ends_on,
        left_on=enrolment.left_on,
        can_issue=cape_end_fault(terms, ends_on, today) is None,
        given=next((one for one in papers if one.status == DocumentStatus.VALID), None),
        written=ends_on.isoformat(),
    )
