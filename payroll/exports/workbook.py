"""A workbook of several sheets: typed cells, a frozen header, columns as wide as what they hold."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from ct_platform.kit.exports import Cell, write_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A rate has up to five decimals, hours two; neither is an amount of money.
RATE, HOURS = "rate", "hours"
_NUMBER = {RATE: "0.00###", HOURS: "0.00"}
_NARROW, _WIDE = 10, 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """`special`: title of a column → RATE or HOURS; every other decimal is an amount in euros."""

    name: str
    header: list[str]
    rows: list[list[Cell]]
    special: tuple[tuple[str, str], ...] = ()


def workbook(*, title: str, company: str, created: dt.date, sheets: Sequence[Sheet]) -> bytes:
    """Write the sheets in memory. The same content gives the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Else the library reads the clock.
    instant = dt.datetime.combine(created, dt.time())
    book.set_properties({"title": title, "company": company, "created": instant})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "#,##0.00"}),
    }
    numbers = {kind: book.add_format({"num_format": form}) for kind, form in _NUMBER.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        special = {sheet.header.index(column): numbers[kind] for column, kind in sheet.special}
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        write_table(page, sheet.header, sheet.rows, formats, special)
        page.freeze_panes(1, 0)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    book.close()
    return file.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    """Wide enough for the cells; a title may wrap at its spaces."""
    widths = []
    for column, title in enumerate(sheet.header):
        longest = max((_length(row[column]) for row in sheet.rows), default=0)
        longest = max(longest, *(len(word) + 3 for word in title.split()))
        widths.append(min(max(longest + 1, _NARROW), _WIDE))
    return widths


def _length(cell: Cell) -> int:
    match cell:
        case None:
            return 0
        case Decimal():
            return len(f"{cell:,.2f}")
        case dt.date():
            return len("31/12/2026")
        case _:
            return len(str(cell))
