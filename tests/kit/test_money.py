from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ct_platform.kit.money import cents, euros, parse_amount, split, to_cents
from tests.examples import tried

weights = some.lists(some.integers(0, 50_000), min_size=1, max_size=20).filter(any)


@tried
@given(some.integers(0, 10_000_000), weights)
def test_parts_sum_to_the_pot_to_the_cent(pot, several):
    parts = split(pot, several)
    assert sum(parts) == pot
    total = sum(several)
    assert all(
        abs(part - Fraction(weight * pot, total)) < 1
        for part, weight in zip(parts, several, strict=True)
    )


@tried
@given(some.integers(0, 10_000_000), weights)
def test_who_weighs_nothing_gets_nothing(pot, several):
    assert all(
        part == 0
        for part, weight in zip(split(pot, [*several, 0]), [*several, 0], strict=True)
        if weight == 0
    )


@tried
@given(some.integers(1, 1_000_000), weights, some.integers(0, 19), some.integers(1, 600))
def test_working_more_never_lowers_ones_own_share(pot, several, index, more):
    index %= len(several)
    busier = [*several]
    busier[index] += more
    assert split(pot, busier)[index] >= split(pot, several)[index]


def test_ties_are_broken_by_position_so_the_order_of_keys_decides():
    assert split(100, [1, 1, 1]) == [34, 33, 33]


@pytest.mark.parametrize(("pot", "several"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0])])
def test_a_pot_that_cannot_be_shared_is_an_error(pot, several):
    with pytest.raises(ValueError):
        split(pot, several)


def test_nothing_between_nobody_is_nothing():
    assert split(0, [0, 0]) == [0, 0]


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68")],
)
def test_it_rounds_half_up(exact, rounded):
    assert cents(Decimal(exact)) == Decimal(rounded)


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        cents(2.675)  # type: ignore[arg-type]


def test_an_amount_finer_than_a_cent_has_no_cents():
    with pytest.raises(ValueError):
        to_cents(Decimal("0.001"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("5991.6", "5 991,60 €"),
        ("0", "0,00 €"),
        ("-2536.4", "− 2 536,40 €"),
        ("1234567.89", "1 234 567,89 €"),
    ],
)
def test_it_writes_euros_as_french_people_do(amount, text):
    assert euros(Decimal(amount)).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50", "1234.50"), ("1234.5", "1234.50"), ("12 €", "12.00"), (" 0,05 ", "0.05"), ("-3", "-3.00"),
        ("1\u202f000", "1000.00"), ("10,000", "10.00"),
    ],
)  # fmt: skip
def test_it_reads_what_people_type(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "douze", "1,234,5", "NaN", "1e3", "0,001", "--1", "inf", "123456789", "１２"]
)
def test_it_does_not_guess(typed):
    assert parse_amount(typed) is None
