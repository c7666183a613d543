"""What the host's own payroll software is asked to pay: complete, typed, and said to be an estimate."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from payroll.exports.handover import handover_csv, handover_xlsx
from payroll.selectors.variables import variables_of
from tests.payroll.exports.worked import added, correct, employed, sheets_of, withhold
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
SHEET = "Variables de paie"


def sheet(run):
    return sheets_of(handover_xlsx(run, variables_of(run)))[SHEET]


def table(run):
    text = handover_csv(run, variables_of(run)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_person_comes_with_identity_contract_hours_and_share(people):
    people.amina.birth_date, people.amina.address = dt.date(1990, 5, 17), "3 rue des Lilas"
    people.amina.postcode, people.amina.city = "05000", "Valbrune"
    people.amina.save()
    run = set_scene(people).computed()
    bastien, amina = sheet(run)
    assert (amina["Nom"], amina["Prénom"]) == ("Sarr", "Amina")
    assert amina["Date de naissance"].date() == dt.date(1990, 5, 17)
    assert (amina["Adresse"], amina["Code postal"], amina["Commune"]) == (
        "3 rue des Lilas", "05000", "Valbrune",
    )  # fmt: skip
    assert amina["Contrat"].startswith("CAPE") and amina["Présence, part du mois"] == 1
    assert amina["Heures : production"] == 43.5 == amina["Heures, total"]
    assert amina["Part : coût total à atteindre"] == 410.42
    assert (amina["Brut estimé"], amina["Net avant impôt estimé"]) == (300, 249.52)
    assert bastien["Heures, total"] == 21
    assert added([bastien, amina], "Part : coût total à atteindre") == run.envelope


def test_before_issue_every_row_says_that_it_is_an_estimate(people):
    scene = set_scene(people)
    run = scene.computed()
    assert {row["État"] for row in sheet(run)} == {"Estimation, sans valeur de bulletin"}


def test_once_issued_and_corrected_the_figures_are_those_of_the_last_slip(people):
    scene = set_scene(people)
    run = scene.issued()
    correction = correct(scene, run)
    _bastien, amina = sheet(run)
    assert amina["État"] == "Bulletin émis"
    assert Decimal(str(amina["Brut estimé"])) == Decimal(correction.answer["slip"]["gross"]) < 300


def test_frozen_hours_leave_before_any_share_is_computed(people):
    run = set_scene(people).frozen()
    _bastien, amina = sheet(run)
    assert amina["Heures, total"] == 43.5
    assert amina["Part : coût total à atteindre"] is None and amina["Brut estimé"] is None


def test_advances_and_deductions_are_told_apart(people):
    scene = set_scene(people)
    withhold(scene, "amina", "30.00", "5.00")
    run = scene.computed()
    bastien, amina = sheet(run)
    assert (amina["Acomptes"], amina["Retenues"]) == (30, 5)
    assert (bastien["Acomptes"], bastien["Retenues"]) == (0, 0)


def test_a_health_waiver_is_the_one_photographed(people):
    run = employed(people).computed()
    for person in run.photograph["people"]:
        waived = person["person"] == people.amina.pk
        person["terms"] = {"key": "", "sealed_pas_rate": "", "health_waived": waived}
    told = {row["Prénom"]: row["Dispense de complémentaire santé"] for row in sheet(run)}
    assert told == {"Amina": "oui", "Bastien": "non", "Chloé": "non"}


def test_the_csv_says_the_same_with_french_signs(people):
    run = set_scene(people).computed()
    content = handover_csv(run, variables_of(run))
    assert content.startswith("\ufeff".encode())
    bastien, amina = table(run)
    assert amina["Part : coût total à atteindre"] == "410,42"
    assert amina["Mois"] == "01/11/2026" and amina["Heures, total"] == "43,50"
    assert list(amina) == list(sheet(run)[0]) and bastien["Nom"] == "Cherif"


@pytest.mark.parametrize("name", ["=1+1", "+33", "-2", "@x", "\tx"])
def test_a_name_that_looks_like_a_formula_stays_text(people, name):
    people.amina.last_name, people.amina.address = name, name
    people.amina.save()
    run = set_scene(people).computed()
    for rows in (table(run), sheet(run)):
        amina = next(row for row in rows if row["Prénom"] == "Amina")
        assert amina["Nom"] == amina["Adresse"] == f"'{name}"


def test_no_social_security_number_leaves(people):
    for row in table(set_scene(people).computed()):
        assert not any("NIR" in title or "écurité sociale" in title for title in row)
