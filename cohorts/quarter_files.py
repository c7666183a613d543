"""The official file of quarters (ANCT): GeoJSON, or a CSV list, with code_qp, lib_qp, insee_com."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused

CODE, NAME, COMMUNES = "code_qp", "lib_qp", "insee_com"
# "QN09301M" since 2024, "QP093001" before.
_CODE = re.compile(r"^Q[A-Z][0-9A-Z]{5,8}$")
_INSEE = re.compile(r"\b(?:\d{2}|2[AB])\d{3}\b")
_SPLIT_COLUMNS = ";,\t"


@dataclass(frozen=True, slots=True)
class ReadQuarter:
    """`polygons`: rings of [longitude, latitude]; None in a list without shapes."""

    code: str
    name: str
    insee_codes: tuple[str, ...]
    polygons: list[Any] | None


def read_quarters(content: bytes) -> list[ReadQuarter]:
    """Read the file, whichever of the two it is. Raises Refused with the line that is wrong.

    Shapes must be in WGS 84 degrees: a file in Lambert metres would put everybody outside.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    if text.lstrip().startswith("{"):
        rows = _features(text)
    else:
        rows = [(line, row, None) for line, row in enumerate(_lines(text), start=2)]
    found: dict[str, ReadQuarter] = {}
    for line, row, geometry in rows:
        one = _quarter(line, row, geometry)
        if one.code in found:
            raise Refused(
                _("Ligne %(n)d : le quartier %(code)s est déjà plus haut.")
                % {"n": line, "code": one.code}
            )
        found[one.code] = one
    if not found:
        raise Refused(_("Ce fichier ne contient aucun quartier."))
    return list(found.values())


def _features(text: str) -> list[tuple[int, Mapping[str, Any], Mapping[str, Any] | None]]:
    try:
        features = json.loads(text)["features"]
        return [
            (number, feature["properties"], feature.get("geometry"))
            for number, feature in enumerate(features, start=1)
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_("Ce fichier n’est pas un GeoJSON de quartiers.")) from error


def _lines(text: str) -> list[Mapping[str, Any]]:
    heading = text.partition("\n")[0]
    delimiter = max(_SPLIT_COLUMNS, key=heading.count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def _quarter(line: int, row: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> ReadQuarter:
    named = {str(key or "").strip().lower(): value for key, value in row.items()}
    lacking = [name for name in (CODE, NAME, COMMUNES) if name not in named]
    if lacking:
        raise Refused(_("Il manque la colonne %s.") % ", ".join(lacking))
    code = str(named[CODE] or "").strip().upper()
    if not _CODE.match(code):
        raise Refused(
            _("Ligne %(n)d : « %(code)s » n’est pas un code de quartier.")
            % {"n": line, "code": code}
        )
    insee = tuple(dict.fromkeys(_INSEE.findall(str(named[COMMUNES] or ""))))
    if not insee:
        raise Refused(
            _("Ligne %(n)d : %(code)s n’a pas de code commune.") % {"n": line, "code": code}
        )
    name = " ".join(str(named[NAME] or code).split())[:200]
    return ReadQuarter(code, name, insee, _polygons(line, geometry))


def _polygons(line: int, geometry: Mapping[str, Any] | None) -> list[Any] | None:
    if not geometry:
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    try:
        polygons: Any = {"Polygon": [coordinates], "MultiPolygon": coordinates}[str(kind)]
        made = [
            [[[float(x), float(y)] for x, y, *_height in ring] for ring in polygon]
            for polygon in polygons or []
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(_("Ligne %d : le contour ne se lit pas.") % line) from error
    points = [point for polygon in made for ring in polygon for point in ring]
    if not points:
        return None
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        raise Refused(
            _("Ligne %d : le contour n’est pas en degrés. Prenez le fichier en WGS 84.") % line
        )
    return made
