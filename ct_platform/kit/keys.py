"""The key of a row as a page sends it back: digits, and no more than a database holds. Pure."""

from collections.abc import Iterable

# A key has eight bytes: nineteen digits, of which the last may be too many.
_LONGEST = 18


def key_of(text: str) -> int | None:
    """The key in what a form or an address sent; None for anything else, however long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """The keys among these; what is none is left out."""
    return [key for text in texts if (key := key_of(text)) is not None]
