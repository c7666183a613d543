"""Portraits and recordings: drawn or written again before anything is kept, erased when taken back.

Call the cleaning outside any transaction: up to half a second a photo.
"""

import io
import secrets
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from PIL import Image

from ct_platform.kit import pictures, sounds
from ct_platform.kit.errors import Refused
from testimonials.models import Testimonial

MOST_SIDE = 800  # a public page weighs at most 100 KB: a portrait is shown small
QUALITY = 72


def redraw(upload: "UploadedFile[Any]", *, field: str = "photo") -> bytes:
    """A JPEG of pixels alone, at most 800 a side. Raises Refused: too heavy, not a photo, a PDF."""
    if (upload.size or 0) > pictures.MOST_BYTES:
        raise Refused(
            _("Cette photo dépasse 15 Mo. Choisis-en une plus petite : le reste est gardé."),
            field=field,
        )
    content, suffix = pictures.clean_proof(upload.read(), field=field)
    if suffix != "jpg":
        raise Refused(_("Il faut une photo, pas un PDF."), field=field)
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        picture.thumbnail((MOST_SIDE, MOST_SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def clean_recording(upload: "UploadedFile[Any]", *, field: str = "recording") -> tuple[bytes, str]:
    if (upload.size or 0) > sounds.MOST_BYTES:
        raise Refused(
            _("Cet enregistrement dépasse 15 Mo : quinze minutes au plus. Le reste est gardé."),
            field=field,
        )
    return sounds.clean_sound(upload.read(), field=field)


def keep(
    testimonial: Testimonial, *, photo: bytes | None, recording: tuple[bytes, str] | None
) -> None:
    """Store under names of ours. A rollback leaves a file nobody points at."""
    if photo:
        name = f"{secrets.token_hex(16)}.jpg"
        testimonial.photo.save(name, ContentFile(photo), save=False)
    if recording:
        content, suffix = recording
        name = f"{secrets.token_hex(16)}.{suffix}"
        testimonial.recording.save(name, ContentFile(content), save=False)


def erase(held: Testimonial, *names: str) -> None:
    """Empty these columns now, and the disk once that stands."""
    for name in names:
        stored: FieldFile = getattr(held, name)
        if not stored:
            continue
        storage, path = stored.storage, stored.name
        Testimonial.objects.filter(pk=held.pk).update(**{name: ""})
        setattr(held, name, "")
        transaction.on_commit(partial(storage.delete, str(path)), robust=True)
