"""The FSE+ tables of an operation as a workbook. Raw: for the coordination, which owns the file."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ct_platform.kit.clock import format_day
from ct_platform.kit.exports import Cell, write_table
from reports.exports.xlsx import Workbook
from reports.models import Operation
from reports.rules.indicators import GENDERS, Row
from reports.selectors.indicators import Tables

GENDER_WORDS = dict(
    zip(GENDERS, (_lazy("Femmes"), _lazy("Hommes"), _lazy("Non binaires"), _lazy("Non dit")), strict=True)
)  # fmt: skip
# Code → (label, what it counts). The words of the annex, shortened.
INDICATORS = {
    "EECO01": (_lazy("Participants"), _lazy("Personnes entrées, une fois par opération.")),
    "EECO02": (_lazy("Au chômage"), _lazy("La veille de l’entrée, inscrits ou non, longue durée comprise.")),
    "EECO03": (_lazy("Au chômage de longue durée"), _lazy("Plus de 12 mois, plus de 6 avant 25 ans.")),
    "EECO04": (_lazy("Inactifs"), _lazy("Sans emploi et n’en cherchant pas, études comprises.")),
    "EECO05": (_lazy("En emploi"), _lazy("Salariés ou à leur compte.")),
    "EECO06": (_lazy("Moins de 18 ans"), _lazy("Âge au premier jour.")),
    "EECO07": (_lazy("18 à 29 ans"), _lazy("Âge au premier jour.")),
    "EECO08": (_lazy("55 ans et plus"), _lazy("Âge au premier jour.")),
    "EECO09": (_lazy("CITE 0 à 2"), _lazy("Jusqu’au brevet des collèges.")),
    "EECO10": (_lazy("CITE 3 et 4"), _lazy("CAP, BEP, baccalauréat.")),
    "EECO11": (_lazy("CITE 5 à 8"), _lazy("Études supérieures.")),
    "EECO12": (_lazy("En situation de handicap"), _lazy("Réponse sensible, facultative.")),
    "EECO13": (_lazy("Ressortissants de pays tiers"), _lazy("Réponse gardée avec les sensibles.")),
    "EECO14": (_lazy("D’origine étrangère"), _lazy("Réponse sensible, facultative.")),
    "EECO15": (_lazy("Minorités"), _lazy("Réponse sensible, facultative.")),
    "EECO16": (_lazy("Sans domicile, exclus du logement"), _lazy("Réponse sensible, facultative.")),
    "EECO17": (_lazy("De zones rurales"), _lazy("Là où ils vivent à l’entrée.")),
    "EECR01": (_lazy("En recherche d’emploi à la sortie"), _lazy("Constaté dans les quatre semaines.")),
    "EECR02": (_lazy("En études ou en formation à la sortie"), _lazy("Constaté dans les quatre semaines.")),
    "EECR03": (_lazy("Ont obtenu une qualification"), _lazy("Constaté dans les quatre semaines.")),
    "EECR04": (_lazy("En emploi à la sortie"), _lazy("Y compris à leur compte.")),
    "EECR05": (_lazy("En emploi six mois après"), _lazy("De ceux dont les six mois sont venus.")),
    "EECR06": (
        _lazy("Meilleure situation six mois après"),
        _lazy("Parmi ceux qui travaillaient à l’entrée ; les autres comptent non."),
    ),
}  # fmt: skip


def label_of(code: str) -> str:
    return str(INDICATORS[code][0])


def workbook(operation: Operation, tables: Tables, day: dt.date) -> Workbook:
    """Four sheets: outputs, results, definitions, about. The same people give the same bytes."""
    file, found = io.BytesIO(), tables.indicators
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Else the library reads the clock.
    book.set_properties(
        {"title": _("Indicateurs FSE+"), "created": dt.datetime.combine(day, dt.time())}
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "# ##0.00"}),
    }
    about: list[list[Cell]] = [
        [_("Opération"), f"{operation.number}, {operation.name}"],
        [_("Chiffres du"), format_day(day)],
        [_("Participants"), found.entered],
        [_("Sortis"), found.left],
        [_("Sorties notées, dont dans les quatre semaines"), f"{found.noted}, {found.in_time}"],
        [_("Six mois venus, dont réponses"), f"{found.due}, {found.answered}"],
        [_("Dossiers incomplets"), len(tables.meter.incomplete)],
    ]
    for name, widths, header, rows in (
        (_("Réalisations"), (12, 34, 12), *_table(found.outputs)),
        (_("Résultats"), (12, 34, 12), *_table([*found.results, *found.later])),
        (_("Définitions"), (12, 44, 70), *_definitions()),
        (_("Cette opération"), (48, 60), ["", ""], about),
    ):
        page = book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        write_table(page, header, rows, formats)
    book.close()
    name = f"indicateurs-{slugify(operation.number)}-{day.isoformat()}.xlsx"
    return Workbook(name, file.getvalue())


def header() -> list[str]:
    return [
        _("Code"), _("Indicateur"), *(str(GENDER_WORDS[one]) for one in GENDERS), _("Ensemble"),
        _("Personnes concernées"), _("Ne souhaite pas répondre"), _("Manque"), _("Constaté trop tard"),
    ]  # fmt: skip


def _table(rows: Sequence[Row]) -> tuple[list[str], list[list[Cell]]]:
    return header(), [
        [
            one.code, label_of(one.code), *one.cells, one.total, one.base, one.refused, one.missing,
            one.late,
        ]
        for one in rows
    ]  # fmt: skip


def _definitions() -> tuple[list[str], list[list[Cell]]]:
    known: Mapping[str, tuple[object, object]] = INDICATORS
    return [_("Code"), _("Indicateur"), _("Ce qui est compté")], [
        [code, str(label), str(words)] for code, (label, words) in known.items()
    ]
