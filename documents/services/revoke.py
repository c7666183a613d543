"""A paper that should not exist is revoked; it stays, and the check page says so."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.standing import leave_valid


@transaction.atomic
def revoke_document(
    *, document: Document, reason: str, actor: Actor | None, at: dt.datetime
) -> None:
    """Revoke a paper. `reason` (1 to 200 characters) is shown to whoever checks the paper.

    Revoking twice is a quiet no-op. Raises Refused without a reason, Frozen when the paper was
    replaced: revoke its successor.
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= 200:
        raise Refused(_("Dites pourquoi, en 200 lettres au plus."), field="reason")
    current = Document.objects.select_for_update().get(pk=document.pk)
    if current.status == DocumentStatus.REVOKED:
        return
    if current.status == DocumentStatus.REPLACED:
        raise Frozen(_("Ce papier est déjà remplacé. Annulez le nouveau."))
    leave_valid(
        current,
        DocumentStatus.REVOKED,
        actor=actor,
        at=at,
        reason=reason,
        revoked_reason=reason,
    )
