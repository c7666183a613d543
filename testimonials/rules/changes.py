"""What changes between two versions of a text, word by word. Pure."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "cut", "added"]
_TOKENS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """The pieces in reading order: `same` and `cut` make the first text again, `same` and `added` the second."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("cut", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces
