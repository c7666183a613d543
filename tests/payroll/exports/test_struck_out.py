"""What was struck out after an export stays in its period, and is taken back in the one it was struck in."""

import datetime as dt
from decimal import Decimal as D

import pytest

from payroll.exports.cohort.entries import entries
from payroll.selectors.sales_journal import Period, expenses_of, journal_of, vat_summary
from projects.services.money import withdraw_movement
from tests import factories as make_
from tests.factories import NOW
from tests.payroll.scene import set_scene
from tests.projects.verbs_of_cash import agreed, shares

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DECEMBER = Period(dt.date(2026, 12, 1), dt.date(2026, 12, 31))
LATER = NOW + dt.timedelta(days=10)


@pytest.fixture
def scene(people):
    scene = set_scene(people)
    scene.cohort.sales_before = journal_of(scene.cohort)
    return scene


def strike(scene, movement, at=LATER):
    withdraw_movement(movement=movement, seen_version=movement.version, actor=scene.driss, at=at)


def said(scene, period):
    """Number, and what it does to its accounts, of the entries of a period that the scene had not."""
    known = {row.piece for row in scene.cohort.sales_before}
    rows = journal_of(scene.cohort)
    found = entries(rows, [], expenses_of(scene.cohort), [])
    return {
        one.number: sum(posting.amount for posting in one.postings if posting.amount > 0)
        for one in found
        if period.holds(one.on) and one.number.removeprefix("E") not in known
    }


def test_a_sale_struck_out_later_is_taken_back_on_that_day(scene):
    sale = scene.sell("100.00", vat_rate=D(20))
    before = said(scene, NOVEMBER)
    strike(scene, sale)
    assert said(scene, NOVEMBER) == before == {f"V-{sale.pk}": D(120), f"EV-{sale.pk}": D(120)}
    assert said(scene, DECEMBER) == {f"V-{sale.pk}-A": D(120), f"EV-{sale.pk}-A": D(120)}
    rows = [row for row in journal_of(scene.cohort) if row.sale == sale]
    assert [(row.net, row.vat, row.dated.month) for row in rows] == [
        (D(100), D(20), 11), (D(-100), D(-20), 12),
    ]  # fmt: skip
    assert "Annulation" in rows[1].label


def test_the_vat_is_owed_in_one_period_and_taken_back_in_the_other(scene):
    rows = journal_of(scene.cohort)
    before = sum(line.vat for line in vat_summary(rows, NOVEMBER))
    strike(scene, scene.sell("100.00", vat_rate=D(20)))
    rows = journal_of(scene.cohort)
    assert sum(line.vat for line in vat_summary(rows, NOVEMBER)) == before + 20
    assert sum(line.vat for line in vat_summary(rows, DECEMBER)) == -20


def test_an_expense_struck_out_later_is_taken_back_too(scene):
    spent = make_.ExpenseFactory(project=scene.project, amount=D("50.00"), vat_rate=D(20))
    strike(scene, spent)
    first, back = expenses_of(scene.cohort)
    assert (first.total, back.total, back.moved_on) == (D(60), D(-60), dt.date(2026, 12, 5))
    assert said(scene, DECEMBER) == {f"D-{spent.pk}-A": D(60), f"P-{spent.pk}-A": D(60)}


def test_a_slip_of_the_finger_mended_the_same_day_leaves_nothing(scene):
    strike(scene, scene.sell("100.00"), at=NOW + dt.timedelta(minutes=5))
    assert said(scene, NOVEMBER) == said(scene, DECEMBER) == {}


def test_what_stands_is_said_as_before(scene):
    assert journal_of(scene.cohort) == scene.cohort.sales_before


def test_takings_go_where_the_money_is(people, scene):
    """A count of 90.50 €: 74 € of coins and 16.50 € by card; one jar at 9.99 € keeps its own sum."""
    count = agreed(people, scene.project)
    shares(people, count, ("food", "storable", "80.51"), ("alcohol", "storable", "9.99"))
    rows = [row for row in journal_of(scene.cohort) if row.sale.cash_total]
    assert [row.gross for row in rows] == [D("80.51"), D("9.99")]
    money = {}
    for one in entries(rows, [], [], []):
        for posting in one.postings:
            if posting.role in ("cash", "bank"):
                money[posting.role] = money.get(posting.role, D(0)) + posting.amount
    assert money == {"cash": D("74.00"), "bank": D("16.50")}
