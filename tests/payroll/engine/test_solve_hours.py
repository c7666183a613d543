"""Hours that follow the share, at a given hourly rate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from payroll.engine.errors import BadInput
from payroll.engine.exact import cents
from payroll.engine.floor import is_below_minimum
from payroll.engine.solve import solve_hours
from payroll.engine.types import Ytd
from tests.payroll.engine.pay import cape, params, pay, slip_of, year_of

D = Decimal
SMIC = D("12.31")
CDD = pay(None, "0", contract="CDD")


def solve(share, inp=CDD, ytd=None, rate=SMIC):
    return solve_hours(D(share), rate, inp, ytd or Ytd.empty(), params(inp.month))


def most_hours_tried_all(share, inp, ytd, cap):
    """The oracle: every hundredth of an hour, whole slips, the largest that fits."""
    found = None
    for hundredth in range(1, int(cap * 100) + 1):
        hours = D(hundredth) / 100
        gross = (hours * SMIC).quantize(D("0.01"), "ROUND_HALF_UP")
        if slip_of(replace(inp, hours=hours, gross=gross), ytd).total_employer_cost <= D(share):
            found = hours
    return found


@pytest.mark.parametrize("share", ["60.00", "250.00", "400.00", "1234.56", "1900.00"])
def test_it_pays_at_least_the_smic_and_loses_no_cent(share):
    slip, hours, remainder = solve(share)
    assert slip.gross == (hours * SMIC).quantize(D("0.01"), "ROUND_HALF_UP")
    assert slip.total_employer_cost + remainder == D(share)
    assert 0 <= remainder < D("0.40")
    assert not is_below_minimum(replace(CDD, hours=hours, gross=slip.gross), params())


@pytest.mark.parametrize("earlier", [(), ("1900.00",), ("9000.00",), ("300.00", "5000.00")])
@pytest.mark.parametrize("share", ["3.00", "61.00", "150.00"])
def test_it_finds_what_trying_every_hour_finds(share, earlier):
    slips = year_of(
        *(
            pay(gross, "75.83", month=date(2026, 1 + place, 1), contract="CDD")
            for place, gross in enumerate(earlier)
        )
    )
    ytd = slips[-1].ytd_after if slips else Ytd.empty()
    inp = replace(CDD, presence=D("0.08"))
    _, hours, _ = solve(share, inp, ytd)
    assert (hours or None) == most_hours_tried_all(share, inp, ytd, D("12.13"))


def test_it_pays_fewer_hours_where_no_reduction_is_granted():
    without = replace(CDD, profile=replace(CDD.profile, code="plain", rgdu=False))
    slip, hours, remainder = solve("400.00", without)
    assert slip.rgdu == 0 and hours < solve("400.00")[1]
    assert slip.total_employer_cost + remainder == 400
    more = replace(without, hours=hours + D("0.01"), gross=cents((hours + D("0.01")) * SMIC))
    assert slip_of(more).total_employer_cost > 400


def test_it_stops_at_a_full_month_and_carries_the_rest():
    slip, hours, remainder = solve("5000.00")
    assert (hours, slip.gross) == (D("151.67"), D("1867.02"))
    assert remainder == 5000 - slip.total_employer_cost


def test_it_pays_nothing_for_nothing():
    assert solve("0") == (None, 0, 0)
    assert solve("0.01") == (None, 0, D("0.01"))


def test_it_carries_a_share_that_only_covers_the_health_part():
    covered = replace(CDD, health_cover=D("40"), health_cover_employer_share=D("50"))
    assert solve("20.00", covered) == (None, 0, 20)


@pytest.mark.parametrize("rate", [D(0), D("-12.31"), D("NaN"), 12.31])
def test_it_refuses_a_rate_that_is_none(rate):
    with pytest.raises(BadInput, match="taux horaire"):
        solve("400", rate=rate)


def test_it_refuses_a_profile_whose_hours_are_no_base():
    with pytest.raises(BadInput, match="ne sont pas une base"):
        solve("400", cape(None))
