"""Spreadsheets for tests, built cell by cell."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook

HEADINGS = ["Nom", "Prénom", "Date de naissance", "Téléphone"]


def csv_bytes(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def xlsx_bytes(*rows: list[Any], title: str = "Liste") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def rezipped(content: bytes, **replaced: bytes) -> bytes:
    """The same package with some parts replaced or added; names are written with __ for /."""
    parts = {name.replace("__", "/"): data for name, data in replaced.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)
