"""Judgement about applications: voices, twins, and until when they are kept. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from cohorts.rules.ages import add_months
from members.rules import Identity, Likeness, likely_same, search_key

VOICE_BYTES = 10 * 1024 * 1024  # ten minutes, as phones record a voice
# CNIL, recruiting: two years after the last contact with who was not chosen.
KEPT_MONTHS = 24
GUESTS_KEPT_DAYS = 90
# A voice whose form was never sent whole.
LOOSE_VOICE_HOURS = 48


def voice_format(head: bytes) -> str | None:
    """The type of a recording by its first bytes (twelve suffice); None when it is no recording.

    A name or a declared type proves nothing: only these few shapes are ever kept or played.
    """
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso", b"3gp", b"M4B", b"qt "):
        return "audio/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"ID3"):
        return "audio/mpeg"
    if len(head) > 3 and head[0] == 0xFF:
        # Twelve set bits then layer 00: ADTS (AAC); eleven, then layer III: MP3.
        if head[1] & 0xF6 == 0xF0:
            return "audio/aac"
        if head[1] & 0xE6 == 0xE2:
            return "audio/mpeg"
    return None


def erased_from(last_contact: dt.date) -> dt.date:
    """The day from which an application is erased: two years after the last contact."""
    return add_months(last_contact, KEPT_MONTHS)


def twins(identities: Mapping[int, Identity]) -> dict[int, tuple[int, Likeness]]:
    """Key → the earlier one it looks most like, and why: the same person in two spellings.

    Compares only those that share a name, a birth date or a contact, as lists of people do.
    """
    order = list(Likeness)
    seen: dict[str, list[int]] = defaultdict(list)
    found: dict[int, tuple[int, Likeness]] = {}
    for key, identity in identities.items():
        marks = list(_marks(identity))
        near = {other for mark in marks for other in seen[mark]}
        alike = [
            (order.index(likeness), other, likeness)
            for other in near
            if (likeness := likely_same(identity, identities[other])) is not None
        ]
        if alike:
            _rank, other, likeness = min(alike, key=lambda one: one[:2])
            found[key] = (other, likeness)
        for mark in marks:
            seen[mark].append(key)
    return found


def _marks(identity: Identity) -> Iterator[str]:
    words = search_key(identity.first_name, identity.last_name).split()
    yield "name:" + " ".join(sorted(words))
    if identity.birth_date:
        yield f"born:{identity.birth_date}"
    if identity.email:
        yield f"email:{identity.email}"
    if identity.phone:
        yield f"phone:{identity.phone}"
