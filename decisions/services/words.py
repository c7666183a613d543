"""Six words for a key: short, plain, without accents, no two of which differ by one letter."""

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

WORDS_IN_KEY = 6
LIST = Path(__file__).resolve().parents[1] / "key_words.txt"


@cache
def all_words() -> tuple[str, ...]:
    return tuple(LIST.read_text(encoding="ascii").split())


def draw_words() -> tuple[str, ...]:
    """Six words by the machine's own randomness: more than 66 bits. Kept nowhere."""
    return tuple(secrets.choice(all_words()) for _place in range(WORDS_IN_KEY))


def cleaned(typed: str) -> tuple[str, ...]:
    """What somebody typed, as words of the list are written: small letters, no accent, no sign."""
    bare = unicodedata.normalize("NFKD", typed.lower().replace("œ", "oe"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return tuple(re.findall(r"[a-z]+", letters))


def are_key_words(words: tuple[str, ...]) -> bool:
    return len(words) == WORDS_IN_KEY and set(words) <= set(all_words())
