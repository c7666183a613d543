"""What was corrected after an export stays as it left, is taken back the day it was, and is booked anew."""

import datetime as dt
from decimal import Decimal as D

import pytest

from payroll.exports.cohort.entries import entries
from payroll.selectors.sales_journal import (
    Period,
    controls_of,
    expenses_of,
    journal_of,
    vat_summary,
)
from payroll.services.runs import freeze_run, open_run
from projects.models import Sale
from projects.services import money
from tests.factories import NOW
from tests.payroll.scene import set_scene
from tests.projects.verbs import spend

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DECEMBER = Period(dt.date(2026, 12, 1), dt.date(2026, 12, 31))
LATER = NOW + dt.timedelta(days=10)
STILL_LATER = LATER + dt.timedelta(days=5)


@pytest.fixture
def scene(people):
    return set_scene(people)


def change(scene, sale, at=LATER, **values):
    sale.refresh_from_db()
    asked = {
        "project": sale.project, "label": sale.label, "customer": sale.customer, "amount": sale.amount,
        "vat_rate": sale.vat_rate, "sold_on": sale.sold_on, "paid_on": sale.moved_on,
    } | values  # fmt: skip
    return money.change_sale(
        sale=sale, seen_version=sale.version, actor=scene.driss, at=at, **asked
    )


def told(scene, movement, period=None):
    """Number and sum of the debits of each entry of one movement."""
    letters = ("V", "EV") if isinstance(movement, Sale) else ("D", "P")
    found = entries(journal_of(scene.cohort), [], expenses_of(scene.cohort), [])
    return {
        one.number: sum(posting.amount for posting in one.postings if posting.amount > 0)
        for one in found
        if one.number.split("-")[0] in letters
        and one.number.split("-")[1] == str(movement.pk)
        and (period is None or period.holds(one.on))
    }


def balances(scene) -> dict[str, D]:
    sums: dict[str, D] = {}
    for one in entries(journal_of(scene.cohort), [], expenses_of(scene.cohort), []):
        for posting in one.postings:
            sums[posting.role] = sums.get(posting.role, D(0)) + posting.amount
    return {role: amount for role, amount in sums.items() if amount}


def test_the_period_that_left_says_the_same_and_the_other_takes_back_and_books_anew(scene):
    sale = scene.sell("100.00", vat_rate=D(20))
    left = told(scene, sale, NOVEMBER)
    assert left == {f"V-{sale.pk}": D(120), f"EV-{sale.pk}": D(120)}

    change(scene, sale, amount=D("80.00"))

    assert told(scene, sale, NOVEMBER) == left
    assert told(scene, sale, DECEMBER) == {
        f"V-{sale.pk}-A": D(120), f"EV-{sale.pk}-A": D(120), f"V-{sale.pk}-2": D(96),
        f"EV-{sale.pk}-2": D(96),
    }  # fmt: skip
    rows = [row for row in journal_of(scene.cohort) if row.sale.pk == sale.pk]
    assert [(row.net, row.vat, row.label.partition(" :")[0]) for row in rows] == [
        (D(100), D(20), sale.label), (D(-100), D(-20), "Annulation"), (D(80), D(16), "Correction"),
    ]  # fmt: skip


def test_books_end_as_if_it_had_been_noted_so_at_once(scene):
    before = balances(scene)
    sale = scene.sell("100.00", vat_rate=D(20))
    change(scene, sale, amount=D("80.00"), vat_rate=D("5.5"))
    change(scene, sale, STILL_LATER, amount=D("50.00"), vat_rate=D(10))

    grown = {role: amount - before.get(role, D(0)) for role, amount in balances(scene).items()}
    assert {role: amount for role, amount in grown.items() if amount} == {
        "sales": D(-50), "vat_collected": D(-5), "bank": D(55),
    }  # fmt: skip


def test_corrected_twice_each_turn_has_its_own_number(scene):
    sale = scene.sell("100.00")
    change(scene, sale, amount=D("80.00"))
    change(scene, sale, STILL_LATER, amount=D("50.00"))

    numbers = [number for number in told(scene, sale) if number.startswith("V")]
    key = f"V-{sale.pk}"
    assert sorted(numbers) == sorted([key, f"{key}-A", f"{key}-2", f"{key}-2-A", f"{key}-3"])


