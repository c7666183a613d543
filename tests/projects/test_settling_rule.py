"""The settlement rule: exact parts, nothing lost, whatever the order of the payments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.settling import Standing, paid_part, steps
from tests.examples import tried

rows_of = st.dictionaries(
    st.integers(0, 6), st.integers(-5_000, 1_000_000).filter(bool), min_size=1, max_size=7
)


def pay(state, received, total):
    for step in steps(state, received=received, total=total):
        before = state[step.key]
        state[step.key] = Standing(step.key, before.paid + step.moved, step.left)


def fresh(rows):
    return {key: Standing(key, 0, amount) for key, amount in rows.items()}


@pytest.mark.parametrize(
    ("whole", "received", "total", "part"),
    [
        (10_000, 0, 12_000, 0),
        (10_000, 6_000, 12_000, 5_000),
        (10_000, 1, 12_000, 0),
        (10_001, 11_999, 12_000, 10_000),
        (10_001, 12_000, 12_000, 10_001),
        (-500, 6_000, 12_000, -250),
        (-501, 6_000, 12_000, -250),
        (33, 1, 3, 11),
        (700, 0, 0, 700),  # an invoice of nothing is paid as soon as it is issued
    ],
)
def test_a_row_is_paid_by_its_exact_part(whole, received, total, part):
    assert paid_part(whole, received=received, total=total) == part


@pytest.mark.parametrize(("received", "total"), [(-1, 10), (11, 10)])
def test_money_beyond_the_invoice_is_a_mistake(received, total):
    with pytest.raises(ValueError, match="outside"):
        paid_part(100, received=received, total=total)


@tried
@given(rows_of, st.lists(st.integers(1, 400_000), min_size=1, max_size=6))
def test_rows_keep_their_sum_and_the_last_payment_pays_everything(rows, amounts):
    total = sum(amounts)
    state, received = fresh(rows), 0
    for amount in amounts:
        received += amount
        pay(state, received, total)
        for key, whole in rows.items():
            assert state[key].whole == whole
            assert state[key].paid == paid_part(whole, received=received, total=total)
            assert abs(state[key].paid) <= abs(whole)
    assert all(one.unpaid == 0 for one in state.values())


@tried
@given(rows_of, st.lists(st.integers(1, 400_000), min_size=2, max_size=6), st.randoms())
def test_the_order_of_payments_is_irrelevant(rows, amounts, random):
    total = sum(amounts) + 7
    shuffled = list(amounts)
    random.shuffle(shuffled)
    ends = []
    for order in (amounts, shuffled):
        state, received = fresh(rows), 0
        for amount in order:
            received += amount
            pay(state, received, total)
        ends.append(state)
    assert ends[0] == ends[1]


@tried
@given(rows_of, st.integers(1, 400_000), st.integers(1, 400_000))
def test_a_reversed_payment_leaves_no_trace_in_what_is_paid(rows, first, second):
    total = first + second
    state = fresh(rows)
    pay(state, first, total)
    before = dict(state)
    pay(state, total, total)
    pay(state, first, total)
    assert state == before


@tried
@given(rows_of, st.integers(1, 400_000))
def test_a_credit_note_mirrors_its_invoice(rows, total):
    received = total // 2
    for whole in rows.values():
        there = paid_part(whole, received=received, total=total)
        assert paid_part(-whole, received=received, total=total) == -there
