"""A year of merged cohorts on paper: a page to pin up, then each table with its meaning."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.trades import TRADES
from documents.services.render import render_transient
from reports.impact import read_impact
from reports.models import MergedSnapshot
from reports.selectors.merged import is_co_financed


@dataclass(frozen=True, slots=True)
class Poster:
    filename: str
    content: bytes


def poster_of(snapshot: MergedSnapshot) -> Poster:
    """Drawn now from the frozen figures, whose mark it bears; nothing is kept."""
    impact = read_impact(snapshot.figures)
    context = {
        "impact": impact,
        "mark": snapshot.figures_hash,
        "is_published": hasattr(snapshot.edition, "publication"),
        "eu": is_co_financed(snapshot),
        "weave": [trade.css for trade in TRADES.values()],
        "paper": {
            "title": _("Impact %(year)s, %(name)s") % {"year": impact.year, "name": impact.name},
            "issuer": _("Le réseau des coopératives de territoire"),
            "issued_on": impact.as_of.isoformat(),
        },
    }
    name = f"impact-{impact.year}-{slugify(impact.name)}.pdf"
    return Poster(name, render_transient("pdf/impact.html", context))
