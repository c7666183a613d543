"""Photos and PDFs people hand in as proof: drawn again, so that nothing but the picture is kept.

A phone writes into a photo where and when it was taken, by which device. Decoding to pixels and
encoding anew is the only removal that is sure. Hostile until proved otherwise: sizes are bounded
before anything unfolds. Call it outside any transaction: up to half a second a photo.
"""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from pypdf import PdfReader

from ct_platform.kit.clean_pdf import Hostile, clean_pages, weight_of
from ct_platform.kit.errors import Refused

MOST_BYTES = 15 * 1024 * 1024  # a phone's photo is 3 to 12 MB
MOST_PIXELS = 60_000_000
MOST_SIDE = 2000  # pixels: the small print of a till receipt stays readable
MOST_PAGES = 10
MOST_PAGE_BYTES = 8_000_000  # of one page's drawing, unfolded
QUALITY = 80
ACCEPT = "image/*,application/pdf,.pdf"
TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}
# The library keeps this choice for the whole process: one at a time.
_SWITCH = threading.Lock()
# Decoders are an attack surface: only those a phone or a scanner needs.
_FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def clean_proof(content: bytes, *, field: str) -> tuple[bytes, str]:
    """Make a proof harmless: its new bytes, and "jpg" or "pdf". What it is, its content decides.

    Raises Refused beside `field`, with what to do instead.
    """
    if not content:
        raise Refused(_("Ce fichier est vide."), field=field)
    if len(content) > MOST_BYTES:
        raise Refused(_("Ce fichier dépasse 15 Mo : il faut une photo plus petite."), field=field)
    if content.startswith(b"%PDF-"):
        return _clean_pdf(content, field), "pdf"
    return _clean_photo(content, field), "jpg"


def _clean_photo(content: bytes, field: str) -> bytes:
    """A JPEG of at most 2000 pixels a side, upright, without EXIF, place, profile or comment."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refused(
            _(
                "Cette photo est au format HEIC, illisible ici. Sur iPhone : Réglages, Appareil photo, "
                "Formats, « Le plus compatible ». Une copie d’écran marche aussi."
            ),
            field=field,
        )
    try:
        with warnings.catch_warnings():
            # Beyond its own limit the library only warns.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(_("Cette image est bien trop grande."), field=field)
        picture.draft("RGB", (MOST_SIDE, MOST_SIDE))  # a JPEG is decoded smaller: memory, time
        with _whole_or_refused():
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((MOST_SIDE, MOST_SIDE))
            flat = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_("Cette image est bien trop grande."), field=field) from error
    except UnidentifiedImageError as error:
        raise Refused(
            _("Ce fichier n’est ni une photo (JPEG, PNG ou WebP), ni un PDF."),
            field=field,
        ) from error
    # A damaged file makes the decoders raise nearly anything.
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        TypeError,
        OverflowError,
    ) as error:
        raise Refused(
            _("Cette photo est abîmée ou incomplète : il en faut une autre."), field=field
        ) from error
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


@contextmanager
def _whole_or_refused() -> Iterator[None]:
    """A file cut short is an error here, though the engine of papers lets the library fill it with grey."""
    with _SWITCH:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _on_white(picture: Image.Image) -> Image.Image:
    """A new image of pixels alone: what the library carries along beside them stays behind."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture.convert("RGB"))
    return flat


def _clean_pdf(content: bytes, field: str) -> bytes:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refused(_("Ce PDF demande un mot de passe. Une photo marche aussi."), field=field)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise Refused(_("Ce PDF a plus de %s pages.") % MOST_PAGES, field=field)
        if count == 0:
            raise Refused(_("Ce PDF n’a aucune page."), field=field)
        seen: set[int] = set()
        if any(weight_of(page, MOST_PAGE_BYTES, seen) > MOST_PAGE_BYTES for page in reader.pages):
            raise Refused(_("Une page de ce PDF est bien trop lourde."), field=field)
        return clean_pages(reader, range(count))
    except Refused:
        raise
    except Hostile as error:
        raise Refused(
            _("Ce PDF cache un programme ou un fichier. Une photo marche aussi."), field=field
        ) from error
    except Exception as error:  # a broken PDF makes the library raise nearly anything
        raise Refused(
            _("Ce PDF est abîmé : il ne s’ouvre pas. Une photo marche aussi."), field=field
        ) from error
