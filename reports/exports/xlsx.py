"""A frozen report as a workbook: figures, sales, definitions. Masked figures are words, never blanks."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ct_platform.kit.exports import Cell, write_table
from ct_platform.kit.trades import TRADES
from reports.reading import Reading, read


@dataclass(frozen=True, slots=True)
class Workbook:
    filename: str
    content: bytes


# How a figure was published.
STATES = {"shown": _lazy("exact"), "about": _lazy("arrondi"), "masked": _lazy("masqué")}


def sheet_of(figures: Mapping[str, Any], comments: Sequence[Sequence[str]] = ()) -> Workbook:
    """Write the workbook in memory. The same figures and words give the same cells."""
    report, file = read(figures), io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties(
        {
            "title": _("Rapport de suivi"),
            "company": figures["host"],
            # Else the library reads the clock: the same report would not give the same bytes.
            "created": dt.datetime.combine(report.as_of, dt.time()),
        }
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "# ##0.00"}),
    }
    for name, widths, header, rows in (
        (_("Données"), (34, 24, 12, 24), *_figures(figures)),
        (_("Ventes par mois"), (16, 16, 16, 16), *_sales(figures["sales"])),
        (_("Définitions"), (30, 80, 44, 44, 30), *_definitions(report)),
        (_("Cases masquées"), (50, 120), *_masked(report)),
        (_("Ce rapport"), (30, 60), *_about(report, comments)),
    ):
        page = book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        write_table(page, header, rows, formats)
    book.close()
    return Workbook(
        f"rapport-{slugify(figures['cohort'])}-{figures['as_of']}.xlsx", file.getvalue()
    )


Table = tuple[list[str], list[list[Cell]]]


def _figures(figures: Mapping[str, Any]) -> Table:
    header = [_("Chiffre"), _("Valeur"), _("Unité"), _("Publié")]
    return header, [
        [item["label"], *value_of(item), str(STATES[item["state"]])] for item in figures["figures"]
    ]


def value_of(item: Mapping[str, Any]) -> tuple[Cell, Cell]:
    """A typed cell and its unit; minutes leave as decimal hours, which spreadsheets can add."""
    value, unit = item["value"], item["unit"]
    if value is None:
        return _("masqué"), ""
    match unit:
        case "minutes":
            return (Decimal(value) / 60).quantize(Decimal("0.01")), _("heures")
        case "euros":
            # SQLite sums with more decimals than an amount has.
            return Decimal(value).quantize(Decimal("0.01")), _("euros")
        case "percent":
            signs = {"least": _("% ou plus"), "most": _("% ou moins")}
            return value, signs.get(item["bound"], "%")
        case "persons":
            return value, _("personnes")
        case _:
            return value, ""


def _sales(sales: Mapping[str, Any]) -> Table:
    header = [_("Mois"), *(str(TRADES[row["code"]].label) for row in sales["trades"])]
    return header, [
        [dt.date.fromisoformat(month), *(Decimal(row["amounts"][i]) for row in sales["trades"])]
        for i, month in enumerate(sales["months"])
    ]


def _definitions(report: Reading) -> Table:
    header = [_("Chiffre"), _("Définition"), _("Numérateur"), _("Dénominateur"), _("Source")]
    return header, [
        [line.label, line.definition, line.numerator, line.denominator, line.source]
        for line in report.lines
    ]


def _masked(report: Reading) -> Table:
    return [_("Chiffres"), _("Pourquoi")], [[row.what, row.why] for row in report.masked]


def _about(report: Reading, comments: Sequence[Sequence[str]]) -> Table:
    rows: list[list[Cell]] = [
        [_("Coopérative"), report.cohort],
        [_("Territoire"), report.territory],
        [_("Coopérative hôte"), report.host],
        [_("Période"), report.period],
        [_("Chiffres arrêtés le"), report.as_of],
    ]
    if report.eu:
        rows.append([_("Financement"), _("Cofinancé par l’Union européenne")])
    rows += [[_("Mots de la coordination, %(on)s") % {"on": on}, words] for on, words in comments]
    return [_("Ce rapport"), ""], rows
