"""Sealed ballots as bytes: every box of a poll has one length, and only the poll's key opens it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from decisions.models import Poll
from decisions.rules import tally

BLOCK, PREFIX = 64, 4


class BadBox(ValueError):
    """A sealed ballot that does not open, or does not hold what it should."""


def size_for(poll: Poll) -> int:
    """How long every ballot of a poll is made: its longest one and the prefix, in blocks of 64 bytes."""
    longest = tally.longest_ballot(
        method=poll.method, options=[one.code for one in poll.options.all()], rule=poll.rule
    )
    return -(-(longest + PREFIX) // BLOCK) * BLOCK


@sensitive_variables()
def close(poll: Poll, ballot: Mapping[str, Any]) -> str:
    """Seal a checked ballot with the poll's public key, padded so that its length says nothing."""
    said = tally.canonical(ballot)
    room = poll.ballot_size - PREFIX - len(said)
    if room < 0:
        raise BadBox("a ballot is longer than the longest one")
    padded = len(said).to_bytes(PREFIX, "big") + said + bytes(room)
    key = PublicKey(bytes.fromhex(poll.public_key))
    return base64.b64encode(SealedBox(key).encrypt(padded)).decode("ascii")


@sensitive_variables()
def open_box(content: str, key: PrivateKey, size: int) -> dict[str, Any]:
    """The ballot in a box. BadBox when it was altered, or sealed to another key."""
    try:
        padded = SealedBox(key).decrypt(base64.b64decode(content, validate=True))
        length = int.from_bytes(padded[:PREFIX], "big")
        if len(padded) != size or length > size - PREFIX or any(padded[PREFIX + length :]):
            raise BadBox("a ballot is not of its length")
        ballot: dict[str, Any] = json.loads(padded[PREFIX : PREFIX + length])
    except (CryptoError, ValueError):
        raise BadBox("a ballot does not open") from None
    return ballot


def receipt(content: str) -> str:
    """SHA-256 of a sealed ballot, as printed to its voter and on the board."""
    return hashlib.sha256(content.encode("ascii")).hexdigest()
