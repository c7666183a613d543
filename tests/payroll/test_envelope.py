"""The pot, from sales to what is shared."""

import datetime as dt
from decimal import Decimal

import pytest

from payroll.rules.envelope import EmptyPot, FeeTerms, envelope_of, fee_of, require_something
from payroll.rules.months import months_begun, presence, rank

D = Decimal
FEE = ("base", "rate", "fixed", "fixed_per", "waived_months")
COUNTS = ("people", "waived_people", "cohort_month")


def pot(**changes):
    asked = {
        "sales": D("9920.00"), "expenses": D("2536.40"), "reserve": D("400.00"), "idle": D("0.00"),
        "base": "sales", "rate": D("10"), "fixed": D("0.00"),
    } | changes  # fmt: skip
    terms = FeeTerms(**{name: asked.pop(name) for name in FEE if name in asked})
    counts = {name: asked.pop(name) for name in COUNTS if name in asked}
    fee = fee_of(sales=asked["sales"], expenses=asked["expenses"], terms=terms, **counts)
    return envelope_of(fee=fee, **asked)


def test_it_takes_expenses_the_part_of_the_host_and_the_reserve_from_paid_sales():
    assert pot().contribution == D("992.00")
    assert pot().amount == D("5991.60")


def test_it_reckons_the_part_of_the_host_on_the_margin_with_a_fixed_part():
    found = pot(base="margin", rate=D("13.5"), fixed=D("30.00"))
    assert found.contribution == D("1026.79")
    assert found.fee.by_rate + found.fee.by_fixed == found.contribution


def test_it_rounds_the_part_of_the_host_once_half_up():
    # 0.125 exactly: one rounding gives 0.13, two (rate, then fixed) would give 0.14.
    assert pot(sales=D("1.20"), rate=D("10"), fixed=D("0.005")).contribution == D("0.13")


def test_a_negative_margin_owes_no_rate():
    assert pot(sales=D("10.00"), expenses=D("30.00"), base="margin").contribution == D("0.00")


def test_a_fixed_part_by_person_counts_who_shares_less_who_is_exempted():
    """domain.md §3: 13.5 % of the margin and 30 € a month, waived for minimum-income holders."""
    asked = {"base": "margin", "rate": D("13.5"), "fixed": D("30.00"), "fixed_per": "person"}
    assert pot(**asked, people=13, waived_people=4).contribution == D("996.79") + 9 * D("30.00")
    assert pot(**asked, people=3, waived_people=4).contribution == D("996.79")


@pytest.mark.parametrize(("month", "fee"), [(1, "0.00"), (6, "0.00"), (7, "992.00")])
def test_the_first_months_of_a_cohort_may_owe_nothing(month, fee):
    found = pot(waived_months=6, fixed=D("0.00"), cohort_month=month)
    assert found.contribution == D(fee)
    assert found.amount == D("6983.60") - D(fee)


def test_a_waived_month_owes_no_fixed_part_either():
    assert pot(waived_months=1, fixed=D("30.00"), cohort_month=1).contribution == D("0.00")


def test_idle_months_come_out_of_the_pot():
    assert pot(idle=D("44.10")).amount == D("5947.50")


@pytest.mark.parametrize("reserve", ["5991.60", "6000.00"])
def test_it_refuses_a_pot_of_zero_or_less_with_its_figures(reserve):
    empty = pot(sales=D("10391.60"), rate=D("0"), reserve=D("7855.20") - D("5991.60") + D(reserve))
    with pytest.raises(EmptyPot, match="Il n’y a rien à partager"):
        require_something(empty)


def test_it_names_the_idle_months_when_they_empty_the_pot():
    with pytest.raises(EmptyPot, match="mois sans paie"):
        require_something(pot(idle=D("9000.00")))


def test_it_refuses_a_pot_without_sales_in_plain_words():
    with pytest.raises(EmptyPot, match="Aucune vente payée"):
        require_something(pot(sales=D("0.00"), expenses=D("0.00"), reserve=D("0.00")))


@pytest.mark.parametrize(
    "changes",
    [{"reserve": D("-1.00")}, {"idle": D("-1.00")}, {"base": "turnover"}, {"fixed_per": "week"}],
)
def test_it_refuses_what_cannot_be_true(changes):
    with pytest.raises(ValueError):
        pot(**changes)


# --- months under contract
def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("periods", "part"),
    [
        ([("2026-09-07", "2026-12-18")], "1.000000"),
        ([("2026-11-16", "2026-12-18")], "0.500000"),
        ([("2026-11-30", "2026-12-18")], "0.033333"),
        # Two contracts: the union of their days, an overlap once, a gap not at all.
        ([("2026-11-01", "2026-11-10"), ("2026-11-06", "2026-11-15")], "0.500000"),
        ([("2026-11-01", "2026-11-05"), ("2026-11-21", "2026-11-30")], "0.500000"),
        ([("2026-10-01", "2026-10-31")], "0.000000"),
        ([], "0.000000"),
    ],
)
def test_presence_is_the_union_of_the_days_under_contract(periods, part):
    spans = [(day(first), day(last)) for first, last in periods]
    assert presence(day("2026-11-01"), spans) == D(part)


def test_a_month_begun_counts_whole_and_never_the_month_paid():
    begun = months_begun([(day("2026-09-30"), day("2026-12-18"))], before=day("2026-11-01"))
    assert begun == [day("2026-09-01"), day("2026-10-01")]
    # Two contracts that meet in one month make one month.
    assert months_begun(
        [(day("2025-12-01"), day("2026-01-10")), (day("2026-01-11"), day("2026-01-31"))],
        before=day("2026-11-01"),
    ) == [day("2025-12-01"), day("2026-01-01")]


def test_the_months_of_a_cohort_are_counted_from_one():
    assert rank(day("2026-09-01"), day("2026-09-07")) == 1
    assert rank(day("2027-01-01"), day("2026-09-07")) == 5