def test_corrected_then_struck_out_leaves_nothing_owed(scene):
    before = balances(scene)
    sale = scene.sell("100.00", vat_rate=D(20))
    change(scene, sale, amount=D("80.00"))
    sale.refresh_from_db()
    money.withdraw_movement(
        movement=sale, seen_version=sale.version, actor=scene.driss, at=STILL_LATER
    )

    assert balances(scene) == before
    assert f"V-{sale.pk}-2-A" in told(scene, sale, DECEMBER)


def test_corrected_and_struck_out_on_one_day_is_taken_back_once(scene):
    before = balances(scene)
    sale = scene.sell("100.00", vat_rate=D(20))
    change(scene, sale, amount=D("80.00"))
    sale.refresh_from_db()
    money.withdraw_movement(movement=sale, seen_version=sale.version, actor=scene.driss, at=LATER)

    assert set(told(scene, sale, DECEMBER)) == {f"V-{sale.pk}-A", f"EV-{sale.pk}-A"}
    assert balances(scene) == before


def test_vat_is_owed_as_it_was_told_then_mended_in_the_period_of_the_correction(scene):
    before = sum(line.vat for line in vat_summary(journal_of(scene.cohort), NOVEMBER))
    sale = scene.sell("100.00", vat_rate=D(20))
    change(scene, sale, amount=D("80.00"))

    rows = journal_of(scene.cohort)
    assert sum(line.vat for line in vat_summary(rows, NOVEMBER)) == before + 20
    assert sum(line.vat for line in vat_summary(rows, DECEMBER)) == -4


def test_a_slip_of_the_finger_mended_the_same_day_was_never_booked(scene):
    sale = scene.sell("100.00")
    change(scene, sale, NOW + dt.timedelta(minutes=5), amount=D("80.00"))

    assert told(scene, sale) == {f"V-{sale.pk}": D(80), f"EV-{sale.pk}": D(80)}


@pytest.mark.parametrize("values", [{"label": "Fleurs"}, {"customer": "Mme Petit"}])
def test_other_words_correct_no_figure(scene, values):
    sale = scene.sell("100.00")
    change(scene, sale, **values)
    assert set(told(scene, sale)) == {f"V-{sale.pk}", f"EV-{sale.pk}"}


def test_money_that_comes_is_news_and_not_a_correction(scene):
    sale = scene.sell("100.00", moved_on=None)
    money.mark_paid(
        sale=sale,
        seen_version=sale.version,
        paid_on=dt.date(2026, 12, 1),
        actor=scene.driss,
        at=LATER,
    )
    assert told(scene, sale, NOVEMBER) == {f"V-{sale.pk}": D(100)}
    assert told(scene, sale, DECEMBER) == {f"EV-{sale.pk}": D(100)}


def test_an_expense_corrected_later_is_taken_back_too(scene):
    before = balances(scene)
    spent = spend(scene.people, "50.00", vat_rate=D(20))
    money.change_expense(
        expense=spent, seen_version=spent.version, project=spent.project, label=spent.label, supplier="",
        amount=D("40.00"), vat_rate=D(20), spent_on=spent.moved_on, actor=scene.driss, at=LATER,
    )  # fmt: skip

    assert told(scene, spent, NOVEMBER) == {f"D-{spent.pk}": D(60), f"P-{spent.pk}": D(60)}
    assert set(told(scene, spent, DECEMBER)) == {
        f"{one}-{spent.pk}{end}" for one in "DP" for end in ("-A", "-2")
    }
    grown = {role: amount - before.get(role, D(0)) for role, amount in balances(scene).items()}
    assert {role: amount for role, amount in grown.items() if amount} == {
        "purchases": D(40), "vat_deductible": D(8), "bank": D(-48),
    }  # fmt: skip


def test_the_pay_counts_what_stands_and_the_journal_meets_it(scene):
    scene.issued()
    sale = scene.sell("100.00", moved_on=dt.date(2026, 11, 25))
    change(scene, sale, amount=D("80.00"))
    december = open_run(
        cohort=scene.cohort, month=dt.date(2026, 12, 1), paid_on=dt.date(2027, 1, 10),
        actor=scene.driss, at=NOW + dt.timedelta(days=31),
    )  # fmt: skip
    december = freeze_run(run=december, actor=scene.driss, at=NOW + dt.timedelta(days=31))

    found = controls_of(scene.cohort, journal_of(scene.cohort), expenses_of(scene.cohort))

    assert (found[-1].journal_sales, december.sales) == (D(80), D(80))
    assert Sale.objects.get(pk=sale.pk).pay_run_key == december.pk
