"""The picture that social networks show with a link: drawn here, kept in the cache, gone with the words."""

import hashlib
import io
import textwrap
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from ct_platform.kit.trades import TRADES
from testimonials.models import Testimonial

SIZE = (1200, 630)
KEPT_SECONDS = 3600
MARGIN = 80
PAPER, INK, PLUM, SOFT = "#fffaf2", "#2a1a2c", "#4b1f52", "#5d4a5f"
# (letters in a line, size of the letters, lines): the longest that fits is said, the rest is cut.
_FITS = ((24, 62, 4), (32, 48, 6), (40, 38, 8))
_FONTS = Path(settings.STATICFILES_DIRS[0]) / "fonts"


def card_of(testimonial: Testimonial, cooperative: str) -> bytes:
    """A PNG of 1200 × 630 with the words, the signature and the trade; never the photo."""
    key = _key(testimonial)
    drawn: bytes | None = cache.get(key)
    if drawn is None:
        drawn = _draw(testimonial, cooperative)
        cache.set(key, drawn, KEPT_SECONDS)
    return drawn


def purge(testimonial: Testimonial) -> None:
    key = _key(testimonial)
    transaction.on_commit(lambda: cache.delete(key), robust=True)


def _key(testimonial: Testimonial) -> str:
    said = f"{testimonial.text}\x1f{testimonial.signed_as}\x1f{testimonial.trade}"
    return f"story-card:{testimonial.code}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _draw(testimonial: Testimonial, cooperative: str) -> bytes:
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    trade = TRADES.get(testimonial.trade)
    pen.rectangle((0, 0, SIZE[0], 24), fill=trade.fill if trade else PLUM)
    lines, size = _laid(testimonial.text)
    font = ImageFont.truetype(_FONTS / "bricolage-700.ttf", size)
    y = MARGIN + 10
    for line in lines:
        pen.text((MARGIN, y), line, fill=INK, font=font)
        y += round(size * 1.25)
    signed = ImageFont.truetype(_FONTS / "inter-600.ttf", 36)
    small = ImageFont.truetype(_FONTS / "inter-400.ttf", 28)
    pen.text((MARGIN, SIZE[1] - 150), testimonial.signed_as, fill=PLUM, font=signed)
    place = f"{trade.label}, {cooperative}" if trade else cooperative
    pen.text((MARGIN, SIZE[1] - 98), place[:70], fill=SOFT, font=small)
    pen.text((MARGIN, SIZE[1] - 58), _("Coopératives de territoire"), fill=SOFT, font=small)
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _laid(text: str) -> tuple[list[str], int]:
    said = f"« {' '.join(text.split())} »"
    for width, size, most in _FITS:
        lines = textwrap.wrap(said, width)
        if len(lines) <= most:
            return lines, size
    width, size, most = _FITS[-1]
    return textwrap.wrap(said, width, max_lines=most, placeholder=" … »"), size
