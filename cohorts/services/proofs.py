"""Scans of a file: kept for auditors under a name of ours, each opening recorded."""

import datetime as dt
import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import ProofKind
from cohorts.models import Enrolment, FileProof
from cohorts.perms.entry_files import can_correct_file, can_read_file
from cohorts.services.closing import refuse_archived
from cohorts.services.file_versions import hold
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import suffix_of
from members.models import AccessAct
from members.services.access import record_access

SUBJECT = "file_proof"


@transaction.atomic
def add_proof(
    *, enrolment: Enrolment, kind: ProofKind, content: bytes, actor: Actor, at: dt.datetime
) -> FileProof:
    """Keep a scan (PDF, PNG or JPEG, 5 MB at most), with its sha-256. The same file again is the first.

    Raises Refused beside the field "file" for another kind of file, and for anybody but the
    coordinator.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    if not can_correct_file(actor, enrolment):
        raise Refused(_("Les pièces sont rangées par la coordination."))
    suffix = suffix_of(content, field="file")
    digest = hashlib.sha256(content).hexdigest()
    kept: FileProof | None = FileProof.objects.filter(
        enrolment=enrolment, kind=kind, sha256=digest
    ).first()
    if kept is not None:
        return kept
    proof = FileProof(
        enrolment=enrolment, kind=kind, suffix=suffix, size=len(content), sha256=digest,
        added_by_id=actor.person_id, added_at=at,
    )  # fmt: skip
    # Nothing typed reaches the disk. A rollback leaves a file nobody points at.
    proof.file.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(content), save=False)
    proof.save()
    return proof


@transaction.atomic
def open_proof(*, proof: FileProof, actor: Actor, at: dt.datetime) -> bytes:
    """Read a scan back; the reading is recorded. Raises Refused when it is gone or was altered."""
    if not can_read_file(actor, proof.enrolment.cohort):
        raise Refused(_("Cette pièce ne s’ouvre pas d’ici."))
    record_access(
        person_ids=[proof.enrolment.person_id],
        act=AccessAct.READ,
        subject=SUBJECT,
        why=proof.get_kind_display(),
        actor=actor,
        at=at,
    )
    try:
        with proof.file.open("rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        raise Refused(_("Cette pièce n’est plus dans le coffre. Prévenez le réseau.")) from error
    if hashlib.sha256(content).hexdigest() != proof.sha256:
        raise Refused(_("Cette pièce a changé depuis son dépôt. Prévenez le réseau."))
    return content
