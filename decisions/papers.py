"""Procès-verbal d'assemblée: what templates/pdf/meeting_minutes.html prints, from the photograph alone."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import civil_day, format_day
from decisions.services.minutes import KIND
from documents.kinds import DocumentKind, PublicFact

MOMENTS = ("starts_at", "opened_at", "closed_at", "convened_at")
DAYS = ("in_force_from", "review_on")


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Text with its dates read, and what a reader looks for first: who was there, what was decided."""
    host = snapshot["host"]
    rows = snapshot["attendance"]
    points = [
        point | {"resolution": _read(point["resolution"]), "number": number}
        for number, point in enumerate(snapshot["agenda"], start=1)
    ]
    return {
        **{key: snapshot[key] for key in ("cohort", "eu", "weave", "place", "chair", "secretary")},
        **{key: snapshot[key] for key in ("observers", "papers_shown", "incidents")},
        **{key: _instant(snapshot[key]) for key in MOMENTS},
        "convened_by": snapshot["convened_by"],
        "host": host,
        "present": [row["name"] for row in rows if row["presence"] == "present"],
        "represented": [row for row in rows if row["presence"] == "represented"],
        "absent": [row["name"] for row in rows if row["presence"] == "absent"],
        "people": len(rows),
        "points": points,
        "votes": [point for point in points if point["resolution"]],
        "signatures": [
            one | {"signed_at": _instant(one["signed_at"])} for one in snapshot["signatures"]
        ],
        "issuer": {
            "name": snapshot["cohort"],
            "role": _("coopérative de territoire"),
            "lines": [_("Coopérative hôte : %s") % ", ".join([host["name"], *host["lines"]])],
        },
    }


def _read(resolution: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if resolution is None:
        return None
    read = dict(resolution)
    for name in ("opened_at", "closed_at", "left_open"):
        read[name] = _instant(read.get(name, ""))
    for name in DAYS:
        read[name] = dt.date.fromisoformat(read[name]) if read.get(name) else None
    return read


def _instant(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def filename(snapshot: Mapping[str, Any]) -> str:
    day = civil_day(dt.datetime.fromisoformat(snapshot["starts_at"]))
    return f"pv-assemblee-{day.isoformat()}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort and the day. No name, no result: the minutes are the group's."""
    day = civil_day(dt.datetime.fromisoformat(snapshot["starts_at"]))
    return [
        PublicFact(_("Coopérative"), snapshot["cohort"]),
        PublicFact(_("Assemblée"), format_day(day)),
    ]


MEETING_MINUTES = DocumentKind(
    code=KIND,
    label="Procès-verbal d’assemblée",
    template="pdf/meeting_minutes.html",
    template_version="2",
    former={"1": "pdf/former/meeting_minutes_1.html"},
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
)
