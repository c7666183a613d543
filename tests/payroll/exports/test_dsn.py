"""Hints for the DSN: codes to confirm, contributions added up, and the cents that a total base moves."""

from decimal import Decimal

import pytest

from payroll.exports.dsn import dsn
from payroll.models import HostSettings
from payroll.selectors.books import books_of
from tests.payroll.exports.worked import added, correct, employed, sheets_of
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
PEOPLE, LINES, TOTALS = "Personnes", "Cotisations", "Totaux"


def read(run):
    return sheets_of(dsn(books_of(run)))


def test_a_cape_is_of_nature_32_and_at_the_neutral_rate(people):
    rows = read(set_scene(people).issued())[PEOPLE]
    nature, kind = "Nature du contrat (code, à confirmer)", "Type de taux (code, à confirmer)"
    assert {row[nature] for row in rows} == {"32"} and {row[kind] for row in rows} == {"13"}
    assert {row["Nature du contrat"] for row in rows} == {"Contrat d’appui au projet d’entreprise"}
    amina = rows[1]
    assert (amina["Montant net social"], amina["Rémunération nette fiscale"]) == (249.52, 258.06)
    assert (amina["Prélèvement à la source"], amina["Taux d’impôt, en %"]) == (0, 0)
    assert amina["Base plafonnée"] == 300
    assert amina["Début du contrat"] and amina["Fin du contrat"]


def test_a_cdd_is_of_nature_02(people):
    rows = read(employed(people).issued())[PEOPLE]
    assert {row["Nature du contrat (code, à confirmer)"] for row in rows} == {"02"}
    assert len(rows) == 2  # nobody declares a pay that was not made


def test_a_rate_sent_by_the_tax_office_is_told_from_the_neutral_one(people):
    run = set_scene(people).issued()
    for person in run.photograph["people"]:
        if person["person"] == people.amina.pk:
            person["terms"] = {"key": "k", "sealed_pas_rate": "sealed", "health_waived": False}
    bastien, amina = read(run)[PEOPLE]
    assert (bastien["Type de taux (code, à confirmer)"], amina["Type de taux (code, à confirmer)"]) == (
        "13", "01",
    )  # fmt: skip


def test_no_code_of_the_urssaf_is_made_up(people):
    lines = read(employed(people).issued())[LINES]
    assert {x["Code Urssaf (CTP)"] for x in lines if x["Organisme"] == "Urssaf"} == {"à confirmer"}
    assert {x["Code Urssaf (CTP)"] for x in lines if x["Organisme"] != "Urssaf"} == {None}
    assert all(line["Famille"] and line["Libellé du bulletin"] for line in lines)


@pytest.mark.parametrize("scene", [set_scene, employed])
def test_contributions_agree_with_the_run_and_the_gap_is_shown(people, scene):
    run = scene(people).issued()
    book, books = read(run), books_of(run)
    due = books.total("employee_total") + books.total("employer_total") - books.total("relief")
    lines = book[LINES]
    assert added(lines, "Somme des bulletins") == due
    assert due == books.total("cost") - books.total("net_before_tax")
    gap = added(lines, "Écart d’arrondi")
    assert gap == due - added(lines, "Total déclaré")
    total = next(x for x in book[TOTALS] if x["Total"] == "Cotisations, réduction déduite")
    assert Decimal(str(total["Écart d’arrondi"])) == gap
    journal = next(x for x in book[TOTALS] if x["Total"] == "Les mêmes, au journal de paie")
    assert journal["Écart d’arrondi"] == 0


def test_a_total_base_times_its_rate_is_what_is_declared(people):
    run = set_scene(people).issued()
    health = next(line for line in read(run)[LINES] if line["Code interne"] == "er_atmp")
    assert (health["Base totale"], health["Taux, en %"]) == (600, 1.55)
    assert health["Total déclaré"] == 9.3


def test_the_part_of_the_reduction_that_lightens_the_retirement_fund_is_told(people):
    run = employed(people).issued()
    books = books_of(run)
    part = next(
        x for x in read(run)[TOTALS] if x["Total"] == "Dont réduction imputée sur l’Agirc-Arrco"
    )
    share = Decimal(str(part["Somme des bulletins"])) / books.total("relief")
    assert abs(share - Decimal("0.0601") / Decimal("0.3981")) < Decimal("0.0001")


def test_a_correction_is_declared_line_by_line(people):
    scene = set_scene(people)
    run = scene.issued()
    gap = added(read(run)[LINES], "Écart d’arrondi")
    correct(scene, run)
    book = read(run)
    assert [row["Pièce"] for row in book[PEOPLE]] == [
        "bulletin",
        "bulletin",
        "annulation",
        "correction",
    ]
    assert added(book[LINES], "Écart d’arrondi") == gap
    rates = sorted(x["Taux, en %"] for x in book[LINES] if x["Code interne"] == "er_atmp")
    assert rates == [1.55, 2.1]
    assert added(book[PEOPLE], "Montant net social") == books_of(run).total("net_social")


def test_months_without_pay_are_listed_with_what_the_pot_gave_for_them(people):
    """October had no pay: the host's flat amount for each of those who share now."""
    HostSettings.objects.filter(host=people.a.host).update(idle_month_cost="4.20")
    run = set_scene(people).issued()
    book = read(run)
    rows = book["Mois sans paie"]
    assert rows and {row["Mois"].date().month for row in rows} <= {9, 10}
    assert added(rows, "Cotisation AT/MP forfaitaire") == run.idle_cost > 0
    total = next(x for x in book[TOTALS] if x["Total"] == "Cotisations des mois sans paie")
    assert Decimal(str(total["Somme des bulletins"])) == run.idle_cost
