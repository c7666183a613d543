"""From a table to people: headings, ages, contracts, and errors with their place."""

import dataclasses
import datetime as dt

import pytest

from cohorts.importing.cells import FileRefused
from cohorts.importing.checks import CohortDays, read_people
from cohorts.importing.columns import COLUMNS
from cohorts.importing.reading import read_table
from cohorts.importing.rows import ReadFile
from cohorts.rules.programmes import ProgrammeBounds
from tests.cohorts.sheets import csv_bytes, xlsx_bytes

CT = ProgrammeBounds(84, 190, lowest_age=16)
DAYS = CohortDays(dt.date(2026, 9, 7), dt.date(2026, 12, 18), CT, "CT")


def read(*lines: str) -> ReadFile:
    return read_people(read_table("liste.csv", csv_bytes(*lines)), DAYS)


def sentences(*lines: str) -> list[str]:
    return [problem.sentence for row in read(*lines).rows for problem in row.errors]


def test_a_list_has_five_hundred_people_beside_its_headings_and_no_more():
    """The form promises 500 people: the headings are not one of them."""
    people = [f"Nom{n};Prénom{n};14/03/1991" for n in range(501)]
    heading = "Nom;Prénom;Date de naissance"
    assert len(read("Liste de la mission locale", heading, *people[:500]).rows) == 500
    with pytest.raises(FileRefused, match="plus de 500 personnes"):
        read(heading, *people)


@pytest.mark.parametrize(
    "headings",
    ["Nom;Prénom;Date de naissance", "NOM;PRENOM;DATE DE NAISSANCE", "nom de famille;Prénoms;Né(e) le",
     "Nom  de  naissance;prenom;naissance"],
)  # fmt: skip
def test_it_knows_headings_without_accents_or_capitals(headings):
    (row,) = read(headings, "Sarr;Amina;14/03/1991").rows
    assert row.values == {"last_name": "Sarr", "first_name": "Amina", "birth_date": "1991-03-14"}


def test_it_reads_every_column_of_the_model():
    (row,) = read(
        ";".join(str(column.label) for column in COLUMNS),
        "Cherif;Bastien;Bas;02/01/1988;06 39 98 11 22;Bas@Exemple.fr;3 rue des Lilas;99100;Valbrune;"
        "cuisine;12,5;14/09/2026;14/09/2026;18/12/2026",
    ).rows
    assert row.errors == row.warnings == []
    assert row.values == {
        "last_name": "Cherif", "first_name": "Bastien", "used_name": "Bas", "birth_date": "1988-01-02",
        "phone": "+33639981122", "email": "bas@exemple.fr", "address": "3 rue des Lilas",
        "postcode": "99100", "city": "Valbrune", "activity": "cuisine", "weekly_hours": "750",
        "votes_from": "2026-09-14", "contract_starts_on": "2026-09-14", "contract_ends_on": "2026-12-18",
    }  # fmt: skip


def test_it_finds_the_headings_below_a_title():
    (row,) = read("Liste des coopérants 2026", "", "Nom;Prénom;Né le", "Sarr;Amina;14/03/1991").rows
    assert (row.number, row.name) == (4, "Amina Sarr")


def test_the_civil_name_wins_over_the_name_in_use():
    found = read("Nom d'usage;Nom de naissance;Prénom;Né le", "Petit;Sarr;Amina;14/03/1991")
    assert found.rows[0].text("last_name") == "Sarr"
    assert found.notes == ["Colonnes non lues : « Nom d'usage »."]


def test_it_names_the_columns_it_does_not_read():
    found = read("Nom;Prénom;Né le;Couleur;Taille", "Sarr;Amina;14/03/1991;vert;M")
    assert found.notes == ["Colonnes non lues : « Couleur », « Taille »."]


@pytest.mark.parametrize(
    ("headings", "words"),
    [("Nom;Couleur", "les colonnes « Prénom », « Date de naissance »"),
     ("Nom;Prénom", "la colonne « Date de naissance »"),
     ("Nom;Prénom;Né le;Naissance", "« Naissance » dit la même chose")],
)  # fmt: skip
def test_it_refuses_a_file_whose_headings_do_not_do(headings, words):
    with pytest.raises(FileRefused, match=words):
        read(headings, "a;b;c")


def test_it_refuses_a_file_with_headings_only():
    with pytest.raises(FileRefused, match="que ses titres"):
        read("Nom;Prénom;Né le")


def test_an_error_says_row_column_and_reason():
    assert sentences(
        "Nom;Prénom;Date de naissance", "Sarr;Amina;14/03/1991", "Cherif;Bastien;31/02/1990"
    ) == ["Ligne 3, colonne « Date de naissance » : le 31/02/1990 n’existe pas."]


