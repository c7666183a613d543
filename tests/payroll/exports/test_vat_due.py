"""The day VAT is due (CGI art. 269), and its share among the rows of one invoice."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ct_platform.kit.money import cents
from payroll.rules.selling_books import Due, vat_due, vat_of_rows


@pytest.mark.parametrize(
    ("nature", "deposit", "debits", "paid", "day", "due"),
    [
        ("goods", False, False, None, 5, Due.DELIVERY),
        ("goods", False, False, 20, 5, Due.DELIVERY),
        ("goods", True, False, None, None, Due.PAYMENT),  # since 1 January 2023
        ("goods", True, False, 20, 20, Due.PAYMENT),
        ("services", False, False, None, None, Due.PAYMENT),
        ("services", False, False, 20, 20, Due.PAYMENT),
        ("services", False, True, None, 7, Due.DEBITS),
        ("services", False, True, 20, 7, Due.DEBITS),
        ("services", False, True, 2, 2, Due.DEBITS),  # paid before it was debited
        ("goods", False, True, 20, 5, Due.DELIVERY),  # the option is about services
        ("", False, False, None, 5, Due.EARLIEST),
        ("", False, False, 2, 2, Due.EARLIEST),
        ("", True, False, None, None, Due.PAYMENT),
    ],
)
def test_the_day_vat_is_due(nature, deposit, debits, paid, day, due):
    found = vat_due(
        nature=nature, is_deposit=deposit, on_debits=debits, sold_on=dt.date(2026, 11, 5),
        issued_on=dt.date(2026, 11, 7), paid_on=dt.date(2026, 11, paid) if paid else None,
    )  # fmt: skip

    assert found == (dt.date(2026, 11, day) if day else None, due)


@given(st.lists(st.integers(-100_000, 100_000).filter(bool), min_size=1, max_size=20),
       st.sampled_from(["5.5", "10", "20"]))  # fmt: skip
def test_the_vat_of_the_rows_is_the_vat_of_their_sum(numbers, rate):
    amounts = [Decimal(number).scaleb(-2) for number in numbers]

    shares = vat_of_rows(amounts, Decimal(rate))

    assert sum(shares) == cents(sum(amounts) * Decimal(rate) / 100)
