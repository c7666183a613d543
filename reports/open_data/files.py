"""From the frozen figures of a year to the bytes people download. Pure: the same facts, the same bytes.

Nothing is counted or unmasked: a line is a figure of a published edition.
"""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ct_platform.kit.exports import Cell, csv_of, safe_text
from ct_platform.kit.trades import TRADES
from reports.open_data.fields import (
    BOUNDS,
    DATA,
    DATA_KEY,
    DEFINITIONS,
    LATER,
    STATES,
    UNITS,
    table_schema,
)

LICENCE = "Licence Ouverte 2.0 (Etalab)"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
TITLE = "Coopératives de territoire : une année en chiffres"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
Line = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Scope:
    """The network (`territory` empty) or a territory, with its frozen figures."""

    territory: str
    quarter: str
    department: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of a year, before they are dated and numbered. `fingerprint` names them."""

    year: int
    data: tuple[Line, ...]
    definitions: tuple[Line, ...]

    @property
    def masked(self) -> int:
        return sum(line["etat"] == STATES["masked"] for line in self.data)

    @property
    def fingerprint(self) -> str:
        texts = (_csv(DATA, self.data), _csv(DEFINITIONS, self.definitions))
        return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    content: str

    @property
    def size(self) -> int:
        return len(self.content.encode())

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()


def tables_of(year: int, scopes: Sequence[Scope]) -> Tables:
    """Lines of the data and of their definitions. The network first, then territories by name."""
    known: dict[str, Line] = {}
    data: list[Line] = []
    for scope in sorted(scopes, key=lambda one: one.territory):
        frame: Line = {
            "annee": year,
            "perimetre": "territoire" if scope.territory else "reseau",
            "territoire": scope.territory,
            "code_quartier": scope.quarter,
            "departement": scope.department,
            "cooperatives": len(scope.figures["cohorts"]),
        }
        for item in scope.figures["figures"]:
            data.append(frame | _line(item, scope.figures))
            known.setdefault(item["code"], _definition(item))
        data += [frame | _later(one) for one in scope.figures["tables"] if one["later"]]
    return Tables(year, tuple(data), tuple(known.values()))


def files_of(tables: Tables, *, number: int, day: dt.date, reason: str, home: str) -> list[File]:
    """All the files of a version. `home`: the address of the public page."""
    data = File("donnees.csv", CSV, _csv(DATA, tables.data))
    definitions = File("definitions.csv", CSV, _csv(DEFINITIONS, tables.definitions))
    schema = File("schema.json", JSON, _json(_schema(number, day, home)))
    rows = [[line[one.name] for one in DATA] for line in tables.data]
    sheet = csv_of([one.title for one in DATA], rows).decode()
    package = _package(tables, number, day, home, data, definitions)
    readme = _readme(tables, number, day, reason, home, (data, definitions))
    return [
        data,
        definitions,
        schema,
        File("datapackage.json", JSON, _json(package)),
        File("lisez-moi.txt", "text/plain; charset=utf-8", readme),
        File("donnees-tableur.csv", CSV, sheet),
    ]


def _line(item: Mapping[str, Any], figures: Mapping[str, Any]) -> Line:
    over, base = item.get("of") or (None, None)
    masked = item["state"] == "masked"
    return {
        "tableau": item["section"],
        "code": item["code"],
        "libelle": _label(item),
        "unite": UNITS[item["unit"]],
        "etat": STATES[item["state"]],
        "valeur": _value(item),
        "borne": BOUNDS.get(item["bound"], ""),
        "numerateur": over,
        "denominateur": base,
        "arrete_le": dt.date.fromisoformat(item["as_of"]),
        "motif": why_masked(item, figures) if masked else "",
    }


def _later(table: Mapping[str, Any]) -> Line:
    return {
        "tableau": table["code"],
        "code": table["code"],
        "libelle": table["label"],
        "unite": "",
        "etat": LATER,
        "valeur": None,
        "borne": "",
        "numerateur": None,
        "denominateur": None,
        "arrete_le": dt.date.fromisoformat(table["later"]),
        "motif": "",
    }


def _definition(item: Mapping[str, Any]) -> Line:
    return {
        "tableau": item["section"],
        "code": item["code"],
        "libelle": _label(item),
        "unite": UNITS[item["unit"]],
        "definition": item["definition"],
        "numerateur": item["numerator"],
        "denominateur": item["denominator"],
        "source": item["source"],
    }


def _label(item: Mapping[str, Any]) -> str:
    trade = TRADES.get(item["label"]) if item["section"] == "trades" else None
    return str(trade.label) if trade else item["label"]


def _value(item: Mapping[str, Any]) -> Cell:
    value = item["value"]
    if value is None or item["unit"] != "euros":
        return None if value is None else int(value)
    return Decimal(value).quantize(Decimal("0.01"))


def why_masked(item: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """The reason written with the table, or with the sums, that this figure belongs to."""
    rows = figures["masked"]
    for row in rows:
        if row["table"] == item["section"] or row["what"] == item["label"]:
            return str(row["why"])
    return "Une partie de ce chiffre est masquée."


def _csv(fields: Iterable[Any], lines: Iterable[Line]) -> str:
    """RFC 4180: commas, CRLF, quotes where needed; UTF-8, ISO dates, decimal points."""
    names = [one.name for one in fields]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(line[name]) for name in names] for line in lines)
    return file.getvalue()


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return safe_text(cell)
        case dt.date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _schema(number: int, day: dt.date, home: str) -> dict[str, Any]:
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": "cooperatives-de-territoire-annee",
        "title": TITLE,
        "description": "Un chiffre par ligne, pour le réseau et chaque territoire. Des groupes, jamais des personnes.",
        "homepage": home,
        "version": "1.0.0",
        "created": day.isoformat(),
        **table_schema(DATA, DATA_KEY),
    }


def _package(
    tables: Tables, number: int, day: dt.date, home: str, data: File, definitions: File
) -> dict[str, Any]:
    def resource(file: File, title: str, schema: Any) -> dict[str, Any]:
        return {
            "name": file.name.removesuffix(".csv"),
            "path": file.name,
            "title": title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": file.size,
            "hash": f"sha256:{file.sha256}",
            "schema": schema,
        }

    return {
        "profile": "tabular-data-package",
        "name": f"cooperatives-de-territoire-{tables.year}",
        "title": f"{TITLE}, {tables.year}",
        "homepage": home,
        "version": f"{tables.year}.{number}",
        "created": f"{day.isoformat()}T00:00:00Z",
        "licenses": [{"name": "etalab-2.0", "title": LICENCE, "path": LICENCE_URL}],
        "resources": [
            resource(data, "Les chiffres", table_schema(DATA, DATA_KEY)),
            resource(definitions, "Leurs définitions", table_schema(DEFINITIONS, ("code",))),
        ],
    }


def _readme(
    tables: Tables, number: int, day: dt.date, reason: str, home: str, files: Sequence[File]
) -> str:
    lines = [
        f"{TITLE}, {tables.year}",
        f"Version {number}, publiée le {day:%d/%m/%Y}.",
        *([f"Pourquoi cette version : {reason}"] if reason else []),
        f"Licence : {LICENCE}, {LICENCE_URL}",
        f"Page : {home}",
        "",
        "CE QUE C’EST",
        "Un chiffre par ligne, pour tout le réseau et pour chaque territoire de trois coopératives au moins.",
        "Une coopérative compte l’année de son dernier jour, par le dernier rapport envoyé ensuite.",
        "Ces fichiers parlent de groupes, jamais de personnes.",
        "",
        "CE QUI EST MASQUÉ",
        f"{tables.masked} valeurs sur {len(tables.data)} sont masquées : vides, avec l’état « masque » et un motif.",
        "Une case de moins de onze personnes l’est, avec d’autres, pour qu’aucune soustraction ne la rende.",
        "Un chiffre publié ne change plus : une année garde ses tableaux, ce qui s’y ajoute est une version de plus.",
        "",
        "FORMAT",
        "CSV (RFC 4180) : UTF-8, virgules, dates AAAA-MM-JJ, point décimal, vide pour « pas de valeur ».",
        "donnees-tableur.csv : les mêmes lignes, pour un tableur français (points-virgules, virgule décimale).",
        "schema.json : les colonnes en Table Schema, lu par Validata. datapackage.json : le tout, pour une machine.",
        "",
        "COLONNES DE donnees.csv",
        *(f"- {one.name} ({one.type}) : {one.description}" for one in DATA),
        "",
        "COLONNES DE definitions.csv",
        *(f"- {one.name} ({one.type}) : {one.description}" for one in DEFINITIONS),
        "",
        "EMPREINTES (sha-256)",
        *(f"{one.sha256}  {one.name}" for one in files),
        "",
    ]  # fmt: skip
    return "\n".join(lines)
