"""Double entry: whatever a pay holds, its entries balance to the cent, or are refused."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll.rules.accounts import PLAN, wrong_number
from payroll.rules.booking import (
    LineAmount,
    Posting,
    SlipAmounts,
    UnbalancedEntry,
    dues,
    entry,
    payment_postings,
    reduction_parts,
    rounding_postings,
    slip_postings,
)
from payroll.rules.declared import BookedLine, declared_lines, gaps

DAY = dt.date(2026, 11, 30)
TOP = Decimal("0.3981")
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
cents = st.integers(-500_000, 500_000).map(lambda n: Decimal(n).scaleb(-2))
CODES = [
    ("ee_old_age_capped", "ee"), ("ee_agirc_arrco_t1", "ee"), ("ee_crds", "ee"),
    ("ee_health_cover", "ee"), ("er_health", "er"), ("er_agirc_arrco_t1", "er"), ("er_peec", "er"),
    ("er_health_cover", "er"), ("rgdu", "er"),
]  # fmt: skip
line_sets = st.lists(st.sampled_from(CODES), unique=True).flatmap(
    lambda codes: st.tuples(*(st.tuples(st.just(code), cents) for code in codes))
)


def booked(postings):
    return entry(
        journal="PAI", number="1", on=DAY, piece="1", piece_on=DAY, label="x", postings=postings
    )


def slip(lines=(), *, is_cape=False, gross="0", tax="0", net=None, **more) -> SlipAmounts:
    """A slip whose net follows from its lines, unless `net` says otherwise."""
    stored = [LineAmount(code, side, amount) for (code, side), amount in lines]
    kept = sum((line.amount for line in stored if line.side == "ee"), Decimal(0))
    gross, tax = Decimal(gross), Decimal(tax)
    net_paid = gross - kept - tax if net is None else Decimal(net)
    return SlipAmounts(
        is_cape=is_cape, gross=gross, lines=stored, tax=tax, net_paid=net_paid,
        top_coefficient=TOP, **more,
    )  # fmt: skip


@SLOW
@given(line_sets, cents, cents, cents, cents, cents, st.booleans())
def test_every_slip_and_counter_slip_balances(lines, gross, tax, advances, kept, aside, is_cape):
    one = booked(
        slip_postings(
            slip(
                lines, gross=gross, tax=tax, advances=advances, deductions=kept, set_aside=aside,
                is_cape=is_cape,
            ),
            "P000001",
        )
    )  # fmt: skip
    assert sum(posting.amount for posting in one.postings) == 0
    employer = sum(amount for (_code, side), amount in lines if side == "er")
    class_six = sum(p.amount for p in one.postings if PLAN[p.role].number[0] == "6")
    assert class_six == gross + employer + aside
    assert all(posting.amount for posting in one.postings)


@SLOW
@given(line_sets, cents)
def test_a_slip_whose_net_is_a_cent_off_is_refused(lines, gross):
    right = slip(lines, gross=gross)
    wrong = slip(lines, gross=gross, net=right.net_paid + Decimal("0.01"))
    with pytest.raises(UnbalancedEntry, match="n’est pas équilibrée"):
        booked(slip_postings(wrong, "P000001"))


@SLOW
@given(line_sets)
def test_the_reduction_is_shared_without_losing_a_cent(lines):
    stored = [LineAmount(code, side, amount) for (code, side), amount in lines]
    parts = reduction_parts(stored, TOP)
    assert sum(parts.values()) == sum(line.amount for line in stored if line.code == "rgdu")
    assert sum(dues(stored, TOP).values()) == sum(line.amount for line in stored)


def test_at_most_six_points_of_the_reduction_go_to_the_retirement_fund():
    lines = [LineAmount("rgdu", "er", Decimal("-398.10")), LineAmount("er_cet", "er", Decimal("1"))]
    assert reduction_parts(lines, TOP) == {
        "urssaf": Decimal("-338.00"), "retirement": Decimal("-60.10"),
    }  # fmt: skip


def test_a_cape_has_no_retirement_fund_to_lighten():
    parts = reduction_parts([LineAmount("rgdu", "er", Decimal("-100.00"))], TOP)
    assert parts == {"urssaf": Decimal("-100.00"), "retirement": Decimal("0.00")}


def test_a_cape_is_booked_in_no_account_of_employment():
    one = booked(slip_postings(slip(is_cape=True, gross="300", advances=Decimal("20")), "P1"))
    numbers = {PLAN[posting.role].number for posting in one.postings}
    assert numbers == {"648100", "467100", "467200"}


def test_a_wage_is_booked_in_641_645_421_and_425():
    lines = [
        (("ee_old_age_capped", "ee"), Decimal("69.00")), (("er_health", "er"), Decimal("130.00")),
        (("rgdu", "er"), Decimal("-100.00")),
    ]  # fmt: skip
    one = booked(slip_postings(slip(lines, gross="1000", advances=Decimal("50")), "P1"))
    assert {PLAN[p.role].number: p.amount for p in one.postings} == {
        "641000": 1000, "645000": 130, "645900": -100, "431000": -99, "425000": -50, "421000": -881,
    }  # fmt: skip


@SLOW
@given(cents, st.booleans())
def test_a_payment_sent_back_cancels_the_payment(amount, is_cape):
    there = payment_postings(amount, "P1", is_cape=is_cape)
    back = payment_postings(-amount, "P1", is_cape=is_cape)
    assert booked([*there, *back]).postings == ()


@SLOW
@given(st.lists(st.tuples(st.sampled_from(["urssaf", "retirement"]), cents)))
def test_the_cents_of_rounding_balance(found):
    booked(rounding_postings(found))


def test_an_entry_a_cent_off_is_refused():
    with pytest.raises(UnbalancedEntry):
        booked([Posting("bank", Decimal("0.01"))])


bases = st.lists(st.integers(0, 400_000), min_size=1, max_size=20)


@SLOW
@given(bases, st.sampled_from(["6.90", "0.40", "0.016", "13"]))
def test_the_difference_of_rounding_is_what_the_total_base_does_not_give(amounts, rate):
    lines = [
        BookedLine(
            "er_health", "er", "Maladie", "health", Decimal(n).scaleb(-2), Decimal(rate),
            (Decimal(n).scaleb(-2) * Decimal(rate) / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
        )
        for n in amounts
    ]  # fmt: skip
    (line,) = declared_lines(lines)
    assert line.amount == sum(x.amount for x in lines)
    assert abs(line.declared - Decimal(sum(amounts)) / 100 * Decimal(rate) / 100) <= Decimal(
        "0.005"
    )
    assert abs(line.gap) <= Decimal("0.005") * (len(lines) + 1)
    assert sum(gap for _organism, gap in gaps([line])) == line.gap
    # A correction is declared line by line: the difference booked at first does not move.
    (after,) = declared_lines(lines, lines[:1])
    assert after.gap == line.gap and after.base == line.base + lines[0].base


def test_what_no_rate_gives_is_declared_as_it_is():
    relief = BookedLine(
        "rgdu", "er", "Réduction", "relief", Decimal("1000"), Decimal("31.5"), Decimal("-315.01")
    )
    (line,) = declared_lines([relief])
    assert (line.base, line.rate, line.declared, line.gap) == (None, None, Decimal("-315.01"), 0)


@pytest.mark.parametrize("role", PLAN)
def test_every_default_account_suits_its_role(role):
    assert wrong_number(role, PLAN[role].number) == ""


def test_no_two_roles_share_a_default_account():
    assert len({account.number for account in PLAN.values()}) == len(PLAN)
