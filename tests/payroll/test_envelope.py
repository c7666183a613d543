"""The pot, from sales to what is shared."""

from decimal import Decimal

import pytest

from payroll.rules.envelope import EmptyPot, envelope_of, require_something

D = Decimal


def pot(**changes):
    asked = {
        "sales": D("9920.00"), "expenses": D("2536.40"), "reserve": D("400.00"),
        "base": "sales", "rate": D("10"), "fixed": D("0.00"),
    }  # fmt: skip
    return envelope_of(**asked | changes)


def test_it_takes_expenses_the_part_of_the_host_and_the_reserve_from_paid_sales():
    assert pot().contribution == D("992.00")
    assert pot().amount == D("5991.60")


def test_it_reckons_the_part_of_the_host_on_the_margin_with_a_fixed_part():
    assert pot(base="margin", rate=D("13.5"), fixed=D("30.00")).contribution == D("1026.79")


def test_it_rounds_the_part_of_the_host_once_half_up():
    # 0.125 exactly: one rounding gives 0.13, two (rate, then fixed) would give 0.14.
    assert pot(sales=D("1.20"), rate=D("10"), fixed=D("0.005")).contribution == D("0.13")


def test_a_negative_margin_owes_no_rate():
    assert pot(sales=D("10.00"), expenses=D("30.00"), base="margin").contribution == D("0.00")


@pytest.mark.parametrize("reserve", ["5991.60", "6000.00"])
def test_it_refuses_a_pot_of_zero_or_less_with_its_figures(reserve):
    empty = pot(sales=D("10391.60"), rate=D("0"), reserve=D("7855.20") - D("5991.60") + D(reserve))
    with pytest.raises(EmptyPot, match="Il n’y a rien à partager"):
        require_something(empty)


def test_it_refuses_a_pot_without_sales_in_plain_words():
    with pytest.raises(EmptyPot, match="Aucune vente payée"):
        require_something(pot(sales=D("0.00"), expenses=D("0.00"), reserve=D("0.00")))


def test_it_refuses_a_negative_reserve_and_an_unknown_base():
    with pytest.raises(ValueError, match="reserve"):
        pot(reserve=D("-1.00"))
    with pytest.raises(ValueError, match="base"):
        pot(base="turnover")
