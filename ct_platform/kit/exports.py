"""Spreadsheet cells that cannot run: text that looks like a formula is quoted, numbers stay typed."""

import datetime as dt
from decimal import Decimal
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

Cell = str | int | Decimal | dt.date | None


def safe_text(text: str) -> str:
    """ "=2+3" → "'=2+3"; a spreadsheet then shows it instead of computing it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_table(
    sheet: Any, header: list[str], rows: list[list[Cell]], formats: dict[str, Any]
) -> None:
    """Write one table with xlsxwriter; `formats` holds "head", "date", "amount"."""
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
                    sheet.write_number(line, column, cell, formats["amount"])
                case dt.date():
                    sheet.write_datetime(line, column, cell, formats["date"])
                case _:
                    sheet.write_number(line, column, cell)
