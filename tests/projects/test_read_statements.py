"""Statements in all their dresses, and hostile files: a sentence each, and nothing is kept."""

import contextlib
import time

import pytest

from projects.banking import Columns, Doubt, Read, StatementRefused, check_size, read_statement
from projects.banking.lines import read_cents, read_day
from tests.projects import bank_files as files


def credits(read):
    assert isinstance(read, Read)
    return [(one.day.isoformat(), one.cents, one.words) for one in read.credits]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("120,00", 12_000), ("1 234,56", 123_456), ("1\u202f234,56 €", 123_456), ("1.234,56", 123_456),
        ("1,234.56", 123_456), ("-85,20", -8_520), ("85,20-", -8_520), ("+12", 1_200), ("12,5", 1_250),
        ("\u221212,00", -1_200), ("1.234", None), ("12,345", None), ("abc", None), ("", None),
        ("1,23,4", None), ("=1+1", None), ("99999999999", None), ("1 000 000,00", 100_000_000),
        ("12..5", None), ("--5", None),
    ],
)  # fmt: skip
def test_amounts_as_banks_write_them(text, cents):
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/11/2026", "2026-11-03"), ("3.11.26", "2026-11-03"), ("2026-11-03", "2026-11-03"),
        ("20261103", "2026-11-03"), ("31/02/2026", None), ("11/2026", None), ("03/11/1926", None),
        ("hier", None), ("2026-11-03T10:00", "2026-11-03"),
    ],
)  # fmt: skip
def test_dates_in_the_french_order(text, day):
    found = read_day(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_csv_in_any_letters_and_with_any_separator(letters, sign):
    if sign == ",":
        text = '"' + files.CSV.strip().replace(";", '","').replace("\r\n", '"\r\n"') + '"'
    else:
        text = files.CSV.replace(";", sign)
    read = read_statement(text.encode(letters))
    assert credits(read) == [
        ("2026-11-03", 12_000, "VIR SEPA RECU EPICERIE DU CANAL F-1"),
        ("2026-11-05", 125_000, "VIR VILLE DE VALBRUNE"),
        ("2026-11-05", 3_650, "REMISE CB 221"),
    ]
    assert read.passed == 1


def test_lines_above_the_titles_signed_amounts_and_a_balance_below():
    read = read_statement(files.SIGNED.encode())
    assert credits(read) == [("2026-11-03", 12_000, "VIR SEPA RECU; EPICERIE DU CANAL F-1")]
    assert (read.passed, read.aside) == (1, [6])


def test_words_that_run_on_below_belong_to_their_line():
    text = "Date;Libellé;Montant\n03/11/2026;VIR RECU;120,00\n;FACTURE F-1;\n"
    assert credits(read_statement(text.encode()))[0][2] == "VIR RECU FACTURE F-1"


@pytest.mark.parametrize("content", [files.OFX, files.OFX_XML])
def test_ofx_in_both_dresses(content):
    read = read_statement(content)
    assert credits(read)[0][:2] == ("2026-11-03", 12_000)
    assert "F-1" in read.credits[0].words and len(read.account) == 4


@pytest.mark.parametrize("version", [2, 4, 8, 14])
def test_camt_in_every_version_banks_send(version):
    read = read_statement(files.camt(version))
    assert credits(read) == [
        ("2026-11-03", 12_000, "EPICERIE DU CANAL Facture F-1"),
        ("2026-11-05", 125_000, "VILLE DE VALBRUNE Mandat 12"),
        ("2026-11-05", 3_650, "REMISE CB"),
    ]
    # What is only expected is neither counted nor dated; debits stay in the file.
    assert (read.account, read.passed, str(read.last_on)) == ("2606", 1, "2026-11-05")


def test_columns_in_doubt_are_asked_with_a_guess():
    doubt = read_statement(files.IN_DOUBT.encode())
    assert isinstance(doubt, Doubt)
    assert doubt.guess == {"date": 0, "words": 1, "amount": 2, "credit": None, "debit": None}
    read = read_statement(files.IN_DOUBT.encode(), Columns(0, (1,), amount=2))
    assert [one.cents for one in read.credits] == [12_000, 125_000]


BILLION = b'OFXHEADER:100\n\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><OFX>&b;</OFX>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><OFX>&e;</OFX>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"x" * (5 * 1024 * 1024 + 1), "Mo"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04zip", "Excel"),
        (b"\x89PNG\r\n", "image"),
        (b"\0\1\2;\3;\4", "pas un relev"),
        (b"bonjour", "pas un relev"),
        (b"a;b;c\n", "pas un relev"),
        (b"<html><body>", "XML"),
        (b"<Document><BkToCstmrAcctRpt/></Document>", "XML"),
        (b"<Document><BkToCstmrStmt/></Document>", "aucune opération"),
        (b"<Document><BkToCstmrStmt><Stmt>", "abîmé"),
        (XXE.replace(b"<OFX>&e;</OFX>", b"<BkToCstmrStmt>&e;</BkToCstmrStmt>"), "abîmé"),
        (files.camt(ccy="CHF"), "euros"),
        (files.camt().replace(b">120.00<", b">cent<"), "montant"),
        (files.camt().replace(b"2026-11-03", b"2026-13-03"), "date"),
        (
            files.camt().replace(
                b"</Stmt>", b"</Stmt><Stmt><Acct><Id><IBAN>FR00</IBAN></Id></Acct></Stmt>"
            ),
            "plusieurs comptes",
        ),
        (XXE, "instructions"),
        (BILLION, "instructions"),
        (b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRN><TRNAMT>12", "abîmé"),
        (b"OFXHEADER:100\n\n", "abîmé"),
        (files.ofx(), "aucune opération"),
        (files.ofx(("20261399", "1.00", "X")), "date"),
        (files.ofx(("20261103", "abc", "X")), "montant"),
        (files.ofx(("20261103", "1.00", "X"), currency="USD"), "euros"),
        (b'Date;Libelle;Montant\n03/11/2026;"ouvert;12,00\n04/11/2026;x;1,00\n', "guillemet"),
        (b"Date;Libelle;Montant\n03/11/2026;a;12,00\n32/11/2026;b;1,00\n", "Ligne 3"),
        (b"Date;Libelle;Montant\n03/11/2026;a;douze\n", "Ligne 2"),
        (b"Date;Libelle;Montant\n03/11/2026;a;12,00\n04/11/2026;b;\n", "Ligne 3"),
        (b"Date;Libelle;Debit;Credit\n03/11/2026;a;1,00;12,00\n", "Ligne 2"),
        (b"Date;Libelle;Montant\n;Solde;12,00\n", "aucune ligne"),
        (b"Date;Libelle;Montant\n" + b"03/11/2026;a;12,00\n" * 20_001, "20000 lignes"),
        (b"Date;Libelle;Montant\n03/11/2026" + b";a" * 50 + b"\n", "colonnes"),
        (b"Date;Libelle;Montant\n03/11/2026;" + b"a" * 200_000 + b";1,00\n", "ne se lit plus"),
    ],
)
def test_a_file_that_is_no_statement_gets_its_sentence(content, words):
    with pytest.raises(StatementRefused, match=words):
        read_statement(content)


