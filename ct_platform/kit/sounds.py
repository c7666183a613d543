"""Recordings of a voice: what a phone writes beside the sound is emptied, the sound is not touched.

No audio library is carried: each container is rewritten byte for byte, at the same length, so that
nothing is decoded (decoders are an attack surface) and players find the sound where it was.
Honest limits: titles, places, devices and dates go; the make of the encoder may still show in how
the sound itself is coded, and a voice names its owner.
"""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused

MOST_BYTES = 15 * 1024 * 1024  # some fifteen minutes, as phones record a voice
ACCEPT = "audio/*"
TYPES = {
    "m4a": "audio/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "amr": "audio/amr",
}  # fmt: skip
# Boxes that hold other boxes; a sound lies under the first five.
_HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf")
_TOLD = (b"udta", b"meta", b"uuid", b"loci")
_DATED = (b"mvhd", b"tkhd", b"mdhd")
_DEEPEST = 8


class _Film(ValueError):
    """It shows faces, and only a voice is asked."""


def clean_sound(content: bytes, *, field: str) -> tuple[bytes, str]:
    """The recording without what tells where, when and by which device; and its suffix.

    Raises Refused beside `field`: empty, too long, unknown, or damaged.
    """
    if not content:
        raise Refused(_("Cet enregistrement est vide."), field=field)
    if len(content) > MOST_BYTES:
        raise Refused(_("Cet enregistrement dépasse 15 Mo : quinze minutes au plus."), field=field)
    try:
        if content[4:8] == b"ftyp":
            return _emptied_boxes(content), "m4a"
        if content.startswith(b"OggS"):
            return _emptied_ogg(content), "ogg"
        if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
            return _bare_wave(content), "wav"
        if content.startswith(b"#!AMR"):
            return content, "amr"  # it has room for nothing but sound
        bare = _without_tags(content)
        if len(bare) > 1 and bare[0] == 0xFF and bare[1] & 0xE0 == 0xE0:
            return bare, "mp3"
    except _Film as error:
        raise Refused(_("C’est un film : il faut seulement le son."), field=field) from error
    except (struct.error, IndexError, ValueError) as error:
        raise Refused(
            _("Cet enregistrement est abîmé ou incomplet : il en faut un autre."), field=field
        ) from error
    raise Refused(
        _(
            "Ce fichier n’est pas un enregistrement que nous savons lire (M4A, MP3, OGG, WAV, AMR). "
            "Le dictaphone du téléphone convient."
        ),
        field=field,
    )


def _emptied_boxes(content: bytes) -> bytes:
    """MP4 and 3GP: boxes that tell become `free` boxes of the same length; dates become zero."""
    out = bytearray(content)
    found = False
    for kind, start, body, end in _boxes(content, 0, len(content), 0):
        if kind in _TOLD:
            out[start + 4 : start + 8] = b"free"
            out[body:end] = bytes(end - body)
        elif kind in _DATED:
            dates = 16 if content[body] == 1 else 8
            out[body + 4 : body + 4 + dates] = bytes(dates)
        elif kind == b"vide":
            raise _Film
        found = found or kind == b"moov"
    if not found:
        raise ValueError("no moov")
    return bytes(out)


def _boxes(
    content: bytes, start: int, end: int, depth: int
) -> Iterator[tuple[bytes, int, int, int]]:
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", content[start : start + 8])
        body = start + 8
        if size == 1:
            (size,) = struct.unpack(">Q", content[body : body + 8])
            body += 8
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise ValueError("box out of bounds")
        if kind == b"hdlr" and content[body + 8 : body + 12] == b"vide":
            yield b"vide", start, body, start + size
        yield kind, start, body, start + size
        if kind in _HOLDERS and depth < _DEEPEST:
            yield from _boxes(content, body, start + size, depth + 1)
        start += size


def _bare_wave(content: bytes) -> bytes:
    """Only the two parts that make the sound."""
    kept, at = bytearray(), 12
    while at + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        # A recorder that was cut leaves the length unwritten.
        size = min(size, len(content) - at - 8)
        if kind in (b"fmt ", b"data"):
            part = content[at + 8 : at + 8 + size]
            kept += kind + struct.pack("<I", size) + part + b"\0" * (size % 2)
        at += 8 + size + size % 2
    if b"data" not in kept or not kept.startswith(b"fmt "):
        raise ValueError("no sound")
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WAVE" + bytes(kept)


def _without_tags(content: bytes) -> bytes:
    """MP3 and AAC: what stands before and after the sound."""
    # Walked, then cut once: a million small tags would copy the file a million times.
    at = 0
    while content.startswith(b"ID3", at):
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    content = content[at:]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if content[-32:-24] == b"APETAGEX":
        size = struct.unpack("<I", content[-20:-16])[0]
        headed = struct.unpack("<I", content[-12:-8])[0] & 0x80000000
        content = content[: -(size + (32 if headed else 0))]
    return content


def _emptied_ogg(content: bytes) -> bytes:
    """Opus and Vorbis: the list of comments is said to be empty, and its room filled with zeros."""
    out = bytearray(content)
    first_end = _page_end(content, 0)
    if content[first_end : first_end + 4] != b"OggS":
        raise ValueError("no second page")
    end = _page_end(content, first_end)
    segments = content[first_end + 26]
    lengths = content[first_end + 27 : first_end + 27 + segments]
    body = first_end + 27 + segments
    size = 0
    for length in lengths:
        size += length
        if length < 255:
            break
    else:
        # A picture of a record sleeve, over several pages: no voice recorder writes one.
        raise ValueError("comments too long")
    head = 8 if content[body : body + 8] == b"OpusTags" else 7
    if head == 7 and content[body : body + 7] != b"\x03vorbis":
        raise ValueError("no comments")
    (vendor,) = struct.unpack("<I", content[body + head : body + head + 4])
    after = body + head + 4 + vendor
    if after + 4 > body + size:
        raise ValueError("comments out of bounds")
    out[body + head + 4 : body + size] = bytes(size - head - 4)
    if head == 7:
        out[after + 4] = 1  # the framing bit that ends the list
    out[first_end + 22 : first_end + 26] = bytes(4)
    struct.pack_into("<I", out, first_end + 22, _crc(bytes(out[first_end:end])))
    return bytes(out)


def _page_end(content: bytes, start: int) -> int:
    segments = content[start + 26]
    lengths = content[start + 27 : start + 27 + segments]
    return start + 27 + segments + sum(lengths)


def _crc(page: bytes) -> int:
    """The checksum of an Ogg page (RFC 3533): polynomial 0x04c11db7, neither reflected nor inverted."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _bit in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc
