"""From frozen figures and rows to JSON. Nothing is counted, unmasked or rounded here.

Amounts are text ("142400.00"): a float would not be the amount. Dates are ISO 8601.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Territory
from reports.definitions import DEFINITIONS
from reports.models import MergedSnapshot, OpenRelease, Report
from reports.open_data.files import why_masked as why_masked_in_year
from reports.reading import text_of
from reports.selectors.follow import TerritoryPage
from reports.trends import SHOWN, Told, Trend, why_masked

Json = dict[str, Any]
STATES = {"shown": "exact", "about": "arrondi", "masked": "masque"}
BOUNDS = {"least": "au-moins", "most": "au-plus"}
REPORT_STATES = {"sent": "envoye", "final": "definitif", "replaced": "remplace"}
UNITS = {
    "persons": "personnes", "minutes": "minutes", "count": "nombre", "percent": "pourcent", "euros": "euros",
}  # fmt: skip


def place(territory: Territory) -> Json:
    return {"id": territory.pk, "nom": territory.name}


def cohort(one: Cohort) -> Json:
    """`one` comes with its territory and host, and `latest` (selectors.follow)."""
    return {
        "id": one.pk,
        "nom": one.name,
        "territoire": place(one.territory),
        "hote": one.host.name,
        "etat": one.state,
        "premier_jour": one.starts_on.isoformat(),
        "dernier_jour": one.ends_on.isoformat(),
        "dernier_rapport": one.latest,  # type: ignore[attr-defined] # annotated
    }


def public_cohort(one: Cohort, trades: Sequence[str]) -> Json:
    return {
        "id": one.pk,
        "nom": one.name,
        "phrase": one.pitch,
        "territoire": {**place(one.territory), "commune": one.territory.city},
        "hote": one.host.name,
        "etat": one.state,
        "premier_jour": one.starts_on.isoformat(),
        "dernier_jour": one.ends_on.isoformat(),
        "metiers": list(trades),
    }


def territory(one: Territory) -> Json:
    """`one` comes with its counts (selectors.follow.territories_followed)."""
    return {
        **place(one),
        "type": one.kind,
        "commune": one.city,
        "departement": one.department,
        "code_quartier": one.qpv_code or None,
        "cooperatives_suivies": one.cohort_count,  # type: ignore[attr-defined] # annotated
        "avec_rapport": one.report_count,  # type: ignore[attr-defined] # annotated
    }


def territory_page(page: TerritoryPage) -> Json:
    return {
        **place(page.territory),
        "sans_rapport": page.silent,
        "plus_anciennes": page.older,
        "cooperatives": [
            {
                "id": one.cohort_id,
                "nom": one.name,
                "rapport": one.snapshot_id,
                "arrete_le": one.as_of.isoformat(),
            }
            for one in page.told
        ],
        "chiffres": [_trend(one, page.told) for one in page.trends],
    }


def _trend(trend: Trend, told: Sequence[Told]) -> Json:
    around = trend.around
    return {
        **definition(trend.code),
        "valeurs": [_told(one, trend.code) for one in told],
        "mediane": None
        if around is None
        else {
            "valeur": format(around.value, "f"),
            "texte": around.text,
            "rapports": around.reports,
        },
    }


def _told(one: Told, code: str) -> Json:
    item = one.item(code)
    if item is None:
        said: Json = {"etat": "absent", "valeur": None, "borne": None, "texte": ""}
    else:
        said = value(item)
    why = why_masked(one.figures, code) if said["valeur"] is None else None
    return {"cooperative": one.cohort_id, **said, "motif": why}


def value(item: Mapping[str, Any]) -> Json:
    kept = item["value"]
    if kept is not None and item["unit"] == "euros":
        # SQLite sums with more decimals than an amount has.
        kept = str(Decimal(kept).quantize(Decimal("0.01")))
    return {
        "etat": STATES[item["state"]],
        "valeur": kept,
        "borne": BOUNDS.get(item["bound"]),
        "texte": text_of(item) or _("masqué"),
    }


def definition(code: str) -> Json:
    """Today's words. A report carries those of its own day."""
    one = DEFINITIONS[code]
    return {
        "code": one.code,
        "libelle": str(one.label),
        "unite": UNITS[one.unit],
        "definition": str(one.definition),
        "numerateur": str(one.numerator),
        "denominateur": str(one.denominator) or None,
        "source": str(one.source),
    }


def definitions() -> list[Json]:
    return [{**definition(code), "compare": code in SHOWN} for code in DEFINITIONS]


def report(one: Report) -> Json:
    """`one` comes with its snapshot, cohort and `successor_id` (selectors.api)."""
    figures = one.snapshot.figures
    first, last = figures["period"]
    return {
        "id": one.snapshot_id,
        "cooperative": {"id": one.cohort_id, "nom": figures["cohort"]},
        "territoire": {"id": one.cohort.territory_id, "nom": figures["territory"]},
        "hote": figures["host"],
        "etat": REPORT_STATES[one.state],
        "du": first,
        "au": last,
        "arrete_le": figures["as_of"],
        "fige_le": one.snapshot.frozen_at.isoformat(),
        "envoye_le": one.sent_at.isoformat() if one.sent_at else None,
        "definitif_le": one.final_at.isoformat() if one.final_at else None,
        "remplace": one.replaces.snapshot_id if one.replaces else None,
        "remplace_par": one.successor_id,  # type: ignore[attr-defined] # annotated
        "raison": one.reason or None,
        "empreinte": one.snapshot.figures_hash,
    }


def whole_report(one: Report, comments: Sequence[Sequence[str]]) -> Json:
    figures = one.snapshot.figures
    return {
        **report(one),
        "cofinance_ue": figures["eu"],
        "chiffres": [_figure(item, figures) for item in figures["figures"]],
        "ventes": {
            "mois": [month[:7] for month in figures["sales"]["months"]],
            "metiers": [
                {
                    "code": row["code"],
                    "montants": [
                        str(Decimal(amount).quantize(Decimal("0.01"))) for amount in row["amounts"]
                    ],
                }
                for row in figures["sales"]["trades"]
            ],
        },
        "mots": [{"partie": part, "texte": words} for part, words in comments],
    }


def _figure(item: Mapping[str, Any], figures: Mapping[str, Any]) -> Json:
    masked = item["state"] == "masked"
    return {
        "code": item["code"],
        "libelle": item["label"],
        "unite": UNITS[item["unit"]],
        **value(item),
        "motif": why_masked(figures, item["code"]) if masked else None,
        "definition": item["definition"],
        "numerateur": item["numerator"],
        "denominateur": item["denominator"] or None,
        "source": item["source"],
    }


def year(one: MergedSnapshot) -> Json:
    """A published year of a territory or of the network; `one` comes with edition, publication, territory."""
    figures, edition = one.figures, one.edition
    return {
        "id": one.pk,
        "annee": edition.year,
        "jeu": edition.set_code,
        "edition": edition.number,
        "publie_le": edition.publication.published_at.isoformat(),
        "perimetre": "territoire" if one.territory else "reseau",
        "territoire": place(one.territory) if one.territory else None,
        "cooperatives": len(figures["cohorts"]),
        "empreinte": one.figures_hash,
    }


def whole_year(one: MergedSnapshot) -> Json:
    figures = one.figures
    return {
        **year(one),
        "noms": list(figures["cohorts"]),
        "chiffres": [_year_figure(item, figures) for item in figures["figures"]],
        "tableaux": [
            {
                "code": table["code"],
                "libelle": table["label"],
                "masques": [f"{table['code']}.{cell}" for cell in table["hidden"]],
                "ensemble_des_masques": table["rest"],
                "connu_le": table["later"] or None,
            }
            for table in figures["tables"]
        ],
    }


def _year_figure(item: Mapping[str, Any], figures: Mapping[str, Any]) -> Json:
    masked = item["state"] == "masked"
    over, base = item.get("of") or (None, None)
    return {
        "code": item["code"],
        "libelle": item["label"],
        "unite": UNITS[item["unit"]],
        **value(item),
        "motif": why_masked_in_year(item, figures) if masked else None,
        "definition": item["definition"],
        "numerateur": item["numerator"],
        "denominateur": item["denominator"] or None,
        "source": item["source"],
        "arrete_le": item["as_of"],
        "divise": over,
        "par": base,
    }


def release(one: OpenRelease) -> Json:
    """`one` comes with its files."""
    return {
        "annee": one.year,
        "version": one.number,
        "publie_le": one.published_at.isoformat(),
        "raison": one.reason or None,
        "fichiers": [
            {
                "nom": file.name,
                "adresse": settings.PUBLIC_ORIGIN
                + reverse("reports:open_file", args=[one.year, one.number, file.name]),
                "octets": file.size,
                "sha256": file.sha256,
            }
            for file in one.files.all()
        ],
    }
