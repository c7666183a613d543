"""The entries of a run, read back from the file as its rules say, and tied to the run and its accounts."""

import datetime as dt
import re
from decimal import Decimal
from itertools import groupby

import pytest

from payroll.exports.fec import fec
from payroll.exports.fec_file import COLUMNS, _clean
from payroll.models import AccountEntry, HostSettings
from payroll.selectors.book_rows import auxiliary
from payroll.selectors.books import books_of
from payroll.services.payments import cancel_payments
from tests import factories as make
from tests.factories import NOW
from tests.payroll.exports.worked import (
    balance,
    correct,
    employed,
    entries_of,
    money,
    pay,
    prepare,
    withhold,
)
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


def read(run):
    lines = entries_of(fec(books_of(run)))
    for number, found in groupby(lines, lambda line: line["EcritureNum"]):
        entry = list(found)
        debit = sum(money(line["Debit"]) for line in entry)
        assert debit == sum(money(line["Credit"]) for line in entry) > 0, number
    return lines


def test_eighteen_columns_in_the_order_of_the_law(people):
    content = fec(books_of(set_scene(people).issued()))
    assert content.split(b"\r\n")[0].decode().split("\t") == [
        "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
        "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
        "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
    ]  # fmt: skip
    assert len(COLUMNS) == 18 and content.endswith(b"\r\n")


def test_dates_amounts_and_accounts_are_written_as_the_law_says(people):
    for line in read(set_scene(people).issued()):
        assert re.fullmatch(r"\d{8}", line["EcritureDate"]) and line["EcritureDate"] == "20261125"
        assert re.fullmatch(r"\d+,\d{2}", line["Debit"]) and re.fullmatch(
            r"\d+,\d{2}", line["Credit"]
        )
        assert "0,00" in (line["Debit"], line["Credit"])
        assert re.match(r"[1-7]\d{2}", line["CompteNum"]) and line["CompteLib"]
        assert bool(line["CompAuxNum"]) == bool(line["CompAuxLib"])
        assert line["PieceRef"] and line["EcritureLib"] and line["ValidDate"]


def test_the_charges_are_the_pot_and_the_debts_are_those_of_the_slips(people):
    run = set_scene(people).issued()
    lines = read(run)
    pay_lines = [line for line in lines if not line["EcritureNum"].startswith("ARRONDI")]
    assert balance(pay_lines, "6") == run.envelope
    assert balance(pay_lines, "648100") == 600
    assert balance(pay_lines, "431") == -(books_of(run).total("employee_total") + Decimal("220.84"))
    assert balance(pay_lines, "4671") == -Decimal("499.04")
    amina = auxiliary(people.amina.pk)
    assert balance(pay_lines, "4671", amina) == -Decimal("249.52")
    assert {line["EcritureNum"] for line in pay_lines} == {"2026-R-00001", "2026-R-00002"}


def test_what_is_owed_to_each_person_is_what_their_account_says(people):
    scene = set_scene(people)
    withhold(scene, "amina", "30.00", "5.00")
    run = scene.issued()
    pay(scene, run, "amina")
    lines = read(run)
    amina = auxiliary(people.amina.pk)
    owed = sum(
        AccountEntry.objects.filter(enrolment=people.enrolments["amina"], kind="net").values_list(
            "amount", flat=True
        )
    )
    assert balance(lines, "4671", amina) == -(owed - 35 - Decimal("214.52")) == 0
    assert balance(lines, "4672", amina) == -30  # clears the advance the host had booked
    assert balance(lines, "4673", amina) == -5
    assert balance(lines, "512") == -Decimal("214.52")


def test_a_wage_goes_to_641_and_645_and_the_reduction_lightens_both_funds(people):
    run = employed(people).issued()
    lines, books = read(run), books_of(run)
    assert balance(lines, "641") == books.total("gross")
    assert balance(lines, "645000") == books.total("employer_total")
    assert balance(lines, "6459") == -books.total("relief") < 0
    assert balance(lines, "421") == -books.total("net_paid")
    assert balance(lines, "4371") < 0 and not balance(lines, "467")
    charges = [line for line in lines if not line["EcritureNum"].startswith("ARRONDI")]
    assert balance(charges, "6") == run.envelope
    assert balance(charges, "43") == -(
        books.total("employee_total") + books.total("employer_total") - books.total("relief")
    )
    # Chloé has no slip: her part waits under her name.
    assert balance(lines, "4686", auxiliary(people.chloe.pk)) == -books.rows[2].remainder
    assert any(line["EcritureNum"].startswith("PART-") for line in lines)


