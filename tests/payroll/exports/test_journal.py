"""The pay journal, read back from the file: typed cells that add up to the run."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from payroll.exports.journal import journal
from payroll.models import AccountEntry, Withholding
from payroll.rules.booking import UnbalancedEntry
from payroll.selectors.books import books_of
from tests.payroll.exports.worked import added, correct, employed, pay, sheets_of, withhold
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
PEOPLE, LINES, TOTALS = "Par personne", "Par cotisation", "Totaux et contrôles"


def read(run):
    return sheets_of(journal(books_of(run)))


def total(rows, name):
    return Decimal(str(next(row["Montant"] for row in rows if row["Total"] == name)))


def test_each_person_has_a_row_and_the_columns_add_up_to_the_run(people):
    run = set_scene(people).issued()
    rows = read(run)[PEOPLE]
    assert [(row["Nom"], row["N° de bulletin"]) for row in rows] == [
        ("Cherif", "2026-R-00002"), ("Sarr", "2026-R-00001"),
    ]  # fmt: skip
    assert added(rows, "Part du pot") == run.envelope
    assert added(rows, "Coût total") + added(rows, "Gardé pour la suite") == run.envelope
    amina = rows[1]
    assert (amina["Brut"], amina["Net payé"], amina["Coût total"]) == (300, 249.52, 410.42)
    assert (amina["Montant net social"], amina["Net imposable"]) == (249.52, 258.06)
    assert amina["Heures"] == 43.5 and amina["Contrat"] == "CAPE"
    assert amina["Paiement"] == "à payer" and amina["Payé le"] is None


def test_the_sheet_of_contributions_adds_up_to_the_slips(people):
    run = set_scene(people).issued()
    book = read(run)
    lines, rows = book[LINES], book[PEOPLE]
    assert added(lines, "Part de la personne") == added(rows, "Cotisations de la personne")
    employer = added(rows, "Cotisations de l’hôte") - added(rows, "Réduction générale")
    assert added(lines, "Part de l’hôte") == employer
    health = next(line for line in lines if line["Code"] == "er_health")
    assert (health["Base"], health["Taux, en %"], health["Part de l’hôte"]) == (600, 13, 78)
    assert health["Organisme"] == "Urssaf"


def test_the_totals_go_from_the_sales_to_the_net(people):
    run = set_scene(people).issued(reserve=Decimal("20.00"))
    rows = read(run)[TOTALS]
    assert total(rows, "Ventes payées, hors TVA") == Decimal("912.04")
    assert total(rows, "Contribution de la coopérative hôte") == Decimal("-91.20")
    assert total(rows, "Réserve votée") == Decimal("-20.00")
    assert total(rows, "Pot commun") == run.envelope == Decimal("800.84")
    checked = [row for row in rows if row["Contrôle"]]
    assert len(checked) == 6
    assert all(row["Montant"] == row["Retrouvé"] for row in checked)


def test_numbers_and_days_are_cells_one_can_add_and_sort(people):
    run = set_scene(people).issued()
    page = load_workbook(io.BytesIO(journal(books_of(run))))[PEOPLE]
    cells = {title.value: cell for title, cell in zip(page[1], page[2], strict=True)}
    assert cells["Brut"].data_type == "n" and cells["Brut"].number_format == "#,##0.00"
    assert cells["Émis le"].is_date and cells["Émis le"].value.date() == dt.date(2026, 11, 25)
    assert cells["Heures"].number_format == "0.00"
    assert page.freeze_panes == "A2" and page.auto_filter.ref.startswith("A1:")
    assert all(page.column_dimensions[x].width >= 10 for x in ("A", "B", "N"))


def test_a_correction_shows_three_slips_and_adds_up_to_the_last(people):
    scene = set_scene(people)
    run = scene.issued()
    correct(scene, run)
    rows = [row for row in read(run)[PEOPLE] if row["Nom"] == "Sarr"]
    assert [row["Pièce"] for row in rows] == ["bulletin", "annulation", "correction"]
    first, counter, last = rows
    for column in ("Part du pot", "Brut", "Coût total", "Net payé", "Heures", "Montant net social"):
        assert counter[column] == -first[column] != 0
        assert added(rows, column) == Decimal(str(last[column]))
    assert last["Brut"] < first["Brut"]
    assert added(read(run)[PEOPLE], "Part du pot") == run.envelope


def test_advances_and_deductions_come_off_what_is_paid(people):
    scene = set_scene(people)
    withhold(scene, "amina", "30.00", "5.00")
    run = scene.issued()
    amina = next(row for row in read(run)[PEOPLE] if row["Nom"] == "Sarr")
    assert (amina["Net payé"], amina["Acomptes et retenues"], amina["À payer"]) == (
        249.52, 35, 214.52,
    )  # fmt: skip


def test_a_payment_says_when_and_a_rejected_one_is_owed_again(people):
    scene = set_scene(people)
    run = scene.issued()
    pay(scene, run, "amina")
    pay(scene, run, "bastien", rejected=True)
    book = read(run)
    bastien, amina = book[PEOPLE]
    assert (amina["Paiement"], amina["Payé le"].date()) == ("payé", dt.date(2026, 11, 25))
    assert (bastien["Paiement"], bastien["Payé le"]) == ("rejeté par la banque", None)
    assert total(book[TOTALS], "Payé à ce jour") == Decimal("249.52")
    assert total(book[TOTALS], "Reste à payer sur cette paie") == Decimal("249.52")


def test_who_has_no_slip_has_a_row_all_the_same(people):
    """Chloé has a wage contract and no hour: her part is kept whole, without a slip."""
    run = employed(people).issued()
    rows = read(run)[PEOPLE]
    assert [row["Pièce"] for row in rows] == ["bulletin", "bulletin", "sans bulletin"]
    assert rows[2]["Gardé pour la suite"] == rows[2]["Part du pot"] > 800
    assert rows[0]["Réduction générale"] > 0 and rows[0]["Contrat"] == "Contrat de travail"
    assert added(rows, "Part du pot") == run.envelope


def test_a_name_that_looks_like_a_formula_stays_text(people):
    people.amina.last_name = "=HYPERLINK(1)"
    people.amina.save()
    run = set_scene(people).issued()
    page = load_workbook(io.BytesIO(journal(books_of(run))))[PEOPLE]
    cell = next(c for row in page.iter_rows() for c in row if "HYPERLINK" in str(c.value))
    assert cell.data_type == "s" and cell.value == "'=HYPERLINK(1)"


def test_a_cent_that_the_accounts_do_not_know_makes_no_file(people):
    run = set_scene(people).issued()
    entry = AccountEntry.objects.filter(run=run, kind="net").first()
    entry.pk, entry.reverses_id, entry.amount = None, entry.pk, Decimal("-0.01")
    entry.save()
    with pytest.raises(UnbalancedEntry, match="Net = comptes des personnes"):
        books_of(run)


def test_a_withholding_that_the_slip_does_not_print_makes_no_file(people):
    scene = set_scene(people)
    withhold(scene, "amina", "30.00")
    run = scene.issued()
    Withholding.objects.all().delete()
    with pytest.raises(UnbalancedEntry, match="ses retenues"):
        books_of(run)


def test_two_months_follow_each_other(people):
    scene = set_scene(people)
    scene.work("amina", 300, day=dt.date(2026, 10, 20))
    scene.sell("700.01", moved_on=dt.date(2026, 10, 21))
    october = scene.issued(month=dt.date(2026, 10, 1), paid_on=dt.date(2026, 11, 5))
    november = scene.issued()
    kept = {row.enrolment_id: row.remainder for row in books_of(october).rows}
    taken = {row.enrolment_id: row.carried_in for row in books_of(november).rows}
    assert sum(taken.values()) > 0
    assert taken == {key: kept[key] for key in taken}
    for run in (october, november):
        rows = read(run)[PEOPLE]
        assert added(rows, "Part du pot") == run.envelope
        assert added(rows, "Part du pot") + added(rows, "Repris de la paie d’avant") == added(
            rows, "Coût total"
        ) + added(rows, "Gardé pour la suite")
