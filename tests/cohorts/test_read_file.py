"""Which files are read, and the sentence said for each that is not."""

import datetime as dt
from decimal import Decimal

import pytest
from openpyxl import Workbook

from cohorts.importing.cells import MAX_ROWS, FileRefused, Formula, column_letter
from cohorts.importing.reading import check_size, read_table
from tests.cohorts.sheets import csv_bytes, part_of, rezipped, saved, xlsx_bytes


def cells(name: str, content: bytes) -> list[tuple]:
    return [row.cells for row in read_table(name, content).rows]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_reads_every_separator_in_every_encoding(separator, encoding):
    content = csv_bytes(
        separator.join(["Nom", "Prénom"]), separator.join(["Lefèvre", "Zoë"]), encoding=encoding
    )
    assert cells("liste.csv", content) == [("Nom", "Prénom"), ("Lefèvre", "Zoë")]


def test_it_keeps_the_row_numbers_of_the_spreadsheet_over_blank_lines():
    rows = read_table("liste.csv", csv_bytes("Nom;Prénom", "", ";;", "Sarr;Amina")).rows
    assert [row.number for row in rows] == [1, 4]


def test_it_reads_quoted_cells_with_separators_quotes_and_line_ends():
    content = csv_bytes('Nom;"Adresse; complète"', '"O""Brien";"8 allée', 'des Tilleuls"', "Sarr;x")
    table = read_table("liste.csv", content)
    assert table.rows[1].cells == ('O"Brien', "8 allée\r\ndes Tilleuls")
    assert table.rows[2].number == 3  # a spreadsheet counts the quoted cell as one row


def test_a_separator_announced_by_the_spreadsheet_wins():
    assert cells("liste.csv", csv_bytes("sep=,", "Nom,Prénom;bis")) == [("Nom", "Prénom;bis")]


def test_commas_inside_quotes_do_not_make_a_separator():
    assert cells("liste.csv", csv_bytes('"Nom, de naissance, civil";Prénom')) == [
        ("Nom, de naissance, civil", "Prénom")
    ]


def test_it_reads_a_workbook_with_typed_cells():
    content = xlsx_bytes(
        ["Nom", "Naissance", "Heures", "Code postal"],
        ["Sarr", dt.date(1991, 3, 14), 12.5, 1000],
    )
    assert cells("liste.xlsx", content)[1] == (
        "Sarr",
        dt.date(1991, 3, 14),
        Decimal("12.5"),
        Decimal("1000"),
    )


def test_it_reads_the_first_sheet_that_holds_something_and_names_the_others():
    book = Workbook()
    book.active.title = "Vide"
    book.create_sheet("Liste").append(["Nom", "Prénom"])
    book.create_sheet("Notes").append(["rien"])
    table = read_table("liste.xlsx", saved(book))
    assert table.rows[0].cells == ("Nom", "Prénom")
    assert table.notes == ["Seule la feuille « Liste » est lue. Pas lues : Vide, Notes."]


