"""What a file gives before anybody judges it, and the limits it must keep."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNZIPPED_BYTES = 20 * MEGABYTE  # what 500 rows could never need
MAX_ZIP_ENTRIES = 500
MAX_PEOPLE = 500
# Titles and headings stand above the people, within the first ten rows (importing.checks).
MAX_ROWS = MAX_PEOPLE + 10
MAX_COLUMNS = 60
MAX_CELL_LENGTH = 500


class FileRefused(Refused):
    """The file as a whole cannot be read; the sentence says what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes, or whose computing failed: never taken, whatever it would show."""

    text: str


Cell = str | Decimal | dt.date | dt.time | Formula


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` is the row as the spreadsheet shows it; cells stand in the order of columns."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    rows: list[SheetRow]
    notes: list[str] = field(default_factory=list)


def column_letter(index: int) -> str:
    """0 → "A", 25 → "Z", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def too_many_people() -> FileRefused:
    return FileRefused(
        _("Ce fichier a plus de %(limit)d personnes. Coupez-le en plusieurs fichiers.")
        % {"limit": MAX_PEOPLE}
    )


def check_row(number: int, cells: tuple[Cell, ...], taken: int) -> None:
    """Raise FileRefused when one more row, or this row, is beyond what we read."""
    if taken > MAX_ROWS:
        raise too_many_people()
    if len(cells) > MAX_COLUMNS:
        raise FileRefused(
            _("La ligne %(row)d a plus de %(limit)d colonnes. Gardez celles du modèle.")
            % {"row": number, "limit": MAX_COLUMNS}
        )
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MAX_CELL_LENGTH:
            raise FileRefused(
                _("La cellule %(cell)s contient plus de %(limit)d caractères. Raccourcissez-la.")
                % {"cell": f"{column_letter(index)}{number}", "limit": MAX_CELL_LENGTH}
            )
