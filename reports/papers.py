"""The report as a paper: the same frozen figures, laid out from the photograph alone."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import format_day
from ct_platform.kit.trades import TRADES
from documents.kinds import DocumentKind, PublicFact
from reports.reading import read

KIND = "report"


def paper_of(cohort: Cohort, figures: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """Everything the paper prints. Nobody's name: not even who froze it."""
    host = cohort.host
    place = f"{host.address}, {host.postcode} {host.city}".strip(", ")
    return {
        "figures": dict(figures),
        "figures_hash": mark,
        "host_lines": [line for line in (host.legal_form, place) if line],
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    figures = snapshot["figures"]
    return {
        "report": read(figures),
        "figures_hash": snapshot["figures_hash"],
        "thresholds": figures["thresholds"],
        "weave": [trade.css for trade in TRADES.values()],
        "issuer": {
            "name": figures["host"],
            "role": _("coopérative hôte"),
            "lines": snapshot["host_lines"],
        },
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    figures = snapshot["figures"]
    return f"rapport-{slugify(figures['cohort'])}-{figures['as_of']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """What tells one report from another. The figures stay with those it was made for."""
    figures = snapshot["figures"]
    return [
        PublicFact(_("Coopérative"), figures["cohort"]),
        PublicFact(_("Chiffres arrêtés le"), format_day(dt.date.fromisoformat(figures["as_of"]))),
    ]


REPORT = DocumentKind(
    code=KIND,
    label="Rapport de suivi",
    template="pdf/report.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="graphique",
)
