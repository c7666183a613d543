"""Receipts: kept under a name of ours, read back against their fingerprint."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.models import Receipt

Proof = tuple[bytes, str]  # as kit.pictures.clean_proof gives it


def keep_receipt(*, cohort: Cohort, proof: Proof, actor: Actor) -> Receipt:
    """Keep a cleaned photo or PDF; the same one again is the first. Call it in the act it proves."""
    content, suffix = proof
    digest = hashlib.sha256(content).hexdigest()
    known: Receipt | None = Receipt.objects.filter(
        cohort=cohort, sent_by_id=actor.person_id, sha256=digest
    ).first()
    if known is not None:
        return known
    receipt = Receipt(
        cohort=cohort,
        sent_by_id=actor.person_id,
        suffix=suffix,
        size=len(content),
        sha256=digest,
    )
    # Nothing typed reaches the disk. A rollback leaves a file nobody points at.
    receipt.file.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(content), save=False)
    receipt.save()
    return receipt


def read_receipt(receipt: Receipt) -> bytes:
    """Read it back. Raises Refused when it is gone or was altered."""
    try:
        with receipt.file.open("rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        raise Refused(
            _("Ce justificatif n’est plus dans le coffre. Prévenez le réseau.")
        ) from error
    if hashlib.sha256(content).hexdigest() != receipt.sha256:
        raise Refused(_("Ce justificatif a changé depuis son dépôt. Prévenez le réseau."))
    return content
