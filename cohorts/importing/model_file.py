"""The empty list people fill: our headings, and one example that the import passes over."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _

from cohorts.importing.columns import COLUMNS


def headings() -> list[str]:
    return [str(column.label) for column in COLUMNS]


def examples() -> list[str]:
    return [column.example for column in COLUMNS]


def model_csv() -> bytes:
    """Semicolons and a BOM: what a French spreadsheet opens as a table."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([headings(), examples()])
    return text.getvalue().encode("utf-8-sig")


def model_xlsx() -> bytes:
    """Cells are text, so that a first zero or a date stays as it is typed."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Coopérants"))
        text = book.add_format({"num_format": "@"})
        head = book.add_format(
            {"bold": True, "bg_color": "#f2e9f3", "num_format": "@", "border": 1}
        )
        compulsory = book.add_format(
            {"bold": True, "bg_color": "#f6c445", "num_format": "@", "border": 1}
        )
        for index, column in enumerate(COLUMNS):
            width = max(len(str(column.label)), len(column.example)) + 3
            sheet.set_column(index, index, width, text)
            sheet.write_string(
                0, index, str(column.label), compulsory if column.compulsory else head
            )
            sheet.write_string(1, index, column.example, text)
        sheet.freeze_panes(1, 0)
        help_sheet = book.add_worksheet(_("Aide"))
        help_sheet.set_column(0, 0, 90)
        for line, sentence in enumerate(_help()):
            help_sheet.write_string(line, 0, sentence)
    return kept.getvalue()


def _help() -> list[str]:
    return [
        _("Une ligne par personne, sur la première feuille. La ligne d’exemple n’est pas lue."),
        _("Les colonnes jaunes sont obligatoires. Les autres peuvent rester vides."),
        _(
            "Dates : 07/09/2026 ou 7 septembre 2026. L’année de naissance s’écrit en quatre chiffres."
        ),
        _("Heures par semaine : 12,5 ou 12 h 30."),
        _("Sans dates de contrat ni de vote, ce sont celles de la coopérative."),
        _("Pas de numéro de sécurité sociale ici : la coopérative hôte le demande elle-même."),
    ]
