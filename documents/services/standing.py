"""A paper stands until it is replaced or revoked: one step, guarded and logged."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Stale
from ct_platform.kit.models import TransitionLog
from documents.enums import DocumentStatus
from documents.models import Document


def leave_valid(
    document: Document,
    to: DocumentStatus,
    *,
    actor: Actor | None,
    at: dt.datetime,
    reason: str,
    **stamps: Any,
) -> None:
    """Move a valid paper to `to` with its stamps, once. Raises Stale when it no longer stands.

    Call it inside a transaction. `kit.states.move` moves a column named `state`; here the guarded
    column is `status`, the word readers of the check page know.
    """
    touched = Document.objects.filter(pk=document.pk, status=DocumentStatus.VALID).update(
        status=to, **stamps
    )
    if touched != 1:
        raise Stale(_("Quelqu’un vient d’agir sur ce papier. Rechargez la page."))
    TransitionLog.objects.create(
        model=Document._meta.label_lower,
        row_id=document.pk,
        old=DocumentStatus.VALID,
        new=to,
        by_person_id=actor.person_id if actor else None,
        at=at,
        reason=reason,
    )
