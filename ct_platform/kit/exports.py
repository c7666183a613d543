"""Spreadsheet cells that cannot run: text that looks like a formula is quoted, numbers stay typed."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

Cell = str | int | Decimal | dt.date | None


def safe_text(text: str) -> str:
    """ "=2+3" → "'=2+3"; a spreadsheet then shows it instead of computing it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_table(
    sheet: Any,
    header: list[str],
    rows: list[list[Cell]],
    formats: dict[str, Any],
    special: Mapping[int, Any] | None = None,
) -> None:
    """Write one table with xlsxwriter; `formats` holds "head", "date", "amount".

    `special`: the format of the decimals of a column that are no amounts (a rate, hours).
    """
    special = special or {}
    for column, title in enumerate(header):
        sheet.write_string(0, column, safe_text(title), formats["head"])
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    sheet.write_blank(line, column, None)
                case str():
                    sheet.write_string(line, column, safe_text(cell))
                case Decimal():
                    sheet.write_number(line, column, cell, special.get(column, formats["amount"]))
                case dt.date():
                    sheet.write_datetime(line, column, cell, formats["date"])
                case _:
                    sheet.write_number(line, column, cell)


def csv_of(header: list[str], rows: Iterable[list[Cell]]) -> bytes:
    """A table as French spreadsheets open it: semicolons, UTF-8 with its mark, decimal commas."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(title) for title in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return safe_text(cell)
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case dt.date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return str(cell)
