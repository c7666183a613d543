"""Ballots of an urn as bytes: every box of a poll has one length, closed before any SQL sees it.

A sealed ballot opens with the poll's key, which nobody has alone. A secret one opens with the keys of
the server (FIELD_KEYS), which are in no table: the database, its copies, its journal and its logs show
boxes only; who runs the server could open them, as is said before voting.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from ct_platform.kit import crypto
from decisions.models import Poll
from decisions.rules import tally

BLOCK, PREFIX = 64, 4


class BadBox(ValueError):
    """A ballot that does not open, or does not hold what it should."""


def size_for(poll: Poll) -> int:
    """How long every ballot of a poll is made: its longest one and the prefix, in blocks of 64 bytes."""
    longest = tally.longest_ballot(
        method=poll.method, options=[one.code for one in poll.options.all()], rule=poll.rule
    )
    return -(-(longest + PREFIX) // BLOCK) * BLOCK


@sensitive_variables()
def close(poll: Poll, ballot: Mapping[str, Any]) -> str:
    """Seal a checked ballot with the poll's public key, padded so that its length says nothing."""
    padded = _padded(ballot, poll.ballot_size)
    key = PublicKey(bytes.fromhex(poll.public_key))
    return base64.b64encode(SealedBox(key).encrypt(padded)).decode("ascii")


@sensitive_variables()
def open_box(content: str, key: PrivateKey, size: int) -> dict[str, Any]:
    """The ballot in a box. BadBox when it was altered, or sealed to another key."""
    try:
        return _unpadded(SealedBox(key).decrypt(base64.b64decode(content, validate=True)), size)
    except (CryptoError, ValueError):
        raise BadBox("a ballot does not open") from None


@sensitive_variables()
def close_secret(poll: Poll, ballots: Iterable[Mapping[str, Any]]) -> list[str]:
    """Close checked ballots of a secret poll with the server's newest key. One query."""
    box, size = SecretBox(crypto.derived_keys(_place(poll))[0]), size_for(poll)
    return [
        base64.b64encode(box.encrypt(_padded(ballot, size))).decode("ascii") for ballot in ballots
    ]


@sensitive_variables()
def open_secret(poll: Poll, contents: Sequence[str]) -> list[dict[str, Any]]:
    """The ballots in these boxes of a secret poll. BadBox when one was altered, doubled, or is of
    another poll: without the server's keys nobody can write one. No query."""
    boxes = [SecretBox(key) for key in crypto.derived_keys(_place(poll))]
    if len(set(contents)) != len(contents):
        raise BadBox("one ballot lies twice in the urn")
    return [_opened(boxes, content) for content in contents]


@sensitive_variables()
def _opened(boxes: Sequence[SecretBox], content: str) -> dict[str, Any]:
    for box in boxes:
        try:
            padded = box.decrypt(base64.b64decode(content, validate=True))
            return _unpadded(padded, len(padded))
        except (CryptoError, ValueError):
            continue
    raise BadBox("a ballot does not open")


def _place(poll: Poll) -> str:
    return f"decisions_urnballot|content|{poll.pk}"


@sensitive_variables()
def _padded(ballot: Mapping[str, Any], size: int) -> bytes:
    said = tally.canonical(ballot)
    room = size - PREFIX - len(said)
    if room < 0:
        raise BadBox("a ballot is longer than the longest one")
    return len(said).to_bytes(PREFIX, "big") + said + bytes(room)


@sensitive_variables()
def _unpadded(padded: bytes, size: int) -> dict[str, Any]:
    length = int.from_bytes(padded[:PREFIX], "big")
    if len(padded) != size or length > size - PREFIX or any(padded[PREFIX + length :]):
        raise BadBox("a ballot is not of its length")
    ballot: dict[str, Any] = json.loads(padded[PREFIX : PREFIX + length])
    return ballot


def receipt(content: str) -> str:
    """SHA-256 of a sealed ballot, as printed to its voter and on the board."""
    return hashlib.sha256(content.encode("ascii")).hexdigest()
