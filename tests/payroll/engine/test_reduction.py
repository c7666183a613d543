"""The general reduction of 2026, against the published figures."""

from datetime import date
from decimal import Decimal

import pytest

from tests.payroll.engine.pay import cape, pay, slip_of

D = Decimal


def reduction(gross, hours="151.67", **changes):
    slip = slip_of(pay(gross, hours, **changes))
    line = next((line for line in slip.lines if line.code == "rgdu"), None)
    return (line.rate / 100 if line else D(0)), slip.rgdu


@pytest.mark.parametrize(
    ("gross", "coefficient", "amount"),
    [
        ("911.52", "0.3981", "362.88"),
        ("1823.03", "0.3981", "725.75"),
        ("1867.02", "0.3750", "700.13"),
        ("2005.34", "0.3125", "626.67"),
        ("2187.64", "0.2485", "543.63"),
        ("2734.55", "0.1324", "362.05"),
        ("3646.07", "0.0534", "194.70"),
        ("4557.58", "0.0267", "121.69"),
        ("5286.80", "0.0203", "107.32"),
        ("5469.09", "0.0200", "109.38"),
        ("5469.10", "0", "0"),
        ("9000.00", "0", "0"),
    ],
)
def test_it_follows_the_table_below_fifty(gross, coefficient, amount):
    assert reduction(gross) == (D(coefficient), D(amount))


@pytest.mark.parametrize(
    ("gross", "coefficient"),
    [
        ("911.52", "0.4021"),
        ("1823.03", "0.4021"),
        ("2005.34", "0.3156"),
        ("2187.64", "0.2510"),
        ("2734.55", "0.1336"),
        ("3646.07", "0.0538"),
        ("4557.58", "0.0268"),
        ("5286.80", "0.0203"),
        ("5469.10", "0"),
    ],
)
def test_it_follows_the_table_from_fifty(gross, coefficient):
    assert reduction(gross, headcount=50)[0] == D(coefficient)


def test_it_ends_at_three_smic_of_a_part_time():
    assert reduction("2734.42", "75.83")[0] == D("0.0200")
    assert reduction("2734.43", "75.83")[0] == 0


@pytest.mark.parametrize(
    ("gross", "coefficient"), [("2734.54", "0.0200"), ("2734.55", "0"), ("2734.56", "0")]
)
def test_it_ends_at_three_smic_of_half_a_month(gross, coefficient):
    # 3 × 12.02 × 151.666… / 2 is 2,734.55 exactly: no division may blur it.
    assert reduction(gross, "151.67", presence=D("0.5"))[0] == D(coefficient)


def test_it_freezes_the_smic_when_it_rises_in_june():
    before = reduction("1867.02", month=date(2026, 5, 1))
    assert before == reduction("1867.02", month=date(2026, 6, 1)) == (D("0.3750"), D("700.13"))


@pytest.mark.parametrize("hours", ["0", "30"])
def test_it_grants_none_under_a_cape(hours):
    assert slip_of(cape("300.00", hours)).rgdu == 0
