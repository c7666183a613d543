"""One pattern for all the ways a word is written: accents or none, capitals or not, in one word or two.

The pattern is judged by the database itself, SQLite and PostgreSQL alike: nothing is kept twice, and
no extension is asked of the server. The letters come from `members.rules.fold`, so that what a page
finds is what the house takes for the same name. Pure.
"""

import unicodedata
from collections import defaultdict
from functools import lru_cache

from members.rules import fold

# What may stand between two letters of one word: "Ben Ali", "Ben-Ali", "L’Œuvre", an accent apart.
_BETWEEN = "[ '’.\u2010\u2011\u00a0\u202f\u0300-\u036f-]*"
_JOINED = {"oe": "œŒ", "ss": "ßẞ"}
_BLOCKS = (range(0xC0, 0x250), range(0x1E00, 0x1F00))


def _letters() -> dict[str, str]:
    """ "e" → "eEéÉèÈ…": every letter that folds to it."""
    found: dict[str, str] = defaultdict(str)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found[letter] = letter + letter.upper()
    for block in _BLOCKS:
        for code in block:
            folded = fold(chr(code))
            if len(folded) == 1 and unicodedata.category(chr(code)).startswith("L"):
                found[folded] += chr(code)
    return dict(found)


_LETTERS = _letters()


@lru_cache(maxsize=256)
def pattern_of(word: str) -> str:
    """The regular expression of a folded word (letters and digits only, so nothing to escape).

    "benali" finds "Ben-Ali" and "BÉNALI"; "oeuvre" finds "Œuvre".
    """
    parts, place = [], 0
    while place < len(word):
        pair = word[place : place + 2]
        step = 2 if pair in _JOINED else 1
        one = _BETWEEN.join(_class(sign) for sign in word[place : place + step])
        parts.append(f"(?:{one}|[{_JOINED[pair]}])" if step == 2 else one)
        place += step
    return _BETWEEN.join(parts)


def _class(sign: str) -> str:
    return f"[{_LETTERS[sign]}]" if sign in _LETTERS else sign
