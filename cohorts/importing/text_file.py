"""CSV as people save it: any common separator, UTF-8 or the old Windows letters, quoted line ends."""

import csv
import io

from django.utils.translation import gettext as _

from cohorts.importing.cells import Cell, FileRefused, Formula, SheetRow, Table, check_row
from ct_platform.kit.letters import decoded

SEPARATORS = (";", ",", "\t")


def read_text_table(content: bytes) -> Table:
    """Read a CSV. Raises FileRefused with a sentence when it is not one."""
    text = decode(content)
    separator, skipped = find_separator(text)
    rows: list[SheetRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            row = _row(number, cells)
            if number > skipped and row.cells:
                rows.append(row)
                check_row(number, row.cells, len(rows))
    except csv.Error as error:
        raise FileRefused(
            _(
                "Le fichier ne se lit plus à partir de la ligne %(row)d : un guillemet est sans doute "
                "ouvert et jamais fermé."
            )
            % {"row": reader.line_num}
        ) from error
    return Table(rows)


def decode(content: bytes) -> str:
    try:
        return decoded(content)
    except ValueError as error:
        raise FileRefused(_not_a_table()) from error


def _not_a_table() -> str:
    return _("Ce fichier n’est pas un tableau. Envoyez un fichier CSV ou Excel (.xlsx).")


def find_separator(text: str) -> tuple[str, int]:
    """The separator, and how many first rows only announce it (Excel writes "sep=;")."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    announced = first.strip().strip('"').lower()
    if announced.startswith("sep=") and len(announced) == 5:
        return announced[4], 1
    outside = _outside_quotes(first)
    return max(SEPARATORS, key=outside.count), 0


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _row(number: int, cells: list[str]) -> SheetRow:
    kept: list[Cell] = [_cell(cell) for cell in cells]
    while kept and kept[-1] == "":
        kept.pop()
    return SheetRow(number, tuple(kept))


def _cell(text: str) -> Cell:
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ").strip()
    return Formula(text) if text.startswith("=") else text
