"""Giving attestations of participation: with a pay, and once for all when a cohort closes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment
from cohorts.services.skill_papers import issue_skills
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.render import render_transient
from documents.services.replace import replace_document, says_the_same
from projects.papers import KIND, PARTICIPATION, title
from projects.rules import closing_batch
from projects.selectors.closing import given_in, participants_of
from projects.selectors.evidence import has_evidence, snapshots_of

# What changes each day without changing what is attested.
DATED = ("as_of", "to", "paper", "check")


@transaction.atomic
def issue_participation(
    *,
    enrolments: Iterable[Enrolment],
    batch: str,
    cohort: Cohort,
    actor: Actor,
    at: dt.datetime,
) -> list[Document]:
    """Issue one attestation per enrolment of the cohort, in the name of its host.

    What it prints is the evidence to date (projects.selectors.evidence). The same enrolment in the
    same batch gives the paper already issued; a co-financed cohort's carries the EU emblem. Twelve
    queries and those of `issue_documents`, whatever the number of people.
    """
    people = list(
        Enrolment.objects.of_cohort(cohort.pk)
        .filter(pk__in=[one.pk for one in enrolments])
        .select_related("person")
    )
    found = snapshots_of(cohort, people, civil_day(at))
    papers = [_paper(cohort, one, snapshot, batch) for one, snapshot in found]
    return issue_documents(papers=papers, actor=actor, at=at)


@transaction.atomic
def issue_closing_papers(*, cohort: Cohort, actor: Actor, at: dt.datetime) -> list[Document]:
    """Give everybody of a closing cohort the attestation of all they did, and that of their skills.

    One paper per person and per closing: pressing twice, or again after a broken run, gives those
    already issued; where the evidence changed since, a linked paper replaces the first. Who has no
    evidence gets none. The cohort's row is held, so that two people who press make one batch.
    Raises Refused when the cohort is not closing.
    """
    held: Cohort = (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("territory", "host")
        .get(pk=cohort.pk)
    )
    require_closing(held)
    batch = closing_batch(held.pk)
    people = participants_of(held.pk)
    found = [
        (one, snapshot)
        for one, snapshot in snapshots_of(held, people, civil_day(at))
        if has_evidence(snapshot)
    ]
    given = given_in(batch)
    standing: list[Document] = []
    fresh: list[Paper] = []
    for one, snapshot in found:
        earlier = given.get(one.person_id, [])
        valid = next((paper for paper in earlier if paper.status == DocumentStatus.VALID), None)
        if valid is None:
            fresh.append(_paper(held, one, snapshot, batch, again=len(earlier)))
        elif says_the_same(valid, snapshot, apart=DATED):
            standing.append(valid)
        else:
            standing.append(replace_document(document=valid, snapshot=snapshot, actor=actor, at=at))
    papers = standing + issue_documents(papers=fresh, actor=actor, at=at)
    with_skills = [one for one, snapshot in found if snapshot["skills"]]
    return papers + issue_skills(
        cohort=held, enrolments=with_skills, batch=batch, actor=actor, at=at
    )


def preview_participation(*, cohort: Cohort, enrolment: Enrolment, at: dt.datetime) -> bytes:
    """Draw the attestation as it would be today: no row, no number, no code."""
    day = civil_day(at)
    [(_one, snapshot)] = snapshots_of(cohort, [enrolment], day)
    paper = {"title": title(), "issuer": cohort.host.name, "issued_on": day.isoformat()}
    page = {**PARTICIPATION.context(snapshot), "paper": paper, "is_draft": True}
    return render_transient(PARTICIPATION.template, page)


def require_closing(cohort: Cohort) -> None:
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : ses attestations sont déjà données."))
    if cohort.state != CohortState.CLOSING:
        raise Refused(_("Passez d’abord la coopérative en clôture : plus personne n’y entre."))


def _paper(
    cohort: Cohort, one: Enrolment, snapshot: dict[str, Any], batch: str, *, again: int = 0
) -> Paper:
    """`again`: how many papers of this batch were revoked before; giving one more is another effect."""
    return Paper(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=one.person,
        snapshot=snapshot,
        effect_key=f"{KIND}:{one.pk}:{batch}" + (f":{again}" if again else ""),
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        batch=batch,
        period_from=cohort.starts_on,
        period_to=dt.date.fromisoformat(snapshot["to"]),
    )
