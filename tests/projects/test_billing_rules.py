"""Arithmetic of invoices: turnover by project and rate, deposits, what a credit note may take."""

import datetime as dt
from decimal import Decimal as D

import pytest

from projects.rules.billing import (
    Brought,
    Share,
    TooMuchCredit,
    brought_by,
    credit_totals,
    deposit_shares,
    due_on,
    left_of,
    needs_a_note,
)
from projects.rules.totals import Line

FOOD, FULL = D("5.5"), D("20")


def test_it_brings_one_row_for_each_project_and_rate():
    lines = [
        (1, Line(D("30.00"), FOOD)),
        (2, Line(D("12.00"), FULL)),
        (1, Line(D("8.00"), FULL)),
        (1, Line(D("1.50"), FOOD)),
    ]
    assert brought_by(lines) == [
        Brought(1, FOOD, D("31.50")),
        Brought(1, FULL, D("8.00")),
        Brought(2, FULL, D("12.00")),
    ]


def test_what_a_deposit_already_brought_leaves_no_row():
    assert brought_by([(1, Line(D("30.00"), FOOD)), (1, Line(D("-30.00"), FOOD))]) == []


def test_a_deposit_keeps_rates_and_projects_apart():
    lines = [(1, "goods", Line(D("100.00"), FOOD)), (1, "services", Line(D("33.33"), FULL))]
    assert deposit_shares(lines, D(30)) == [
        Share(1, "goods", FOOD, D("30.00")),
        Share(1, "services", FULL, D("10.00")),
    ]


@pytest.mark.parametrize(
    ("days", "authority", "expected"),
    [(30, False, 30), (90, False, 60), (45, True, 30), (0, False, 0)],
)
def test_it_is_due_within_what_the_law_lets(days, authority, expected):
    day = dt.date(2026, 11, 25)
    assert due_on(day, days, to_authority=authority) == day + dt.timedelta(days=expected)


@pytest.mark.parametrize(
    ("consumer", "services", "total", "asked"),
    [
        (True, True, "25.00", True),
        (True, True, "24.99", False),
        (True, False, "80.00", False),
        (False, True, "80.00", False),
    ],
)
def test_a_consumer_needs_a_note_for_a_service_of_25_euros(consumer, services, total, asked):
    found = needs_a_note(to_consumer=consumer, has_services=services, total=D(total))
    assert found is asked


def test_partial_credits_add_up_to_their_invoice_to_the_cent():
    """10,05 at 5,5 % is 0,55 of VAT; two halves would be 0,28 each."""
    whole = [Line(D("10.05"), FOOD)]
    first = credit_totals([Line(D("5.02"), FOOD)], left_of(whole))
    left = left_of(whole, [[Line(D("5.02"), FOOD)]])
    second = credit_totals([Line(D("5.03"), FOOD)], left)
    assert (first.vat, second.vat) == (D("0.28"), D("0.27"))
    assert left_of(whole, [[Line(D("5.02"), FOOD)], [Line(D("5.03"), FOOD)]]).is_nothing


def test_a_credit_larger_than_what_is_left_of_a_rate_is_refused():
    whole = [Line(D("100.00"), FOOD), Line(D("50.00"), FULL)]
    with pytest.raises(TooMuchCredit) as refusal:
        credit_totals([Line(D("60.00"), FULL)], left_of(whole))
    assert (refusal.value.left, refusal.value.percent) == (D("50.00"), FULL)


def test_a_credit_larger_than_what_is_left_in_all_is_refused():
    whole = [Line(D("100.00"), FOOD), Line(D("-80.00"), FULL)]
    with pytest.raises(TooMuchCredit) as refusal:
        credit_totals([Line(D("90.00"), FOOD)], left_of(whole))
    assert (refusal.value.left, refusal.value.percent) == (D("20.00"), None)


def test_a_rate_the_invoice_does_not_have_cannot_be_credited():
    with pytest.raises(TooMuchCredit):
        credit_totals([Line(D("1.00"), FULL)], left_of([Line(D("100.00"), FOOD)]))


def test_a_whole_credit_of_an_invoice_with_a_deposit_taken_off_leaves_nothing():
    lines = [Line(D("100.00"), FOOD), Line(D("-30.00"), FOOD)]
    assert left_of(lines, [lines]).is_nothing