def test_fifty_megabytes_are_refused_by_their_size_alone():
    with pytest.raises(StatementRefused, match="50 Mo"):
        check_size(50 * 1024 * 1024)


TITLES = b"Date;Libelle;Montant\n"


@pytest.mark.parametrize(
    "content",
    [
        # Two parts of a pattern that both take spaces, or a bracket never closed.
        TITLES + b"01/01/2026;a;1,00\n;." + b" " * 40_000 + b"x;\n",
        b"(" * 60_000 + b";Libelle;Montant\n01/01/2026;a;1,00\n",
        # ofxtools cuts spaces in every way before it says that the header is wrong.
        b"<?xml" + b" " * 500 + b"x?><OFX>",
        b"OFXHEADER:100" + b" " * 200_000,
        b"OFXHEADER:100" + b"\x1c" * 200_000,
        files.OFX_XML.split(b"<BANKMSGS")[0] + b"<A><![CDATA[" * 20_000,
    ],
    ids=["spaces", "brackets", "xml-header", "header", "other-spaces", "cdata"],
)
def test_a_file_made_to_be_slow_is_read_or_refused_at_once(content):
    begun = time.process_time()
    with contextlib.suppress(StatementRefused):
        read_statement(content)
    assert time.process_time() - begun < 1.5


@pytest.mark.parametrize(
    "content",
    [
        TITLES + b"01/01/2026;a;" + b"9" * 5000 + b"\n",
        files.ofx(("20261103", "9" * 5000, "EPICERIE")),
    ],
    ids=["csv", "ofx"],
)
def test_a_number_longer_than_python_reads_is_no_amount(content):
    with pytest.raises(StatementRefused, match="montant"):
        read_statement(content)


def test_spaces_of_a_header_and_of_words_count_once():
    spaced = files.OFX.replace(b"OFXHEADER:100", b"OFXHEADER:  100").replace(
        b"EPICERIE ", b"EPICERIE  \t"
    )
    assert credits(read_statement(spaced)) == credits(read_statement(files.OFX))


def test_words_in_cdata_are_read():
    told = files.OFX_XML.replace("ÉPICERIE".encode(), "<![CDATA[ÉPICERIE & FILS]]>".encode())
    assert "ÉPICERIE & FILS" in credits(read_statement(told))[0][2]
