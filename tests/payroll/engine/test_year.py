"""Progressive regularisation: what a month owes depends on the months before."""

from datetime import date
from decimal import Decimal

from payroll.engine.types import Ytd
from tests.payroll.engine.pay import amounts, pay, slip_of, year_of

D = Decimal


def months(*grosses, hours="151.67", first=1, **changes):
    return [
        pay(gross, hours, month=date(2026, first + place, 1), **changes)
        for place, gross in enumerate(grosses)
    ]


def test_it_takes_back_in_december_the_reduction_of_a_year_that_ends_high():
    slips = year_of(*months(*["1823.03"] * 11, "4500.00"))
    assert sum(slip.rgdu for slip in slips[:11]) == D("7983.23")
    assert slips[-1].rgdu == D("-700.71")
    assert sum(slip.rgdu for slip in slips) == D("7282.52")
    assert amounts(slips[-1])["rgdu"] == D("700.71")
    assert sum(slip_of(inp).rgdu for inp in months(*["1823.03"] * 11, "4500.00")) == D("8107.90")


def test_it_spreads_the_reduction_of_uneven_part_time_months():
    inputs = months("450.00", "1200.00", "1900.00", hours="75.83")
    assert [slip.rgdu for slip in year_of(*inputs)] == [D("179.15"), D("477.72"), D("54.91")]
    assert [slip_of(inp).rgdu for inp in inputs] == [D("179.15"), D("231.36"), D("88.54")]


def test_it_regularises_the_ceiling_of_a_low_month_followed_by_a_high_one():
    low, high = year_of(*months("3000.00", "5000.00"))
    # 8,000 over two ceilings of 8,010: nothing is above, all is capped, no CET.
    assert amounts(high)["ee_old_age_capped"] == D("345.00")
    assert "ee_cet" not in amounts(high)
    assert low.ytd_after.capped + 5000 == high.ytd_after.capped


def test_it_repays_the_second_bracket_and_cet_when_the_year_falls_under_the_ceiling():
    high, low = year_of(*months("5000.00", "3000.00"))
    assert amounts(high)["ee_ceg_t2"] == D("10.75")
    assert amounts(low)["ee_ceg_t2"] == D("-10.75")
    assert amounts(low)["ee_cet"] == -amounts(high)["ee_cet"]
    assert amounts(low)["ee_old_age_capped"] == D("275.66")


def test_it_regularises_a_month_without_pay():
    high, idle = year_of(*months("5000.00", "0.00"))
    assert amounts(idle)["ee_old_age_capped"] == D("68.66")
    assert idle.net_before_tax < 0
    assert idle.rgdu > 0 and idle.ytd_after.gross == 5000
    assert high.ytd_after.pss * 2 == idle.ytd_after.pss


def test_it_counts_an_entry_and_an_exit_in_mid_month():
    entry = pay("1200.00", "100", month=date(2026, 3, 1), presence=D("0.5"))
    whole = pay("1823.03", month=date(2026, 4, 1))
    leave = pay("600.00", "50", month=date(2026, 5, 1), presence=D("0.25"))
    slips = year_of(entry, whole, leave)
    assert [slip.pss for slip in slips] == [D("2002.5"), 4005, D("1001.25")]
    assert slips[-1].ytd_after.smic_amount == sum(
        (slip_of(inp).ytd_after.smic_amount for inp in (entry, whole, leave)), D(0)
    )


def test_it_starts_again_from_nothing_for_a_renewed_contract():
    first = year_of(*months("1823.03", "1823.03", contract="CDD"))
    renewed = slip_of(pay("4500.00", month=date(2026, 3, 1), contract="CDD"), Ytd.empty())
    same = slip_of(pay("4500.00", month=date(2026, 3, 1), contract="CDD"), first[-1].ytd_after)
    assert renewed.rgdu != same.rgdu
    assert renewed.rgdu == slip_of(pay("4500.00", contract="CDD")).rgdu
