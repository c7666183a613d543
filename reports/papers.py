"""The report as a paper: the same frozen figures, laid out from the photograph alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import format_day
from ct_platform.kit.trades import TRADES
from documents.kinds import DocumentKind, PublicFact
from documents.services.render import frame_of, render_transient
from reports.models import ShareLink
from reports.reading import read

KIND = "report"


def paper_of(
    cohort: Cohort,
    figures: Mapping[str, Any],
    mark: str,
    comments: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """Everything the paper prints. Nobody's name: not even who froze it.

    `comments`: (section, words of the coordination).
    """
    host = cohort.host
    place = f"{host.address}, {host.postcode} {host.city}".strip(", ")
    return {
        "figures": dict(figures),
        "figures_hash": mark,
        "comments": [list(one) for one in comments],
        "host_lines": [line for line in (host.legal_form, place) if line],
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    figures = snapshot["figures"]
    return {
        "report": read(figures),
        "figures_hash": snapshot["figures_hash"],
        "comments": snapshot.get("comments", []),
        "thresholds": figures["thresholds"],
        "weave": [trade.css for trade in TRADES.values()],
        "issuer": {
            "name": figures["host"],
            "role": _("coopérative hôte"),
            "lines": snapshot["host_lines"],
        },
    }


@dataclass(frozen=True, slots=True)
class SharedPaper:
    filename: str
    content: bytes


def copy_line(link: ShareLink, today: dt.date) -> str:
    """Whose copy this is, and of what day: printed across it, read by whoever gets it further on."""
    return _("Copie remise à %(who)s (%(label)s), le %(day)s") % {
        "who": link.organisation.name,
        "label": link.label,
        "day": format_day(today),
    }


def shared_paper(link: ShareLink, comments: Sequence[Sequence[str]], today: dt.date) -> SharedPaper:
    """The paper of a shared report, drawn now, marked as a copy. The check code is that of the original."""
    document = link.report.document
    marked = {**context(document.snapshot), "comments": comments, "copy": copy_line(link, today)}
    content = render_transient("pdf/report.html", {**marked, **frame_of(document.snapshot)})
    return SharedPaper(filename(document.snapshot), content)


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
    template_version="2",
    former={"1": "pdf/former/report_1.html"},
    context=context,
    filename=filename,
    # Hosts and partners read it in its report, once it is sent.
    open_to=frozenset({SeatKind.COORDINATOR}),
    public_facts=public_facts,
    icon="graphique",
)
