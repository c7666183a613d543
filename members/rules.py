"""Names: folding them so that "DIABATÉ Moussa" and "Diabate  moussa" are one. Pure."""

import re
import unicodedata


def fold(text: str) -> str:
    """Lower-case letters and digits only, words joined by one space; accents and marks removed."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def search_key(first_name: str, last_name: str) -> str:
    """The key duplicates are compared by: folded last name, then folded first name."""
    return f"{fold(last_name)} {fold(first_name)}".strip()
