"""The pieces of an upload: their row while a service works, their files until they are papers."""

import hashlib
import secrets
from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from documents.services import storing
from payroll.models import SlipUpload, UploadedSlip

FOLDER = "slips"


def held_upload(upload: SlipUpload) -> SlipUpload:
    held: SlipUpload = (
        SlipUpload.objects.select_for_update(of=("self",))
        .select_related("cohort__host")
        .get(pk=upload.pk)
    )
    return held


def store_piece(content: bytes) -> str:
    """Keep a piece under a random name, in private storage: nothing of the upload names a file."""
    return storing.store(secrets.token_hex(32), content, folder=FOLDER)


def read_piece(slip: UploadedSlip) -> bytes:
    """The piece as it was cut. Raises Refused when the file is gone or has changed."""
    try:
        with slip.file.open("rb") as file:
            content: bytes = file.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != slip.sha256:
        raise Refused(
            _("Le fichier du bulletin n° %(n)s manque ou a changé. Déposez-le à nouveau.")
            % {"n": slip.position}
        )
    return content


def forget_pieces_on_commit(upload: SlipUpload) -> None:
    """Pieces nobody needs any more (handed out ones are papers by now): pay is not left lying."""
    files = [str(slip.file) for slip in upload.slips.all()]
    transaction.on_commit(partial(forget_files, files), robust=True)


def forget_files(files: Iterable[str]) -> None:
    for file in files:
        default_storage.delete(file)
