"""Scans and proofs of contracts: kept as they came, read back against their fingerprint."""

import hashlib

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from cohorts.enums.contracts import FilePurpose
from cohorts.models import Contract, ContractFile
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import suffix_of


def keep_file(
    *, contract: Contract, purpose: FilePurpose, content: bytes, field: str = "scan", actor: Actor
) -> ContractFile:
    """Keep a PDF, PNG or JPEG of at most 5 MB beside a contract; the same bytes again are the same file.

    Call it in the transaction of the act it proves. Raises Refused, beside `field`, for another file.
    """
    suffix = suffix_of(content, field=field)
    digest = hashlib.sha256(content).hexdigest()
    known: ContractFile | None = ContractFile.objects.filter(
        contract=contract, purpose=purpose, sha256=digest
    ).first()
    if known is not None:
        return known
    kept = ContractFile(
        contract=contract, purpose=purpose, sha256=digest, added_by_id=actor.person_id
    )
    # Named by us: nothing typed reaches the disk. A rollback leaves a file nobody points at.
    name = f"contrat-{contract.pk}-{purpose}-{digest[:16]}.{suffix}"
    kept.file.save(name, ContentFile(content), save=False)
    kept.save()
    return kept


def read_file(file: ContractFile) -> bytes:
    """Read a file back. Raises Refused when it is gone or was altered."""
    try:
        with file.file.open("rb") as stored:
            content: bytes = stored.read()
    except FileNotFoundError as error:
        raise Refused(_("Ce fichier n’est plus dans le coffre. Prévenez le réseau.")) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refused(_("Ce fichier a changé depuis qu’il a été rangé. Prévenez le réseau."))
    return content
