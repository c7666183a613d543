"""The figures of a report as one CSV file: each line carries its definition and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.exports import csv_of
from reports.exports.xlsx import STATES, value_of


@dataclass(frozen=True, slots=True)
class DataFile:
    filename: str
    content: bytes


def file_of_figures(figures: Mapping[str, Any]) -> DataFile:
    """One line a figure; a masked one is the word, never a blank or a zero."""
    header = [
        _("Code"), _("Chiffre"), _("Valeur"), _("Unité"), _("Publié"), _("Coopérative"), _("Territoire"),
        _("Du"), _("Au"), _("Définition"), _("Numérateur"), _("Dénominateur"), _("Source"),
    ]  # fmt: skip
    frame = [figures["cohort"], figures["territory"], *figures["period"]]
    rows = [
        [
            item["code"], item["label"], *value_of(item), str(STATES[item["state"]]), *frame,
            item["definition"], item["numerator"], item["denominator"], item["source"],
        ]
        for item in figures["figures"]
    ]  # fmt: skip
    name = f"rapport-{slugify(figures['cohort'])}-{figures['as_of']}.csv"
    return DataFile(name, csv_of(header, rows))
