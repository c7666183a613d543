"""Codes people read, type and mistype; names people spell their own way. Pure."""

import unicodedata
from collections.abc import Iterable

# Crockford base 32: no I, L, O, U, so that a code read aloud or typed from paper comes back right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26  # 128 bits, five at a time
_MISREAD = str.maketrans("ILO", "110")
GROUP = 4
# Begins the code inside the PDF's own keywords, where a copy keeps it.
MARK = "ct-papier:"


def encode_code(bits: int) -> str:
    """Write a 128-bit number as 26 characters. Raises ValueError when it is out of range."""
    if not 0 <= bits < 2**128:
        raise ValueError("a code is 128 bits")
    letters = []
    for _ in range(CODE_LENGTH):
        bits, rest = divmod(bits, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def read_code(text: str) -> str:
    """What somebody typed, as the letters of a code: case, spaces, dashes, O/0, I/1 forgiven.

    A whole check address is read for its last part. The length is not judged here.
    """
    last = text[:300].strip().rstrip("/").rsplit("/", 1)[-1]
    letters = unicodedata.normalize("NFKC", last).upper().translate(_MISREAD)
    return "".join(letter for letter in letters if letter.isalnum())


def is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and all(letter in ALPHABET for letter in text)


def spaced_code(code: str) -> str:
    """The code as it is printed, in groups of four: "M8XT-4VJC-…"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return letters.split()


def same_name(one: str, other: str) -> bool:
    """Same words, whatever their order, accents, case, hyphens and apostrophes; empty is never same."""
    return bool(_words(one)) and sorted(_words(one)) == sorted(_words(other))


def initials(name: str) -> str:
    """ "Amina Sarr" → "A. S."; "Jean-Marie Le Goff" → "J.-M. L. G."."""
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in name.split()
        if word.strip("-")
    )


def chunks(keys: Iterable[int], most: int, workers: int = 4) -> list[list[int]]:
    """Share keys out in lots of at most `most`, small enough that `workers` have a lot each."""
    rows = list(keys)
    size = max(1, min(most, -(-len(rows) // workers)))
    return [rows[start : start + size] for start in range(0, len(rows), size)]
