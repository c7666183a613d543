"""Communes and their postcodes, from the open data shipped in cohorts/data (see its README).

The list is kept as one text of a megabyte and searched when asked: an index of 35,000 communes
would cost each web process some twenty times that, for a question asked a few times a day.
"""

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "communes.csv.gz"
CURRENT, ASSOCIATED, DELEGATED, BOROUGH = "C", "A", "D", "M"
# Corsica: 2A and 2B. Overseas: 971 to 989.
_INSEE = re.compile(r"^(?:\d{2}|2[AB])\d{3}$")
_POSTCODE = re.compile(r"^\d{5}$")


@dataclass(frozen=True, slots=True)
class Commune:
    """`insee` is its code of the Code officiel géographique; `kind` is one of the letters above."""

    insee: str
    name: str
    kind: str
    postcodes: tuple[str, ...]


def communes_of(postcode: str) -> list[Commune]:
    """The communes a postcode serves, by name; none for a postcode nobody knows. Some milliseconds.

    The boroughs of Paris, Lyon and Marseille stand instead of the whole city, which is too large to
    place anybody.
    """
    if not _POSTCODE.match(postcode):
        return []
    found = [
        one
        for one in _lines_with(postcode)
        if postcode in one.postcodes and one.kind in (CURRENT, BOROUGH)
    ]
    if any(one.kind == BOROUGH for one in found):
        found = [one for one in found if one.kind == BOROUGH]
    return sorted(found, key=lambda one: one.name)


def commune_of(insee: str) -> Commune | None:
    """The commune of a code, former ones (delegated, associated) and boroughs included."""
    if not _INSEE.match(insee):
        return None
    found = [one for one in _lines_with(f"\n{insee};") if one.insee == insee]
    # A new commune often keeps the code of a former one: the living one is meant.
    return min(found, key=lambda one: one.kind != CURRENT, default=None)


@lru_cache(maxsize=1)
def _text() -> str:
    return "\n" + gzip.decompress(FILE.read_bytes()).decode()


def _lines_with(sign: str) -> list[Commune]:
    text, at, found = _text(), 0, []
    while (at := text.find(sign, at)) != -1:
        start = text.rfind("\n", 0, at + 1) + 1
        end = text.find("\n", at + 1)
        insee, name, kind, postcodes = text[start:end].split(";")
        found.append(Commune(insee, name, kind, tuple(postcodes.split())))
        at = end
    return found
