"""What holds for any payment, tried on generated ones.

Two hundred examples here at most; `CT_EXAMPLES=100000` runs as many as asked for.
"""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross
from payroll.engine.types import CAPE, EMPLOYEE, PayInput, Slip, Ytd

D = Decimal
CENT = D("0.01")
CAPE_WITH_RELIEF = replace(CAPE, code="cape-rgdu", rgdu=True, tdelta_override=D("0.3180"))

tried = settings(
    max_examples=int(os.environ.get("CT_EXAMPLES", "200")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def hundredths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda number: number * CENT)


# Ordinary pay mostly, with the ceilings and the exit of the reduction within reach.
amounts = st.one_of(hundredths(0, 350_000), hundredths(0, 4_500_000))
shares = st.one_of(hundredths(0, 500_000), hundredths(0, 6_000_000))


@st.composite
def payments(draw: st.DrawFn) -> PayInput:
    return PayInput(
        month=date(2026, draw(st.integers(1, 12)), 1),
        gross=draw(amounts),
        hours=draw(hundredths(1, 15167)),
        presence=draw(st.sampled_from([D(1), D("0.5"), D(1) / D(3)])),
        headcount=draw(st.sampled_from([0, 10, 11, 49, 50, 300])),
        atmp_rate=draw(hundredths(0, 500)),
        mobility_rate=draw(hundredths(0, 320)),
        health_cover=draw(st.one_of(st.just(D(0)), hundredths(0, 12000))),
        health_cover_employer_share=draw(hundredths(5000, 10000)),
        contract=draw(st.sampled_from(["CDI", "CDD", "CESA", "CAPE"])),
        profile=draw(st.sampled_from([EMPLOYEE, CAPE, CAPE_WITH_RELIEF])),
        pas_rate=draw(st.one_of(st.none(), hundredths(0, 4300))),
    )


def paid(inp: PayInput, ytd: Ytd) -> Slip:
    return compute(inp, ytd, load_params(inp.month))


@st.composite
def years(draw: st.DrawFn) -> Ytd:
    """What up to three earlier months, very uneven at times, have used."""
    ytd = Ytd.empty()
    inp = draw(payments())
    for _ in range(draw(st.integers(0, 3))):
        inp = replace(inp, gross=draw(amounts), hours=draw(hundredths(1, 15167)))
        ytd = paid(inp, ytd).ytd_after
    return ytd


def bisected(share: Decimal, inp: PayInput, ytd: Ytd) -> Decimal | None:
    """The plain oracle: whole slips, no guess, halving between nothing and too much."""

    def cost(gross: int) -> Decimal:
        return paid(replace(inp, gross=gross * CENT), ytd).total_employer_cost

    if not share or cost(1) > share:
        return None
    low, high = 1, 2
    while cost(high) <= share:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if cost(middle) <= share else (low, middle)
    return low * CENT


@tried
@given(payments(), years())
def test_its_totals_are_the_sums_of_its_lines(inp, ytd):
    slip = paid(inp, ytd)
    ee = sum(line.amount for line in slip.lines if line.side == "ee")
    er = sum(line.amount for line in slip.lines if line.side == "er")
    assert slip.ee_total == ee
    assert slip.er_total_net_of_rgdu == er == slip.er_total - slip.rgdu
    assert slip.total_employer_cost == slip.gross + er
    assert slip.net_before_tax == slip.net_social == slip.gross - ee
    assert slip.net_paid == slip.net_before_tax - slip.pas_amount
    for line in slip.lines:
        assert line.amount == line.amount.quantize(CENT)


@tried
@given(payments(), years())
def test_its_net_taxable_adds_back_what_is_not_deductible(inp, ytd):
    slip = paid(inp, ytd)
    by_code = {line.code: line.amount for line in slip.lines}
    added = ("ee_csg_non_deductible", "ee_crds", "er_health_cover")
    assert slip.net_taxable == slip.net_before_tax + sum(by_code.get(code, 0) for code in added)


@tried
@given(payments(), years(), st.integers(1, 4_000))
def test_its_cost_never_falls_when_the_gross_rises_by_cents(inp, ytd, cents):
    costs = [
        paid(replace(inp, gross=inp.gross + step * CENT), ytd).total_employer_cost
        for step in (0, 1, 2, cents)
    ]
    assert costs == sorted(costs[:3]) + costs[3:]
    assert cents < 3 or costs[2] <= costs[3]


@tried
@given(payments(), years())
def test_it_gives_the_same_slip_to_the_same_input(inp, ytd):
    assert repr(paid(inp, ytd)) == repr(paid(replace(inp), replace(ytd)))


@tried
@given(shares, payments(), years())
def test_it_finds_the_largest_gross_and_loses_no_cent(share, inp, ytd):
    slip, remainder = solve_gross(share, replace(inp, gross=None), ytd, load_params(inp.month))
    assert slip is None or slip.total_employer_cost <= share
    assert (slip.total_employer_cost if slip else 0) + remainder == share
    assert (slip.gross if slip else None) == bisected(share, inp, ytd)


@tried
@given(st.lists(st.tuples(amounts, hundredths(1, 15167)), min_size=2, max_size=6), payments())
def test_its_months_add_up_to_the_formula_of_the_year(months, inp):
    ytd = Ytd.empty()
    slips = []
    for gross, hours in months:
        slips.append(paid(replace(inp, gross=gross, hours=hours), ytd))
        ytd = slips[-1].ytd_after
    total = sum(gross for gross, _ in months)
    assert ytd.gross == total
    assert ytd.capped == ytd.t1 == min(total, ytd.pss)
    assert ytd.t2 == max(min(total, 8 * ytd.pss) - ytd.pss, 0)
    assert ytd.capped4 == min(total, 4 * ytd.pss)
    assert ytd.cet == (ytd.t1 + ytd.t2 if total > ytd.pss else 0)
    last = next((line for line in slips[-1].lines if line.code == "rgdu"), None)
    due = (total * last.rate / 100).quantize(CENT, "ROUND_HALF_UP") if last else 0
    assert sum(slip.rgdu for slip in slips) == due
    assert ytd.net_taxable == sum(slip.net_taxable for slip in slips)
    assert ytd.pas == sum(slip.pas_amount for slip in slips)


@tried
@given(st.lists(hundredths(0, 200_000), min_size=1, max_size=8), payments())
def test_it_gives_back_the_whole_envelope(parts, inp):
    params = load_params(inp.month)
    results = [solve_gross(share, inp, Ytd.empty(), params) for share in parts]
    paid_out = sum(slip.total_employer_cost for slip, _ in results if slip)
    assert paid_out + sum(remainder for _, remainder in results) == sum(parts)
