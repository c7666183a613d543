"""From a share to a gross."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from payroll.engine.errors import BadInput, OutOfScope
from payroll.engine.solve import largest_fitting, solve_gross
from payroll.engine.types import CAPE, Ytd
from tests.payroll.engine.pay import JUNE, cape, params, pay, slip_of, year_of

D = Decimal


def solve(share, inp, ytd=None):
    return solve_gross(D(share), inp, ytd or Ytd.empty(), params(inp.month))


@pytest.mark.parametrize(
    ("share", "hours", "gross", "cost", "remainder", "rgdu", "net", "taxable"),
    [
        ("250.00", "20", "241.57", "249.98", "0.02", "95.01", "191.21", "198.10"),
        ("400.00", "30", "374.87", "399.99", "0.01", "135.37", "296.74", "307.42"),
        ("640.00", "48.50", "602.67", "639.97", "0.03", "220.76", "477.09", "494.26"),
        ("1000.00", "75.83", "941.97", "999.96", "0.04", "345.33", "745.66", "772.50"),
        ("1900.00", "151.67", "1834.04", "1900.00", "0.00", "719.31", "1451.82", "1504.08"),
    ],
)
@pytest.mark.parametrize("month", [JUNE, date(2026, 12, 1)])
def test_it_finds_the_known_gross_of_a_share(
    share, hours, gross, cost, remainder, rgdu, net, taxable, month
):
    slip, left = solve(share, pay(None, hours, month=month))
    assert (slip.gross, slip.total_employer_cost, left) == (D(gross), D(cost), D(remainder))
    assert (slip.rgdu, slip.net_before_tax, slip.net_taxable) == (D(rgdu), D(net), D(taxable))


_LIGHT = replace(
    CAPE,
    code="cape-light",
    disabled_lines=CAPE.disabled_lines
    | {
        *("er_ags", "er_dialogue", "er_training"),
        *("er_apprenticeship_main", "er_apprenticeship_balance"),
    },
)
_WITH_RELIEF = replace(CAPE, code="cape-rgdu", rgdu=True, tdelta_override=D("0.3180"))


@pytest.mark.parametrize(
    ("profile", "results"),
    [
        (CAPE, ("292.38 243.18", "730.96 607.93", "1388.83 1155.08")),
        (_LIGHT, ("296.60 246.67", "741.51 616.72", "1408.86 1171.74")),
        (_WITH_RELIEF, ("376.07 312.77", "944.54 785.58", "1834.94 1526.12")),
    ],
)
def test_it_compares_the_profiles_a_cape_may_have(profile, results):
    shares = (("400", "30"), ("1000", "75.83"), ("1900", "151.67"))
    for (share, hours), expected in zip(shares, results, strict=True):
        slip, _ = solve(share, cape(None, hours, profile=profile))
        assert f"{slip.gross} {slip.net_before_tax}" == expected


def test_it_searches_above_the_share_when_the_year_repays_a_reduction():
    ytd = year_of(pay("1900.00", "75.83"))[-1].ytd_after
    after = pay(None, "75.83", month=date(2026, 7, 1))
    slip, _ = solve("250.67", after, ytd)
    assert slip.gross >= 450
    known = slip_of(replace(after, gross=D("450.00")), ytd)
    assert (known.rgdu, known.total_employer_cost) == (D("392.04"), D("250.67"))


def test_it_ignores_the_gross_it_is_given():
    assert solve("400", pay("1.00", "30")) == solve("400", pay(None, "30"))


def test_it_pays_nothing_for_nothing():
    assert solve("0", pay(None, "0")) == (None, 0)
    assert solve("0.00", pay(None, "30")) == (None, 0)


@pytest.mark.parametrize("share", ["0.01", "19.99", "20.00", "20.01", "21.60"])
def test_it_carries_a_share_that_only_covers_the_health_part(share):
    # 20.00 of cover and 1.60 of forfait social come before the first cent of gross.
    cover = {"health_cover": D("40"), "health_cover_employer_share": D("50")}
    assert solve(share, pay(None, "30", **cover)) == (None, D(share))


def test_it_pays_the_first_cent_it_can():
    cover = {"health_cover": D("40"), "health_cover_employer_share": D("50")}
    slip, left = solve("21.61", pay(None, "30", **cover))
    assert slip.gross > 0
    assert slip.total_employer_cost + left == D("21.61")


@pytest.mark.parametrize("share", ["-0.01", "10.001", "NaN", "Infinity", "99999999999"])
def test_it_refuses_a_share_that_is_no_amount(share):
    with pytest.raises(BadInput, match="La part"):
        solve(share, pay(None, "30"))


def test_it_refuses_a_float_share():
    with pytest.raises(BadInput, match="décimal exact"):
        solve_gross(400.0, pay(None, "30"), Ytd.empty(), params())


def test_it_refuses_a_share_for_a_wage_without_hours():
    with pytest.raises(BadInput, match="sans aucune heure"):
        solve("400", pay(None, "0"))


def test_it_refuses_what_compute_refuses():
    with pytest.raises(OutOfScope):
        solve("400", pay(None, "152"))


@pytest.mark.parametrize("guess", [1, 2, 40, 41, 42, 43, 99, 100_000])
@pytest.mark.parametrize("answer", [1, 2, 41, 42, 1000])
def test_it_finds_the_last_that_fits_from_any_guess(answer, guess):
    assert largest_fitting(lambda number: number <= answer, guess) == answer
