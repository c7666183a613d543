"""What the coordinator reads, weighs and follows up."""

import datetime as dt
from dataclasses import dataclass

from cohorts.models import Enrolment
from cohorts.rules.programmes import is_minor
from ct_platform.kit.actor import Actor
from testimonials import quoted
from testimonials.enums import Use
from testimonials.models import (
    Agreement,
    ParentalAgreement,
    Publication,
    Testimonial,
    Version,
    WithdrawalRequest,
)
from testimonials.rules.changes import Piece, changes
from testimonials.rules.sensitive import Finding, findings
from testimonials.selectors.own import pending_of


@dataclass(frozen=True, slots=True)
class WordToRead:
    testimonial: Testimonial
    findings: list[Finding]
    on_site: bool
    to_contact: int


def words_of_cohort(actor: Actor, cohort_id: int) -> list[WordToRead]:
    """What the coordinator reads, those waiting first. Three queries."""
    rows = list(
        Testimonial.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .waiting_first()
        .select_related("enrolment__person", "decided_by")
        .prefetch_related("publications")
    )
    names = first_names(cohort_id)
    return [
        WordToRead(
            row,
            findings(row.text, _others(names, row)),
            any(p.use == Use.SITE and p.taken_down_at is None for p in row.publications.all()),
            sum(p.flagged_at is not None and p.settled_at is None for p in row.publications.all()),
        )
        for row in rows
    ]


def first_names(cohort_id: int) -> dict[int, list[str]]:
    """First names of the group, by enrolment: a story names people who agreed to nothing."""
    rows = Enrolment.objects.of_cohort(cohort_id).values_list(
        "pk", "person__first_name", "person__used_name"
    )
    return {key: [name for name in (first, used) if name] for key, first, used in rows}


def _others(names: dict[int, list[str]], row: Testimonial) -> list[str]:
    own = set(names.get(row.enrolment_id, [])) | {row.signed_as}
    return [one for key, found in names.items() for one in found if key and one not in own]


@dataclass(frozen=True, slots=True)
class DeskStory:
    testimonial: Testimonial
    versions: list[Version]
    pending: Version | None
    pieces: list[Piece]
    findings: list[Finding]
    agreements: list[Agreement]
    places: list[Publication]
    quoted: list[quoted.Quoted]
    parental: list[ParentalAgreement]
    requests: list[WithdrawalRequest]
    is_minor: bool

    @property
    def on_site(self) -> bool:
        return any(one.use == Use.SITE and one.taken_down_at is None for one in self.places)

    @property
    def elsewhere(self) -> list[Publication]:
        return [one for one in self.places if one.use != Use.SITE]


def desk_story(found: Testimonial, day: dt.date) -> DeskStory:
    """Seven queries, and those of the papers that quote it."""
    versions = list(found.versions.select_related("written_by").order_by("number"))
    pending = pending_of(found, versions)
    shown = pending.text if pending else found.text
    return DeskStory(
        testimonial=found,
        versions=versions,
        pending=pending,
        pieces=changes(found.text, pending.text) if pending and found.text else [],
        findings=findings(shown, _others(first_names(found.enrolment.cohort_id), found)),
        agreements=list(
            found.agreements.select_related("consent").order_by("ended_at", "what", "use")
        ),
        places=list(found.publications.select_related("settled_by")),
        quoted=quoted.quotes_of([found.pk]),
        parental=list(ParentalAgreement.objects.standing().filter(testimonial=found)),
        requests=list(found.withdrawal_requests.select_related("noted_by")),
        is_minor=is_minor(found.enrolment.person.birth_date, day),
    )
