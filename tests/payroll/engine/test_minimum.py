"""The floor of a wage."""

from datetime import date
from decimal import Decimal

import pytest

from payroll.engine.floor import is_below_minimum, minimum_gross
from tests.payroll.engine.pay import cape, params, pay

D = Decimal


@pytest.mark.parametrize(
    ("hours", "month", "floor"),
    [
        ("151.67", date(2026, 5, 1), "1823.03"),
        ("151.67", date(2026, 6, 1), "1867.02"),
        ("30", date(2026, 6, 1), "369.30"),
        ("0", date(2026, 6, 1), "0"),
    ],
)
def test_it_gives_the_smic_of_the_month(hours, month, floor):
    assert minimum_gross(pay("0", hours, month=month), params(month)) == D(floor)


def test_it_tells_a_wage_under_the_smic_by_one_cent():
    assert not is_below_minimum(pay("369.30", "30"), params())
    assert is_below_minimum(pay("369.29", "30"), params())


def test_it_knows_no_floor_for_a_cape():
    assert not is_below_minimum(cape("1.00", "100"), params())
