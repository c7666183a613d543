"""Recordings: what tells where, when and by which device is emptied, and the sound is untouched."""

import struct
import time

import pytest

from ct_platform.kit.errors import Refused
from ct_platform.kit.sounds import MOST_BYTES, _crc, clean_sound

PLACE = b"VALBRUNE +48.85"


def clean(content: bytes) -> tuple[bytes, str]:
    return clean_sound(content, field="recording")


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a(handler: bytes = b"soun") -> bytes:
    dated = box(b"mvhd", b"\0\0\0\0" + struct.pack(">II", 3_900_000_000, 3_900_000_001) + bytes(88))
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
    told = box(b"udta", box(b"\xa9xyz", PLACE)) + box(b"meta", PLACE)
    return (
        box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", dated + track + told) + box(b"mdat", b"SOUND")
    )


def test_an_mp4_keeps_its_length_and_its_sound_and_loses_the_rest():
    before = m4a()
    after, suffix = clean(before)
    assert suffix == "m4a" and len(after) == len(before)
    assert PLACE not in after and struct.pack(">I", 3_900_000_000) not in after
    assert after.endswith(b"SOUND") and b"udta" not in after


def test_a_film_is_no_recording():
    with pytest.raises(Refused, match="film"):
        clean(m4a(b"vide"))


def ogg_page(body: bytes, number: int) -> bytes:
    lengths = bytes([255] * (len(body) // 255) + [len(body) % 255])
    page = b"OggS\0\0" + bytes(8) + struct.pack("<II", 7, number) + bytes(4)
    page += bytes([len(lengths)]) + lengths + body
    return page[:22] + struct.pack("<I", _crc(page)) + page[26:]


@pytest.mark.parametrize("head", [b"OpusTags", b"\x03vorbis"])
def test_an_ogg_is_emptied_of_its_comments_and_its_checksum_holds(head):
    said = b"LOCATION=" + PLACE
    comments = (
        head + struct.pack("<I", 3) + b"abc" + struct.pack("<II", 1, len(said)) + said + b"\1"
    )
    first = ogg_page(b"OpusHead" + bytes(11), 0)
    before = first + ogg_page(comments, 1) + ogg_page(b"SOUND", 2)
    after, suffix = clean(before)
    assert suffix == "ogg" and PLACE not in after and len(after) == len(before)
    second = after[len(first) :]
    page = second[: 27 + second[26] + sum(second[27 : 27 + second[26]])]
    assert struct.unpack("<I", page[22:26])[0] == _crc(page[:22] + bytes(4) + page[26:])
    assert after.endswith(ogg_page(b"SOUND", 2))


def test_the_checksum_is_that_of_the_standard():
    assert _crc(b"123456789") == 0x89A1897F


def test_an_mp3_loses_its_tags_at_both_ends():
    tagged = b"ID3\4\0\0" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    sound = b"\xff\xfb\x90\x00" + bytes(200)
    after, suffix = clean(tagged + sound + b"TAG" + PLACE.ljust(125, b"\0"))
    assert (after, suffix) == (sound, "mp3")


def test_a_file_of_tags_alone_is_refused_at_once():
    """A copy of the file for each tag was an hour of a worker, for the fifteen megabytes anybody may send."""
    begun = time.process_time()
    with pytest.raises(Refused):
        clean(b"ID3\4\0\0\0\0\0\0" * 500_000)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ",
        b"OggS",
        m4a()[:40],
        b"RIFF\0\0\0\0WAVE",
        b"\x1aE\xdf\xa3webm",
        bytes(MOST_BYTES + 1),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content):
    with pytest.raises(Refused) as refusal:
        clean(content)
    assert refusal.value.field == "recording"


@pytest.mark.parametrize("cut", range(8, 150, 7))
def test_a_file_cut_anywhere_is_refused_or_cleaned_never_a_crash(cut):
    try:
        after, _suffix = clean(m4a()[:cut])
    except Refused:
        return
    assert PLACE not in after
