"""Dates, phones, hours and names as people write them."""

import datetime as dt
from decimal import Decimal

import pytest

from cohorts.importing.values import (
    ValueFault,
    read_date,
    read_email,
    read_name,
    read_phone,
    read_postcode,
    read_text,
    read_weekly_minutes,
)

SEPTEMBER_7 = dt.date(2026, 9, 7)


@pytest.mark.parametrize(
    "cell",
    ["07/09/2026", "7/9/2026", "7/9/26", "07-09-2026", "07.09.2026", "7 9 2026", "2026-09-07",
     "2026-09-07 00:00:00", "7 septembre 2026", "lundi 7 septembre 2026", "7 Sept. 2026", SEPTEMBER_7],
)  # fmt: skip
def test_it_reads_french_dates(cell):
    assert read_date(cell) == SEPTEMBER_7


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1er octobre 2026", dt.date(2026, 10, 1)), ("3 FÉVRIER 2026", dt.date(2026, 2, 3)),
     ("15 août 1990", dt.date(1990, 8, 15)), ("29/02/2024", dt.date(2024, 2, 29))],
)  # fmt: skip
def test_it_reads_dates_in_words(cell, day):
    assert read_date(cell) == day


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31/02/1990", "le 31/02/1990 n’existe pas."),
        ("29/02/2026", "le 29/02/2026 n’existe pas."),
        ("09/13/1990", "le jour s’écrit avant le mois"),
        ("00/01/1990", "n’existe pas"),
        ("2026-02-30", "n’existe pas"),
        ("31 juin 1990", "n’existe pas"),
        ("07/09/1026", "l’année 1026 est impossible"),
        ("7 ju 2026", "n’est pas une date"),
        ("bientôt", "n’est pas une date"),
        ("12/2026", "n’est pas une date"),
        (Decimal("46272"), "n’est pas une date"),
        ("#N/A", "n’est pas une date"),
    ],
)
def test_it_refuses_impossible_dates_in_a_sentence(cell, words):
    with pytest.raises(ValueFault, match=words):
        read_date(cell)


def test_a_birth_year_is_written_in_full():
    with pytest.raises(ValueFault, match="quatre chiffres"):
        read_date("14/03/05", long_year=True)
    assert read_date("14/03/2005", long_year=True) == dt.date(2005, 3, 14)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("06 39 98 12 34", "+33639981234"), ("01.99.00.12.34", "+33199001234"),
     ("+33 6 39 98 12 34", "+33639981234"), ("0033639981234", "+33639981234"),
     ("06-12-34-56-78", "+33612345678"), (Decimal("612345678"), "+33612345678"),
     ("+32 470 12 34 56", "+32470123456")],
)  # fmt: skip
def test_it_reads_phones_into_one_form(cell, number):
    assert read_phone(cell) == number


@pytest.mark.parametrize("cell", ["06 12", "téléphone", "06 12 34 56 78 90 12", "99 99 99 99 99"])
def test_it_refuses_what_is_no_phone(cell):
    with pytest.raises(ValueFault, match="numéro de téléphone"):
        read_phone(cell)


def test_it_asks_for_one_phone_only():
    with pytest.raises(ValueFault, match="un seul numéro"):
        read_phone("06 39 98 12 34 / 06 39 98 43 21")


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("12,5", 750), ("12.5", 750), (Decimal("12.5"), 750), ("12 h 30", 750), ("7", 420),
     (dt.time(7, 30), 450), ("0,25", 15)],
)  # fmt: skip
def test_it_reads_decimal_commas_as_minutes(cell, minutes):
    assert read_weekly_minutes(cell) == minutes


@pytest.mark.parametrize("cell", ["0", "49", "-3", "beaucoup", "1,333"])
def test_it_refuses_impossible_weeks(cell):
    with pytest.raises(ValueFault):
        read_weekly_minutes(cell)


def test_it_puts_back_the_zero_a_spreadsheet_dropped():
    assert read_postcode(Decimal("1000")) == "01000"
    assert read_postcode("99 100") == "99100"
    with pytest.raises(ValueFault, match="cinq chiffres"):
        read_postcode("9910")


def test_it_lowers_e_mails_and_refuses_others():
    assert read_email(" Amina.Sarr@Exemple.FR ") == "amina.sarr@exemple.fr"
    with pytest.raises(ValueFault, match="adresse e-mail"):
        read_email("amina(at)exemple.fr")


def test_names_are_words():
    assert read_name("  Jean-Émile   d’Ormesson ", 80) == "Jean-Émile d’Ormesson"
    for cell in ("", "---", "R2D2", "<script>", "x" * 81):
        with pytest.raises(ValueFault):
            read_name(cell, 80)


def test_hidden_characters_are_refused():
    with pytest.raises(ValueFault, match="invisibles"):
        read_text("Am\x07ina", 80)
