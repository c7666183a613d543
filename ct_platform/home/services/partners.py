"""Organisations shown on the public site, because they said so: noted, changed, taken away."""

import datetime as dt
import io
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from PIL import Image

from cohorts.models import Organisation
from ct_platform.home.models import ShownPartner
from ct_platform.kit import pictures
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused

LOGO_SIDE = 320  # pixels: shown half as wide, on screens that have two dots for one
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Shown:
    """What the network notes of a partner; `ended_on` None as long as it agrees."""

    organisation: Organisation
    sentence: str
    website: str
    agreed_how: str
    agreed_on: dt.date
    ended_on: dt.date | None


def redraw_logo(upload: "UploadedFile[Any]") -> bytes:
    """A small JPEG of pixels alone, on white. Call it outside any transaction. Raises Refused."""
    if (upload.size or 0) > pictures.MOST_BYTES:
        raise Refused(_("Cette image dépasse 15 Mo : il en faut une plus petite."), field="logo")
    content, suffix = pictures.clean_proof(upload.read(), field="logo")
    if suffix != "jpg":
        raise Refused(_("Il faut une image (PNG, JPEG ou WebP), pas un PDF."), field="logo")
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        picture.thumbnail((LOGO_SIDE, LOGO_SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


@transaction.atomic
def note_partner(
    *, partner: ShownPartner | None, shown: Shown, logo: bytes | None, actor: Actor
) -> ShownPartner:
    """Note that an organisation agreed to be shown, or change what is shown of it. `logo` None keeps the
    one it has.

    Raises Refused: already noted, an end before the agreement.
    """
    row = partner or ShownPartner(noted_by_id=actor.person_id)
    for name in Shown.__slots__:
        setattr(row, name, getattr(shown, name))
    taken = ShownPartner.objects.filter(organisation=shown.organisation).exclude(pk=row.pk)
    if taken.exists():
        raise Refused(_("Cette organisation est déjà dans la liste."), field="organisation")
    if logo is not None:
        row.logo.save(f"{secrets.token_hex(16)}.jpg", ContentFile(logo), save=False)
    with refusing(ShownPartner):
        row.save()
    return row


def noted() -> QuerySet[ShownPartner]:
    found: QuerySet[ShownPartner] = ShownPartner.objects.select_related("organisation")
    return found


def all_partners() -> list[ShownPartner]:
    """Every organisation noted, those no longer shown included. One query."""
    return list(noted())