def test_a_workbook_that_lies_about_its_size_hides_no_row():
    content = xlsx_bytes(["Nom"], ["Sarr"], ["Cherif"])
    sheet = part_of(content, "xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:A3"', b'ref="A1:A1"')
    assert lying != sheet
    assert len(cells("liste.xlsx", rezipped(content, **{"xl__worksheets__sheet1.xml": lying}))) == 3


def test_formulas_are_seen_and_never_computed():
    content = xlsx_bytes(["Nom"], ["=1+1"])
    assert cells("liste.xlsx", content)[1] == (Formula("=1+1"),)
    assert cells("liste.csv", csv_bytes("Nom;Prénom", '"=HYPERLINK(""x"")";y'))[1][0] == Formula(
        '=HYPERLINK("x")'
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "empty": ("liste.csv", b"", "vide"),
    "twenty megabytes": ("liste.csv", b"x" * 20 * 1024 * 1024, "20 Mo"),
    "only blank lines": ("liste.csv", b"\r\n;;;\r\n", "aucune ligne"),
    "picture renamed csv": ("liste.csv", b"\x89PNG\r\n\x1a\n1234", "pas ce que dit son nom"),
    "picture renamed xlsx": ("liste.xlsx", b"\x89PNG\r\n\x1a\n1234", "pas ce que dit son nom"),
    "paper renamed csv": ("liste.csv", b"%PDF-1.7 abc", "pas ce que dit son nom"),
    "web page renamed csv": ("liste.csv", b"\xef\xbb\xbf <html>", "pas ce que dit son nom"),
    "text renamed xlsx": ("liste.xlsx", b"Nom;Prenom", "pas ce que dit son nom"),
    "wrong suffix": ("liste.pdf", b"%PDF-1.7", "ne se lit pas ici"),
    "no suffix": ("liste", b"Nom;Prenom", "ne se lit pas ici"),
    "old Excel": ("liste.xls", OLE, "vieux format"),
    "old Excel renamed": ("liste.xlsx", OLE + b"abc", "vieux format"),
    "password": ("liste.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    "LibreOffice": ("liste.ods", b"PK\x03\x04", "LibreOffice"),
    "torn archive": ("liste.xlsx", b"PK\x03\x04 torn", "abîmé"),
    "binary": ("liste.csv", b"\x00\x01\x02", "pas un tableau"),
    "quote never closed": ("liste.csv", b'Nom;Prenom\r\n"Sarr;Amina\r\n', "guillemet"),
    "endless cell": ("liste.csv", b"Nom;Prenom\r\n" + b"a" * 501 + b";b", "A2"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_refuses_in_a_sentence(case):
    name, content, words = REFUSED[case]
    with pytest.raises(FileRefused, match=words) as refusal:
        read_table(name, content)
    assert refusal.value.field == "file"


def test_it_refuses_by_size_before_reading():
    with pytest.raises(FileRefused, match="vide"):
        check_size(0)
    with pytest.raises(FileRefused, match="6 Mo"):
        check_size(5 * 1024 * 1024 + 1)
    check_size(5 * 1024 * 1024)


def test_it_refuses_an_archive_that_is_no_workbook():
    document = rezipped(xlsx_bytes(["Nom"]), word__document=b"<x/>")
    renamed = document.replace(b"xl/workbook.xml", b"xl/workbooc.xml")
    with pytest.raises(FileRefused, match="pas un classeur Excel"):
        read_table("liste.xlsx", renamed)


def test_it_refuses_macros():
    content = rezipped(xlsx_bytes(["Nom"]), **{"xl__vbaProject.bin": b"x"})
    with pytest.raises(FileRefused, match="macros"):
        read_table("liste.xlsx", content)


def test_it_refuses_a_workbook_that_swells_when_opened():
    bomb = rezipped(xlsx_bytes(["Nom"]), **{"xl__media__x.bin": b"0" * 21 * 1024 * 1024})
    assert len(bomb) < 100_000
    with pytest.raises(FileRefused, match="trop gros une fois ouvert"):
        read_table("liste.xlsx", bomb)


def test_it_refuses_entities_that_multiply():
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    content = rezipped(xlsx_bytes(["Nom"]), **{"xl__worksheets__sheet1.xml": laughs})
    with pytest.raises(FileRefused, match="abîmé"):
        read_table("liste.xlsx", content)


@pytest.mark.parametrize("part", ["xl__workbook.xml", "xl__worksheets__sheet1.xml"])
def test_it_refuses_a_workbook_with_a_broken_part(part):
    content = rezipped(xlsx_bytes(["Nom"], ["Sarr"]), **{part: b"<broken"})
    with pytest.raises(FileRefused, match="abîmé"):
        read_table("liste.xlsx", content)


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_it_reads_five_hundred_rows_and_no_more(name):
    def content(rows: int) -> bytes:
        if name.endswith("csv"):
            return csv_bytes(*["Nom;Prénom"] * rows)
        return xlsx_bytes(*[["Nom", "Prénom"]] * rows)

    assert len(cells(name, content(MAX_ROWS))) == MAX_ROWS
    with pytest.raises(FileRefused, match="plus de 500 personnes"):
        read_table(name, content(MAX_ROWS + 1))


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_it_refuses_a_row_with_too_many_columns(name):
    content = csv_bytes(";".join("a" * 61)) if name.endswith("csv") else xlsx_bytes(list("a" * 61))
    with pytest.raises(FileRefused, match="ligne 1 a plus de 60 colonnes"):
        read_table(name, content)


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [column_letter(i) for i in (0, 25, 26, 27, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "ZZ",
        "AAA",
    ]
