"""A lot that nobody can aim: committed before the vote, drawn from what everybody can check. Pure.

At opening, SHA-256 of the nonce is published; after closing, the nonce is revealed. With the sealed
ballots in the seed, whoever knows the nonce cannot choose the order either. Source: voting.md, §3.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw serves a whole poll: `order` names every option, first is luckiest."""

    seed: str
    order: tuple[str, ...]


def commitment(nonce_hex: str) -> str:
    """SHA-256 (hex) of the nonce as it is written: the 32 lower-case hexadecimal letters, in ASCII.

    Of the letters, not of the 16 bytes they stand for: `printf %s NONCE | sha256sum` verifies it.
    """
    return _sha256(nonce_hex)


def seed(poll: str, board: Iterable[str], nonce_hex: str) -> str:
    """SHA-256 (hex) of poll, 0x1F, the sorted board hashes without separator, 0x1F, nonce."""
    return _sha256(SEPARATOR.join([poll, "".join(sorted(board)), nonce_hex]))


def order(drawn_seed: str, option_ids: Iterable[str]) -> tuple[str, ...]:
    """The options by SHA-256 (hex) of seed, 0x1F, option: listing order changes nothing."""
    return tuple(sorted(option_ids, key=lambda one: _sha256(f"{drawn_seed}{SEPARATOR}{one}")))


def draw(poll: str, board: Iterable[str], nonce_hex: str, option_ids: Iterable[str]) -> Draw:
    drawn = seed(poll, board, nonce_hex)
    return Draw(drawn, order(drawn, option_ids))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
