"""What holds for any payment, tried on generated ones (tests.examples says how many)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross, solve_hours
from payroll.engine.types import CAPE, EMPLOYEE, PayInput, Slip, Ytd
from payroll.rules.sharing import shares_in_cents
from tests.examples import tried
from tests.payroll.engine import oracle

D = Decimal
CENT = D("0.01")
CAPE_WITH_RELIEF = replace(CAPE, code="cape-rgdu", rgdu=True, tdelta_override=D("0.3180"))


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
    if slip:
        one_cent_more = paid(replace(inp, gross=slip.gross + CENT), ytd)
        assert slip.total_employer_cost <= share < one_cent_more.total_employer_cost


def reduction_due(inp: PayInput, gross: Decimal, smic: Decimal) -> Decimal:
    """The law's formula on the whole year, coefficient from the second opinion."""
    if not inp.profile.rgdu:
        return D(0)
    t_delta = inp.profile.tdelta_override or D("0.3821" if inp.headcount >= 50 else "0.3781")
    # The engine keeps ten decimals of each month's SMIC; the law's is exact.
    smic = smic.quantize(D("1E-8"))
    coefficient = oracle.reduction_coefficient(Fraction(gross), Fraction(smic), Fraction(t_delta))
    return (gross * int(coefficient * 10_000) / 10_000).quantize(CENT, "ROUND_HALF_UP")


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
    assert sum(slip.rgdu for slip in slips) == reduction_due(inp, total, ytd.smic_amount)
    assert ytd.net_taxable == sum(slip.net_taxable for slip in slips)
    assert ytd.pas == sum(slip.pas_amount for slip in slips)


@st.composite
def runs(draw: st.DrawFn) -> list[tuple[int, dict[int, int]]]:
    """Up to four months of one cohort: the pot in cents, minutes by person."""
    people = range(1, draw(st.integers(1, 15)) + 1)
    worked = st.one_of(st.just(0), st.integers(1, 9000))
    return [
        (draw(st.integers(1, 4_000_000)), {person: draw(worked) for person in people})
        for _ in range(draw(st.integers(1, 4)))
    ]


@tried
@given(runs(), st.sampled_from(["equal", "hours", "half"]), payments())
def test_whole_runs_give_back_their_envelopes_to_the_cent(months, kind, inp):
    kept: dict[int, Decimal] = {}
    used: dict[int, Ytd] = {}
    costs = D(0)
    for pot, minutes in months:
        assume(any(minutes.values()))
        parts = shares_in_cents(kind, pot, minutes)
        assert sum(parts.values()) == pot
        for person, cents in parts.items():
            share = cents * CENT + kept.get(person, D(0))
            hours = max(minutes[person], 60) * CENT
            slip, kept[person] = solve_gross(
                share,
                replace(inp, hours=hours),
                used.get(person, Ytd.empty()),
                load_params(inp.month),
            )
            cost = slip.total_employer_cost if slip else D(0)
            assert cost + kept[person] == share
            assert kept[person] >= 0
            costs += cost
            if slip:
                used[person] = slip.ytd_after
    assert costs + sum(kept.values()) == sum(pot for pot, _ in months) * CENT


@tried
@given(
    hundredths(1, 300_000),
    st.sampled_from([D("12.31"), D("12.02"), D("14.57")]),
    payments(),
    years(),
)
def test_hours_that_follow_the_share_are_the_most_that_it_pays(share, rate, inp, ytd):
    inp = replace(inp, profile=EMPLOYEE)
    slip, hours, remainder = solve_hours(share, rate, inp, ytd, load_params(inp.month))
    assert (slip.total_employer_cost if slip else 0) + remainder == share
    assert remainder >= 0
    if slip:
        assert slip.gross == at_rate(hours, rate)
    else:
        assert not hours
    limit = (
        D("151.67")
        if inp.presence == 1
        else (inp.presence * 1820 / 12).quantize(CENT, "ROUND_FLOOR")
    )
    for more in (1, 2, 3, 7, 19, 50, 200, 1000):
        longer = hours + more * CENT
        if longer <= limit and at_rate(longer, rate):
            inp = replace(inp, hours=longer, gross=at_rate(longer, rate))
            assert paid(inp, ytd).total_employer_cost > share


def at_rate(hours: Decimal, rate: Decimal) -> Decimal:
    """A month from 151.6 hours is a whole one: 35 × 52 / 12 hours."""
    exact = rate * 1820 / 12 if hours >= D("151.6") else rate * hours
    return exact.quantize(CENT, "ROUND_HALF_UP")
