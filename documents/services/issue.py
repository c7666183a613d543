"""Issuing: the photograph and its rendering row, in the caller's transaction; the PDF comes after."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.delivery import DeliveryStatus
from ct_platform.kit.errors import Refused
from documents import kinds
from documents.engine.render import canonical_json
from documents.models import Document, Rendering
from documents.rules import encode_code
from documents.services.keep import KeptFile
from documents.services.notices import announce
from documents.services.sending import send_on_commit
from members.models import Person

MAX_SNAPSHOT = 1_000_000  # characters of JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper to issue. `snapshot` is JSON (amounts and dates as text) and holds all it prints.

    `effect_key` names the effect ("payslip:41"): issuing it twice gives the first paper.
    `number` comes from `take_numbers` in the same transaction; empty when papers of the kind have
    none. Periods are inclusive dates. `kept` is the file itself when it was made elsewhere
    (services.keep): such a paper is ready at once, and nothing draws it.
    """

    kind: str
    title: str
    issuer_key: int
    issuer_name: str
    snapshot: Mapping[str, Any]
    effect_key: str
    subject: Person | None = None
    cohort_key: int | None = None
    territory_key: int | None = None
    batch: str = ""
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    number: str = ""
    kept: KeptFile | None = None


def issue_document(
    *,
    kind: str,
    title: str,
    issuer_key: int,
    issuer_name: str,
    subject: Person | None,
    snapshot: Mapping[str, Any],
    effect_key: str,
    cohort_key: int | None = None,
    territory_key: int | None = None,
    batch: str = "",
    period_from: dt.date | None = None,
    period_to: dt.date | None = None,
    number: str = "",
    kept: KeptFile | None = None,
    actor: Actor | None,
    at: dt.datetime,
) -> Document:
    """Issue one paper; the same `effect_key` gives the paper already issued. See issue_documents."""
    paper = Paper(
        kind=kind,
        title=title,
        issuer_key=issuer_key,
        issuer_name=issuer_name,
        subject=subject,
        snapshot=snapshot,
        effect_key=effect_key,
        cohort_key=cohort_key,
        territory_key=territory_key,
        batch=batch,
        period_from=period_from,
        period_to=period_to,
        number=number,
        kept=kept,
    )
    return issue_documents(papers=[paper], actor=actor, at=at)[0]


@transaction.atomic
def issue_documents(
    *, papers: Sequence[Paper], actor: Actor | None, at: dt.datetime
) -> list[Document]:
    """Issue papers together, in order: four queries whatever their number, and lots of at most 25.

    Writes Document and Rendering rows in the caller's transaction, adds snapshot["paper"] and
    snapshot["check"], and hands them to the workers after commit (a dead broker loses nothing).
    Papers whose `effect_key` exists are given back as they are. Raises Refused when a snapshot is
    larger than a million characters, KeyError for an unknown kind.
    """
    for _attempt in range(2):
        found = {d.effect_key: d for d in _issued(papers)}
        fresh = [_photograph(p, actor, at) for p in papers if p.effect_key not in found]
        try:
            with transaction.atomic():
                Document.objects.bulk_create(fresh)
                Rendering.objects.bulk_create(_rendering(d, at) for d in fresh)
        except IntegrityError:
            if _attempt:
                raise
            continue  # somebody issued one of them meanwhile: it is theirs that stands
        break
    send_on_commit([document.pk for document in fresh if not document.is_ready])
    for document in fresh:
        if document.is_ready:  # made elsewhere, kept as it came: nothing will be drawn
            announce(document=document, at=at)
    found |= {document.effect_key: document for document in fresh}
    return [found[paper.effect_key] for paper in papers]


def _issued(papers: Sequence[Paper]) -> list[Document]:
    return list(Document.objects.filter(effect_key__in=[paper.effect_key for paper in papers]))


def _rendering(document: Document, at: dt.datetime) -> Rendering:
    """The work to do; already done for a file that was given, so that progress counts it."""
    if document.is_ready:
        return Rendering(document=document, sent_at=at, status=DeliveryStatus.DONE, finished_at=at)
    return Rendering(document=document, sent_at=at)


def _photograph(paper: Paper, actor: Actor | None, at: dt.datetime) -> Document:
    kind = kinds.get(paper.kind)
    code = encode_code(secrets.randbits(128))
    snapshot = {
        **paper.snapshot,
        "paper": {
            "kind": kind.label,
            "title": paper.title,
            "number": paper.number,
            "issuer": paper.issuer_name,
            "subject": paper.subject.civil_name if paper.subject else "",
            "issued_on": clock.civil_day(at).isoformat(),
        },
        "check": {"code": code, "url": check_url(code)},
    }
    if len(canonical_json(snapshot)) > MAX_SNAPSHOT:
        raise Refused(_("Ce papier est trop long pour être fait."))
    return Document(
        kind=paper.kind,
        title=paper.title,
        number=paper.number,
        issuer_key=paper.issuer_key,
        issuer_name=paper.issuer_name,
        subject=paper.subject,
        cohort_key=paper.cohort_key,
        territory_key=paper.territory_key,
        batch=paper.batch,
        effect_key=paper.effect_key,
        code=code,
        snapshot=snapshot,
        template_version=kind.template_version,
        period_from=paper.period_from,
        period_to=paper.period_to,
        issued_at=at,
        issued_by_id=actor.person_id if actor else None,
        file=paper.kept.name if paper.kept else "",
        sha256=paper.kept.sha256 if paper.kept else "",
        size=paper.kept.size if paper.kept else 0,
    )


def check_url(code: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{reverse('documents:check', args=[code])}"
