"""Giving attestations of skills, in the host's name, with their Open Badge."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from cohorts.papers.skills import KIND, SKILLS, snapshot_of, title
from cohorts.selectors.skills import SkillLine, lines_of, papers_lines
from cohorts.services.badge_status import entry_of, place_in_list
from cohorts.services.badges import can_sign, sign_badge
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.render import render_transient
from documents.services.replace import replace_document, says_the_same

# What changes each day without changing what is said: the same skills the next day are the same paper.
DATED = ("as_of", "to", "badge", "badge_status", "paper", "check")


@transaction.atomic
def issue_skills(
    *, cohort: Cohort, enrolments: Sequence[Enrolment], batch: str, actor: Actor, at: dt.datetime
) -> list[Document]:
    """Give each of these people the attestation of what they chose to show and others confirmed.

    The same skills again give the paper already issued; other ones replace it, linked. Raises
    Refused, and gives nothing, when somebody has nothing to attest.
    """
    day = civil_day(at)
    found = lines_of(enrolments, cohort)
    given = _given(cohort)
    standing: list[Document] = []
    fresh: list[Paper] = []
    for one in enrolments:
        lines = _require_lines(one, papers_lines(found[one.pk]))
        snapshot = snapshot_of(cohort=cohort, enrolment=one, lines=lines, day=day)
        earlier = given.get(one.person_id, [])
        valid = next((paper for paper in earlier if paper.status == DocumentStatus.VALID), None)
        if valid is not None and says_the_same(valid, snapshot, apart=DATED):
            standing.append(valid)
            continue
        # Numbered past the earlier ones: giving other skills is another effect.
        effect = f"{KIND}:{one.pk}:{len(earlier)}"
        if can_sign():
            place = place_in_list(organisation_id=cohort.host_id, at=at)
            snapshot["badge_status"] = place
            snapshot["badge"] = sign_badge(
                snapshot=snapshot,
                host_id=cohort.host_id,
                key=effect,
                status=entry_of(cohort.host_id, place),
                at=at,
            )
        if valid is not None:
            standing.append(replace_document(document=valid, snapshot=snapshot, actor=actor, at=at))
        else:
            fresh.append(_paper(cohort, one, snapshot, effect, batch))
    return standing + issue_documents(papers=fresh, actor=actor, at=at)


def preview_skills(*, cohort: Cohort, enrolment: Enrolment, at: dt.datetime) -> bytes:
    """Draw the attestation as it would be today: no row, no code, no badge."""
    day = civil_day(at)
    lines = _require_lines(enrolment, papers_lines(lines_of([enrolment], cohort)[enrolment.pk]))
    snapshot = snapshot_of(cohort=cohort, enrolment=enrolment, lines=lines, day=day)
    paper = {"title": title(), "issuer": cohort.host.name, "issued_on": day.isoformat()}
    page = {**SKILLS.context(snapshot), "paper": paper, "is_draft": True}
    return render_transient(SKILLS.template, page)


def _require_lines(enrolment: Enrolment, lines: Sequence[SkillLine]) -> Sequence[SkillLine]:
    if lines:
        return lines
    raise Refused(
        _(
            "%(name)s n’a pas encore de compétence à attester : il faut qu’elle soit confirmée des "
            "deux côtés, et que la personne choisisse de la montrer."
        )
        % {"name": enrolment.person.full_name}
    )


def _given(cohort: Cohort) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = {}
    for paper in Document.objects.filter(kind=KIND, cohort_key=cohort.pk).order_by("pk"):
        found.setdefault(paper.subject_id, []).append(paper)
    return found


def _paper(
    cohort: Cohort, one: Enrolment, snapshot: dict[str, object], effect: str, batch: str
) -> Paper:
    return Paper(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=one.person,
        snapshot=snapshot,
        effect_key=effect,
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        batch=batch,
        period_from=cohort.starts_on,
        period_to=dt.date.fromisoformat(str(snapshot["to"])),
    )
