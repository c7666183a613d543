"""The figures of a slip for a machine: bulletin.json, embedded in its PDF.

No more than the paper prints, from the same photograph. Keys are stable: a reader checks `format` and
`version`; a key may be added within a version, none changes its meaning. Amounts in euros and rates in
percent, as text with a point; dates in ISO; null where the printed cell is blank.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ct_platform.kit.clock import Month
from ct_platform.kit.money import cents
from documents.engine.render import canonical_json

NAME = "bulletin.json"
FORMAT, VERSION = "bulletin-de-paie", 1


def embedded(snapshot: Mapping[str, Any]) -> Mapping[str, bytes]:
    """The file to embed, by name."""
    return {NAME: canonical_json(figures_of(snapshot)).encode()}


def figures_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What bulletin.json says of one slip."""
    month = dt.date.fromisoformat(snapshot["month"])
    host, person = snapshot["host"], snapshot["person"]
    return {
        "format": FORMAT,
        "version": VERSION,
        "number": snapshot["number"],
        "title": snapshot["title"],
        "check": snapshot["check"]["url"],
        "period": {"from": month.isoformat(), "to": Month(month).last.isoformat()},
        "paid_on": snapshot["paid_on"],
        "profile": snapshot["profile"],
        "host": {key: host[key] for key in ("name", "address", "place", "siret", "ape")},
        "person": {key: person[key] for key in ("name", "address", "place")},
        "cohort": snapshot["cohort"],
        "activity": snapshot["activity"],
        "contract": snapshot["contract"],
        "pay_item": snapshot["pay_item"],
        "columns": snapshot["columns"][1:],
        "rows": list(_rows(snapshot["sections"])),
        "without_tax": snapshot["without_tax"],
        "ladder": snapshot["ladder"],
        # The slip this one cancels, or the one it replaces, and why; null on a first slip.
        "cancels": snapshot.get("cancels"),
        "replaces": snapshot.get("replaces"),
    }


def _rows(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of the table, in printed order."""
    for section in sections:
        for row in section["rows"]:
            yield _row(section["code"], None, row)
        for group in section["groups"]:
            for row in group["rows"]:
                yield _row(section["code"], group["code"], row)


def _row(section: str, group: str | None, row: Mapping[str, Any]) -> dict[str, Any]:
    amounts = {key: _amount(row[key]) for key in ("base", "employee", "employer", "year")}
    return {
        "section": section,
        "group": group,
        "code": row["code"],
        "label": row["label"],
        "rate": row["rate"],
        **amounts,
    }


def _amount(written: str | None) -> str | None:
    """To the cent, as it is printed: a base has more digits in the photograph."""
    return None if written is None else str(cents(Decimal(written)))
