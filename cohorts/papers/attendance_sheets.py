"""Feuille d'émargement: half-day columns, a box for each signature, who led, the emblem.

What was signed on a phone or a tablet is printed in its box with its hour; the others stay empty for a
pen. Reasons of absence are not on it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.sessions import Presence, Way
from cohorts.models import Cohort
from cohorts.selectors.attendance import Cell, Column, Table
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.templatetags.words import hour_fr
from documents.kinds import DocumentKind, PublicFact

KIND = "attendance_sheet"
MOST_COLUMNS = 20
COLUMNS_A_PAGE = 10


def title() -> str:
    return _("Feuille d’émargement")


def snapshot_of(*, cohort: Cohort, table: Table, day: dt.date) -> dict[str, Any]:
    """Write down everything the sheet prints."""
    days = [column.slot.session.day for column in table.columns]
    return {
        "cohort": cohort.name,
        "territory": cohort.territory.name,
        "city": cohort.territory.city,
        "host": cohort.host.name,
        "eu": cohort.eu_funded,
        "as_of": day.isoformat(),
        "first": min(days).isoformat(),
        "last": max(days).isoformat(),
        "columns": [_column(one) for one in table.columns],
        "lines": [
            {"name": line.enrolment.person.civil_name, "cells": [_said(c) for c in line.cells]}
            for line in table.lines
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    slot, session = column.slot, column.slot.session
    signed = {one.trainer_id: one for one in column.trainer_signatures}
    return {
        "day": session.day.isoformat(),
        "half": str(slot.get_half_display()),
        "hours": f"{hour_fr(slot.starts)} – {hour_fr(slot.ends)}",
        "title": session.title,
        "kind": str(session.get_kind_display()),
        "place": session.place,
        "trainers": [
            {
                "name": one.full,
                "signed": hour_fr(signed[one.pk].at) if one.pk in signed else "",
            }
            for one in column.trainers
        ],
    }


def _said(cell: Cell) -> str:
    """ "8 h 57, téléphone", "absent·e"; "–" for who is not expected; "" leaves the box to a pen."""
    if not cell.is_expected:
        return "–"
    if cell.attendance is None:
        return ""
    if cell.signature is not None and cell.attendance.came:
        way = Way(cell.signature.way).label
        if cell.signature.way == Way.PAPER:
            return _("signé sur papier")
        return f"{hour_fr(cell.signature.at)}, {way}"
    said = str(Presence(cell.attendance.presence).label)
    return _("%s (sans signature)") % said if cell.attendance.came else said


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/attendance_sheet.html prints, from the photograph alone: ten columns a page."""
    columns = [{**one, "day": dt.date.fromisoformat(one["day"])} for one in snapshot["columns"]]
    pages = []
    for start in range(0, len(columns), COLUMNS_A_PAGE):
        here = slice(start, start + COLUMNS_A_PAGE)
        pages.append(
            {
                "columns": columns[here],
                "lines": [
                    {"name": line["name"], "cells": line["cells"][here]}
                    for line in snapshot["lines"]
                ],
                "is_last": start + COLUMNS_A_PAGE >= len(columns),
            }
        )
    return {
        **{key: snapshot[key] for key in ("cohort", "territory", "city", "eu")},
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "period": _period(snapshot),
        "sessions": _sessions(columns),
        "pages": pages,
        "issuer": {
            "name": snapshot["host"],
            "role": _("coopérative hôte"),
            "lines": [f"{snapshot['territory']}, {snapshot['city']}"],
        },
    }


def _sessions(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was held, each once: action, place, who leads."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for one in columns:
        found = seen.setdefault(
            (one["title"], one["place"]),
            {"title": one["title"], "kind": one["kind"], "place": one["place"], "trainers": []},
        )
        found["trainers"] += [
            t["name"] for t in one["trainers"] if t["name"] not in found["trainers"]
        ]
    return list(seen.values())


def _period(snapshot: Mapping[str, Any]) -> str:
    first, last = dt.date.fromisoformat(snapshot["first"]), dt.date.fromisoformat(snapshot["last"])
    if first == last:
        return _("le %s") % clock.format_day(first, weekday=True)
    return clock.format_period(first, last)


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"emargement-{slugify(snapshot['cohort'])}-{snapshot['first']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort, the days and the number of half-days. Nobody's name."""
    return [
        PublicFact(_("Coopérative"), snapshot["cohort"]),
        PublicFact(_("Dates"), _period(snapshot)),
        PublicFact(_("Demi-journées"), str(len(snapshot["columns"]))),
    ]


ATTENDANCE_SHEET = DocumentKind(
    code=KIND,
    label="Feuille d’émargement",
    template="pdf/attendance_sheet.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="stylo",
)
