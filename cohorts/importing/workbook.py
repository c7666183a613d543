"""XLSX, read as data only: sizes are checked before opening, formulas are seen and never computed."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cohorts.importing.cells import (
    MAX_UNZIPPED_BYTES,
    MAX_ZIP_ENTRIES,
    MEGABYTE,
    Cell,
    FileRefused,
    Formula,
    SheetRow,
    Table,
    check_row,
)

# As many rows as a sheet can have: a row numbered beyond is a forgery and is not walked to.
_LAST_ROW = 1_048_576


def read_workbook(content: bytes) -> Table:
    """Read the first sheet that holds something. Raises FileRefused with a sentence."""
    _check_package(content)
    # Eleven MiB that a worker never needs: loaded with the first file.
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
        return _read_sheets(workbook)
    except FileRefused:
        raise
    except Exception as error:
        # openpyxl raises whatever a broken part makes it stumble on, from KeyError to ParseError.
        raise FileRefused(
            _("Ce classeur Excel est abîmé. Ouvrez-le, enregistrez-le à nouveau, puis renvoyez-le.")
        ) from error


def _check_package(content: bytes) -> None:
    """Sizes as the archive declares them; Python never unpacks an entry beyond its declared size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused(
            _(
                "Ce classeur Excel est abîmé ou incomplet. Renvoyez-le depuis l’ordinateur d’origine."
            )
        ) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            _("Ce fichier n’est pas un classeur Excel. Enregistrez le tableau en .xlsx ou en CSV.")
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused(
            _("Ce classeur contient des macros. Enregistrez-le en .xlsx, sans macros.")
        )
    unzipped = sum(entry.file_size for entry in entries)
    if unzipped > MAX_UNZIPPED_BYTES or len(entries) > MAX_ZIP_ENTRIES:
        raise FileRefused(
            _(
                "Ce classeur est trop gros une fois ouvert (plus de %(limit)d Mo). Gardez la liste seule."
            )
            % {"limit": MAX_UNZIPPED_BYTES // MEGABYTE}
        )


def _read_sheets(workbook: Any) -> Table:
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        rows = _read_sheet(sheet)
        if rows:
            others = [one.title for one in sheets if one is not sheet and one.title != _("Aide")]
            notes = [_unread(sheet.title, others)] if others else []
            return Table(rows, notes)
    return Table([])


def _unread(title: str, others: list[str]) -> str:
    return _("Seule la feuille « %(sheet)s » est lue. Pas lues : %(others)s.") % {
        "sheet": title,
        "others": ", ".join(others),
    }


def _read_sheet(sheet: Any) -> list[SheetRow]:
    # The declared dimension may lie and hide rows.
    sheet.reset_dimensions()
    rows: list[SheetRow] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW), start=1):
        kept = tuple(_trimmed(cells))
        if kept:
            rows.append(SheetRow(number, kept))
            check_row(number, kept, len(rows))
    return rows


def _trimmed(cells: Any) -> Iterator[Cell]:
    kept = [_cell(cell.value, cell.data_type) for cell in cells]
    while kept and kept[-1] == "":
        kept.pop()
    return iter(kept)


def _cell(value: Any, data_type: str) -> Cell:
    match value:
        case None:
            return ""
        case _ if data_type in ("f", "e"):
            return Formula(str(value))
        case bool():
            return _("oui") if value else _("non")
        case int() | float():
            return Decimal(repr(value))
        case dt.datetime():
            return value.date()
        case dt.date() | dt.time():
            return value
        case dt.timedelta():
            return str(value)
        case _:
            text = str(value).replace("\N{NO-BREAK SPACE}", " ").strip()
            return Formula(text) if text.startswith("=") else text
