"""Reading what strangers wrote: strict types, no surprise, one French sentence with its JSON path. Pure.

Limits, so that a huge or hostile file is refused rather than counted for hours: `MAX_BYTES` a file,
`MAX_DEPTH` levels, `MAX_ROLL` people, `MAX_OPTIONS` options, `MAX_ID` characters an identifier,
`MAX_TEXT` a text, `MAX_CENTS` an amount. A method may add its own.
"""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 8
MAX_ROLL = 100_000
MAX_OPTIONS = 100
MAX_ID = 80
MAX_TEXT = 1000
MAX_CENTS = 10_000_000_000

FRACTION = re.compile(r"(0|[1-9][0-9]{0,6})(?:/([1-9][0-9]{0,6}))?")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")


class BadBallots(ValueError):
    """What was given cannot be counted. `path`: where, as `$.ballots[3].grades.x`."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path} : {sentence}")
        self.path = path


def member(path: str, key: object) -> str:
    """The path of a key; odd keys are quoted and cut, so that the sentence stays one clean line."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if PLAIN_KEY.fullmatch(str(key)):
        return f"{path}.{key}"
    return f"{path}[{json.dumps(str(key)[:80])}]"


def mapping(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadBallots(path, "il faut un objet {…}.")
    return value


def keys(
    value: object, path: str, *, required: Sequence[str] = (), optional: Sequence[str] = ()
) -> Mapping[str, Any]:
    value = mapping(value, path)
    for key in value:
        if key not in required and key not in optional:
            raise BadBallots(member(path, key), "cette clé n’est pas prévue ici.")
    for key in required:
        if key not in value:
            raise BadBallots(member(path, key), "il manque cette clé.")
    return value


def listed(value: object, path: str, most: int) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise BadBallots(path, "il faut une liste […].")
    if len(value) > most:
        raise BadBallots(path, f"la liste est trop longue ({most} au plus).")
    return value


def integer(value: object, path: str, low: int, high: int) -> int:
    """A true integer: 1.0 and true are not numbers of ballots."""
    if type(value) is not int:
        raise BadBallots(path, "il faut un nombre entier.")
    if not low <= value <= high:
        raise BadBallots(path, f"il faut un nombre entier de {low} à {high}.")
    return value


def one_of(value: object, path: str, allowed: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise BadBallots(path, f"il faut l’un de : {', '.join(allowed)}.")
    return value


def fraction(value: object, path: str, *, low: Fraction = Fraction(0)) -> str:
    """The string "p/q", or "0" or "1", itself; between `low` and 1."""
    found = FRACTION.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or found is None:
        raise BadBallots(path, 'il faut une fraction écrite "p/q", par exemple "2/3".')
    if not low <= Fraction(value) <= 1:
        raise BadBallots(path, f"il faut une fraction de {low} à 1.")
    return value


def identifier(value: object, path: str) -> str:
    """Printable (so neither 0x1F, which separates in the lot, nor half a character), without ">"."""
    if not isinstance(value, str) or not value or len(value) > MAX_ID:
        raise BadBallots(path, f"il faut un texte de 1 à {MAX_ID} caractères.")
    if not value.isprintable() or ">" in value:
        raise BadBallots(path, "le signe « > » et les caractères invisibles sont refusés ici.")
    return value


def text(value: object, path: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise BadBallots(path, f"il faut un texte de {MAX_TEXT} caractères au plus.")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadBallots(path, "ce texte contient une moitié de caractère.")
    return value


def known(value: object, path: str, options: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in options:
        raise BadBallots(path, "cette option n’existe pas dans ce vote.")
    return value


def distinct_options(value: object, path: str, options: Sequence[str]) -> list[str]:
    """Known options, each once, put in the order of the poll."""
    chosen: set[str] = set()
    for place, one in enumerate(listed(value, path, len(options))):
        option = known(one, member(path, place), options)
        if option in chosen:
            raise BadBallots(member(path, place), "cette option est déjà nommée.")
        chosen.add(option)
    return [option for option in options if option in chosen]


class _Twice(dict[str, Any]):
    """An object of a JSON text that names a key twice: most readers would silently keep one."""

    key = ""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) == len(pairs):
        return read
    names = [name for name, _ in pairs]
    twice = _Twice(read)
    twice.key = next(name for name in names if names.count(name) > 1)
    return twice


def parse(content: bytes) -> Mapping[str, Any]:
    """Read a JSON document of ballots: UTF-8, no key twice, no float anywhere. Raises BadBallots."""
    if len(content) > MAX_BYTES:
        raise BadBallots("$", f"le fichier dépasse {MAX_BYTES // 1024 // 1024} Mio.")
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_pairs)
    except UnicodeDecodeError as error:
        raise BadBallots("$", "ce n’est pas un texte en UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise BadBallots("$", f"ce n’est pas du JSON ({where}).") from error
    except RecursionError as error:
        raise BadBallots("$", "trop de niveaux les uns dans les autres.") from error
    except ValueError as error:  # an integer of thousands of digits
        raise BadBallots("$", "un nombre est trop long.") from error
    _refuse_what_json_hides(document, "$", MAX_DEPTH)
    return mapping(document, "$")


def _refuse_what_json_hides(value: object, path: str, depth: int) -> None:
    if isinstance(value, float):
        raise BadBallots(path, "les nombres à virgule sont refusés.")
    if not isinstance(value, dict | list):
        return
    if not depth:
        raise BadBallots(path, "trop de niveaux les uns dans les autres.")
    if isinstance(value, _Twice):
        raise BadBallots(member(path, value.key), "cette clé est écrite deux fois.")
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        # A path is built for the guilty only: a large file has a million values.
        if isinstance(inner, float | dict | list):
            _refuse_what_json_hides(inner, member(path, key), depth - 1)