def test_rounding_has_its_own_entry_and_leaves_what_will_be_declared(people):
    run = set_scene(people).issued()
    lines = read(run)
    declared = sum(line.declared for line in books_of(run).declared())
    assert balance(lines, "431") == -declared
    assert balance(lines, "658") == Decimal("0.03")


def test_a_correction_turns_every_side_and_adds_new_entries_only(people):
    scene = set_scene(people)
    run = scene.issued()
    before = read(run)
    correct(scene, run)
    after = read(run)
    known = {line["EcritureNum"] for line in before}
    assert [line for line in after if line["EcritureNum"] in known] == before
    counter = [line for line in after if line["EcritureNum"] == "2026-R-00003"]
    wrong = [line for line in after if line["EcritureNum"] == "2026-R-00001"]
    assert {(x["CompteNum"], x["Debit"], x["Credit"]) for x in counter} == {
        (x["CompteNum"], x["Credit"], x["Debit"]) for x in wrong
    }
    assert (
        balance([x for x in after if not x["EcritureNum"].startswith("ARRONDI")], "6")
        == run.envelope
    )
    net = sum(
        AccountEntry.objects.filter(enrolment=people.enrolments["amina"], kind="net").values_list(
            "amount", flat=True
        )
    )
    assert balance(after, "4671", auxiliary(people.amina.pk)) == -net


def test_a_payment_sent_back_is_booked_twice_the_second_time_reversed(people):
    scene = set_scene(people)
    run = scene.issued()
    pay(scene, run, "amina", rejected=True)
    pay(scene, run, "amina")
    bank = [line for line in read(run) if line["JournalCode"] == "BQ"]
    assert [line["EcritureDate"] for line in bank] == ["20261125"] * 6
    assert balance(bank, "512") == -Decimal("249.52")
    back = [line for line in bank if line["EcritureNum"].endswith("-R")]
    assert balance(back, "512") == Decimal("249.52") and "rejeté" in back[0]["EcritureLib"]
    assert len({line["EcritureNum"] for line in bank}) == 3


def test_what_is_prepared_or_cancelled_is_not_booked(people):
    scene = set_scene(people)
    run = scene.issued()
    payment = prepare(scene, run, "amina")
    assert not [line for line in read(run) if line["JournalCode"] == "BQ"]
    cancel_payments(run=run, payment_ids=[payment.pk], actor=scene.helene, at=NOW)
    assert not [line for line in read(run) if line["JournalCode"] == "BQ"]


def test_the_accounts_are_those_of_the_host_in_the_month_paid(people):
    run = set_scene(people).issued()
    for day, number in ((dt.date(2026, 11, 30), "648111"), (dt.date(2026, 12, 1), "648999")):
        make.HostSettingsFactory(
            host=people.a.host, in_force_from=day, accounts={"cape_pay": number}
        )
    make.HostSettingsFactory(
        host=people.b.host, in_force_from=dt.date(2026, 11, 1), accounts={"urssaf": "431999"}
    )
    numbers = {line["CompteNum"] for line in read(run)}
    assert "648111" in numbers and "431000" in numbers
    assert not numbers & {"648100", "648999", "431999"}
    assert HostSettings.objects.filter(pk=run.settings_id, accounts={}).exists()


def test_names_keep_to_one_line_one_field_and_the_declared_characters(people):
    people.amina.first_name, people.amina.last_name = "=Ștefana\t", "D’Œuvre\r\n|Łuk"
    people.amina.save()
    content = fec(books_of(set_scene(people).issued()))
    lines = entries_of(content)
    names = {
        line["CompAuxLib"] for line in lines if line["CompAuxNum"] == auxiliary(people.amina.pk)
    }
    assert names == {"'=Stefana D'Œuvre /Luk"}
    assert "Bastien Cherif" in {line["CompAuxLib"] for line in lines}


@pytest.mark.parametrize("typed", ["=1+1", " =1+1", "\uff1d1+1", "\u200a@SUM(A1)", "\ufe62 1"])
def test_no_cell_becomes_a_formula_while_it_is_cleaned(typed):
    assert not _clean(typed).startswith(("=", "+", "-", "@"))
