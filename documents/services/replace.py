"""A wrong paper is never edited: a linked new one takes its place."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import issue_document
from documents.services.keep import KeptFile
from documents.services.standing import leave_valid


@transaction.atomic
def replace_document(
    *,
    document: Document,
    snapshot: Mapping[str, Any],
    title: str | None = None,
    number: str = "",
    kept: KeptFile | None = None,
    reason: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Document:
    """Issue a new paper in place of a wrong one, which becomes "remplacé" and names it.

    Kind, issuer, subject, scope, batch and period stay; `number` is a fresh one for numbered kinds,
    `kept` the new file of a paper made elsewhere.
    A paper already replaced gives its successor back. Raises Frozen when it was revoked, Stale when
    somebody acts on it at the same moment.
    """
    # Locked, so that two replacers do not both issue.
    current = Document.objects.select_for_update().get(pk=document.pk)
    if current.replaced_by_id:
        return Document.objects.get(pk=current.replaced_by_id)
    if current.status == DocumentStatus.REVOKED:
        raise Frozen(_("Ce papier est annulé : il ne peut plus être remplacé."))
    successor = issue_document(
        kind=current.kind,
        title=current.title if title is None else title,
        issuer_key=current.issuer_key,
        issuer_name=current.issuer_name,
        subject=current.subject,
        snapshot=snapshot,
        effect_key=f"{current.effect_key[:60]}:after:{current.pk}",
        cohort_key=current.cohort_key,
        territory_key=current.territory_key,
        batch=current.batch,
        period_from=current.period_from,
        period_to=current.period_to,
        number=number,
        kept=kept,
        actor=actor,
        at=at,
    )
    leave_valid(
        current, DocumentStatus.REPLACED, actor=actor, at=at, reason=reason, replaced_by=successor
    )
    return successor


def says_the_same(
    document: Document, snapshot: Mapping[str, Any], *, apart: Collection[str]
) -> bool:
    """Whether a paper already says this; `apart` names what changes each day without changing it."""
    return all(
        document.snapshot.get(name) == value
        for name, value in snapshot.items()
        if name not in apart
    )