def test_an_error_names_the_column_as_the_file_does():
    (row,) = read("Nom;Prénom;NÉE LE;Tel", "Sarr;Amina;demain;12").rows
    assert [(p.number, p.column, p.value) for p in row.errors] == [
        (2, "NÉE LE", "demain"),
        (2, "Tel", "12"),
    ]


def test_every_error_of_every_row_is_said_at_once():
    assert len(sentences("Nom;Prénom;Né le;Mail", ";;;x", "Sarr;Amina;31/04/1991;a@b.fr")) == 5


def test_a_formula_is_refused_with_the_name_of_its_cell():
    content = xlsx_bytes(
        ["Nom", "Prénom", "Naissance"], ["Sarr", '=CONCAT("A","mina")', dt.date(1991, 3, 14)]
    )
    (row,) = read_people(read_table("liste.xlsx", content), DAYS).rows
    assert [p.sentence for p in row.errors] == [
        "Ligne 2, colonne « Prénom » : la cellule B2 contient une formule. Écrivez la valeur elle-même."
    ]


def test_who_is_not_sixteen_on_the_first_day_is_refused():
    (young,) = read("Nom;Prénom;Né le", "Sarr;Amina;08/09/2010").rows
    assert "moins de 16 ans" in young.errors[0].sentence
    headings = "Nom;Prénom;Né le;Représentant légal;Accord donné le"
    (sixteen,) = read(headings, "Sarr;Amina;07/09/2010;Fatou Sarr;01/09/2026").rows
    assert sixteen.errors == []
    assert "accord de la coopérative hôte" in sixteen.warnings[0].sentence
    open_to = dataclasses.replace(DAYS, host_takes_minors=True)
    rows = csv_bytes(headings, "Sarr;Amina;07/09/2010;Fatou Sarr;01/09/2026")
    (allowed,) = read_people(read_table("liste.csv", rows), open_to).rows
    assert allowed.warnings == []
    (adult,) = read("Nom;Prénom;Né le", "Sarr;Amina;07/09/2008").rows
    assert adult.errors == adult.warnings == []


@pytest.mark.parametrize("given", [";", "Fatou Sarr;", ";01/09/2026"])
def test_a_minor_without_a_dated_agreement_is_refused(given):
    headings = "Nom;Prénom;Né le;Représentant légal;Accord donné le"
    (row,) = read(headings, f"Sarr;Amina;07/09/2010;{given}").rows
    assert "qui a donné l’accord" in row.errors[0].sentence


@pytest.mark.parametrize(
    ("born", "taken"),
    [("08/09/2008", False), ("07/09/2008", True), ("08/09/1995", True), ("07/09/1995", False)],
)
def test_a_programme_of_young_adults_takes_from_eighteen_to_thirty(born, taken):
    days = CohortDays(DAYS.first, DAYS.last, ProgrammeBounds(56, 190, 18, 30), "CJM")
    table = read_table("liste.csv", csv_bytes("Nom;Prénom;Né le", f"Sarr;Amina;{born}"))
    (row,) = read_people(table, days).rows
    assert (row.errors == []) is taken


def test_a_vote_outside_the_cohort_is_refused():
    (sentence,) = sentences("Nom;Prénom;Né le;Vote à partir du", "Sarr;Amina;14/03/1991;01/09/2026")
    assert "hors de la cohorte (du 7 septembre au 18 décembre 2026)" in sentence


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("18/12/2026", "07/09/2026", "avant de commencer"), ("07/09/2026", "07/09/2027", "douze mois au plus"),
     ("01/01/2027", "01/03/2027", "hors de la cohorte"), ("", "01/09/2026", "avant de commencer")],
)  # fmt: skip
def test_impossible_contracts_are_refused(first, last, words):
    (sentence,) = sentences(
        "Nom;Prénom;Né le;Début de contrat;Fin de contrat", f"Sarr;Amina;14/03/1991;{first};{last}"
    )
    assert words in sentence


def test_the_example_of_the_model_is_not_a_person():
    found = read("Nom;Prénom;Né le", "Exemple;À effacer;14/03/1991", "Cherif;Bas;02/01/1988")
    assert [row.name for row in found.rows] == ["Bas Cherif"]
    assert found.notes == ["Ligne 2 : c’est l’exemple du modèle, elle n’est pas lue."]


def test_what_was_read_survives_being_kept():
    found = read("Nom;Prénom;Né le", "Sarr;Amina;14/03/1991", "Cherif;Bas;31/02/1990")
    assert ReadFile.from_json(found.as_json()) == found
