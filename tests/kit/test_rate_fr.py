"""A rate is shown with every digit it has: rounding 0.016 % to 0.02 % would be another law."""

from decimal import Decimal

import pytest

from ct_platform.kit.templatetags.words import rate_fr


@pytest.mark.parametrize(
    ("rate", "written"),
    [("6.9", "6,90"), ("0.016", "0,016"), ("13.50000", "13,50"), ("0", "0,00"), ("10", "10,00")],
)
def test_it_keeps_every_digit_and_two_at_least(rate, written):
    assert rate_fr(Decimal(rate)) == written


def test_no_rate_writes_nothing():
    assert rate_fr(None) == ""
