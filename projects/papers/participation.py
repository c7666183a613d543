"""Attestation de participation: what somebody did in a cohort, from what the platform holds as proved.

It has no legal model; it says that it is not an employment certificate. Hours, mandates, decisions led
and skills are photographed at issue: what comes later goes on a later paper.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from documents import kinds
from projects.enums import WorkKind

KIND = "participation"


def title() -> str:
    return _("Attestation de participation")


def kind_words(kind: str) -> str:
    """What a kind of work is called on a paper that strangers read."""
    return {
        WorkKind.PRODUCTION: _("Activité : production, vente, services"),
        WorkKind.TRAINING: _("Formation"),
        WorkKind.MEETING: _("Réunions et décisions du groupe"),
        WorkKind.COMMITTEE: _("Commissions (vie du groupe, vente, comptes)"),
    }[WorkKind(kind)]


def kind_heading(kind: str) -> str:
    """The same, at the head of a narrow column."""
    return {
        WorkKind.PRODUCTION: _("Activité"),
        WorkKind.TRAINING: _("Formation"),
        WorkKind.MEETING: _("Réunions"),
        WorkKind.COMMITTEE: _("Commissions"),
    }[WorkKind(kind)]


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/participation.html prints, from the photograph alone.

    Papers of the first version have no months, mandates, decisions nor skills: their own template
    asks for none.
    """
    total = sum(row["minutes"] for row in snapshot["hours"])
    return {
        **{
            name: snapshot[name]
            for name in (
                "person", "cohort", "territory", "territory_kind", "place", "host", "coordinators",
                "partners", "projects", "hours", "is_cape", "weave", "eu",
            )
        },
        "period": _period(snapshot),
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "total_minutes": total,
        "headings": [kind_heading(row["kind"]) for row in snapshot["hours"]],
        "months": [_month(row, snapshot["hours"]) for row in snapshot.get("months", ())],
        "mandates": [_mandate(row) for row in snapshot.get("mandates", ())],
        "decisions": [
            {**row, "on": dt.date.fromisoformat(row["on"])} for row in snapshot.get("decisions", ())
        ],
        "skills": snapshot.get("skills", ()),
        "issuer": {
            "name": snapshot["host"]["name"],
            "role": _("coopérative hôte"),
            "lines": snapshot["host"]["lines"],
        },
        "who": {"name": snapshot["person"], "lines": [snapshot["cohort"]], "label": _("Pour")},
    }  # fmt: skip


def _month(row: Mapping[str, Any], kinds_of_hours: Any) -> dict[str, Any]:
    """One line of the table: minutes in the order of the columns, and their sum."""
    minutes = [row["minutes"].get(one["kind"], 0) for one in kinds_of_hours]
    month = clock.Month(dt.date.fromisoformat(row["month"]))
    return {"words": str(month).capitalize(), "minutes": minutes, "total": sum(minutes)}


def _mandate(row: Mapping[str, str]) -> dict[str, str]:
    first, last = dt.date.fromisoformat(row["from"]), row["to"]
    if last:
        return {
            "title": row["title"],
            "period": clock.format_period(first, dt.date.fromisoformat(last)),
        }
    return {
        "title": row["title"],
        "period": _("depuis le %(day)s") % {"day": clock.format_day(first)},
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"attestation-participation-{slugify(snapshot['person'])}-{snapshot['as_of']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[kinds.PublicFact]:
    """What the check page repeats: the cohort, the dates, the hours. Nobody's name."""
    hours = [
        kinds.PublicFact(row["words"], clock.format_minutes(row["minutes"]))
        for row in snapshot["hours"]
    ]
    return [
        kinds.PublicFact(_("Coopérative"), snapshot["cohort"]),
        kinds.PublicFact(_("Participation"), _period(snapshot)),
        *hours,
    ]


def _period(snapshot: Mapping[str, Any]) -> str:
    return clock.format_period(
        dt.date.fromisoformat(snapshot["from"]), dt.date.fromisoformat(snapshot["to"])
    )


PARTICIPATION = kinds.DocumentKind(
    code=KIND,
    label="Attestation de participation",
    template="pdf/participation.html",
    template_version="2",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="attestation",
    former={"1": "pdf/former/participation_1.html"},
)
