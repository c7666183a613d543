"""The dates by which a pay is told: checked against the published calendar of 2026."""

import datetime as dt

import pytest

from payroll.rules.declaring import monthly_statement, quarterly_statements

D = dt.date


@pytest.mark.parametrize(
    ("month", "opens", "closes"),
    [
        (D(2025, 12, 1), D(2025, 12, 28), D(2026, 1, 15)),
        (D(2026, 1, 1), D(2026, 1, 28), D(2026, 2, 15)),
        (D(2026, 2, 1), D(2026, 2, 26), D(2026, 3, 15)),
        (D(2026, 3, 1), D(2026, 3, 28), D(2026, 4, 15)),
        (D(2026, 11, 1), D(2026, 11, 28), D(2026, 12, 15)),
        (D(2026, 12, 1), D(2026, 12, 28), D(2027, 1, 15)),
        (D(2028, 2, 1), D(2028, 2, 26), D(2028, 3, 15)),  # a leap year changes nothing
    ],
)
def test_france_travail_asks_from_the_28th_to_the_15th_and_from_the_26th_in_february(
    month, opens, closes
):
    window = monthly_statement(month)
    assert (window.opens, window.closes) == (opens, closes)


@pytest.mark.parametrize(
    ("paid_on", "months"),
    [
        # What was paid in February, March and April is asked for in June.
        (D(2026, 2, 10), (D(2026, 4, 1), D(2026, 5, 1), D(2026, 6, 1))),
        (D(2026, 4, 30), (D(2026, 6, 1), D(2026, 7, 1), D(2026, 8, 1))),
        (D(2026, 12, 10), (D(2027, 2, 1), D(2027, 3, 1), D(2027, 4, 1))),
        (D(2026, 10, 31), (D(2026, 12, 1), D(2027, 1, 1), D(2027, 2, 1))),
        (D(2027, 1, 31), (D(2027, 3, 1), D(2027, 4, 1), D(2027, 5, 1))),
    ],
)
def test_a_payment_is_asked_for_two_to_four_months_later(paid_on, months):
    assert quarterly_statements(paid_on) == months


def test_three_payments_in_a_row_share_one_statement():
    asked = [set(quarterly_statements(D(2026, month, 10))) for month in (2, 3, 4)]
    assert set.intersection(*asked) == {D(2026, 6, 1)}
