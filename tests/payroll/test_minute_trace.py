"""From a share to each hour and back to the net: every cent has its place, none has two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.rules.sharing import EQUAL, HALF, HOURS, parts_in_cents, shares_in_cents
from payroll.rules.trace import Worked, trace_minutes

KINDS = ("production", "meeting", "training", "committee")
cents = st.integers(0, 5_000_00)
entries = st.lists(
    st.builds(Worked, st.integers(1, 10**6), st.integers(1, 1440), st.sampled_from(KINDS)),
    max_size=12,
    unique_by=lambda one: one.key,
)


def worked(*minutes, kind="production"):
    return [Worked(number, one, kind) for number, one in enumerate(minutes, start=1)]


def test_each_hour_brings_its_minutes_worth_of_the_share_and_of_the_net():
    traced = trace_minutes(worked(600, 210), KINDS, equal=0, by_hours=410_42, carried=0, net=249_52)
    # 410.42 × 600/810 = 304.014…; the cent left over goes to the larger remainder.
    assert {key: part.share for key, part in traced.by_entry.items()} == {1: 304_01, 2: 106_41}
    assert {key: part.net for key, part in traced.by_entry.items()} == {1: 184_83, 2: 64_69}
    assert (traced.total.share, traced.total.net) == (410_42, 249_52)


def test_hours_that_the_rule_leaves_out_bring_nothing():
    both = [Worked(1, 300, "production"), Worked(2, 300, "meeting")]
    traced = trace_minutes(both, ["production"], equal=0, by_hours=100, carried=0, net=60)
    assert (traced.by_entry[1].share, traced.by_entry[1].net) == (100, 60)
    assert (traced.by_entry[2].share, traced.by_entry[2].net) == (0, 0)


def test_an_equal_share_comes_from_no_hour_in_particular():
    traced = trace_minutes(worked(600), KINDS, equal=410_42, by_hours=0, carried=0, net=249_52)
    assert (traced.by_entry[1].share, traced.by_entry[1].net) == (0, 0)
    assert (traced.equal.share, traced.equal.net) == (410_42, 249_52)


def test_kept_cents_have_a_line_of_their_own():
    traced = trace_minutes(worked(60), KINDS, equal=50, by_hours=47, carried=3, net=60)
    assert (traced.carried.share, traced.carried.net) == (3, 2)
    assert traced.total.share == 100


def test_without_a_slip_no_hour_has_a_net():
    traced = trace_minutes(worked(60), KINDS, equal=0, by_hours=2, carried=0, net=None)
    assert traced.by_entry[1].net is None
    assert traced.total.net is None


@pytest.mark.parametrize(
    "asked",
    [
        {"equal": -1, "by_hours": 10, "carried": 0, "net": 5},
        {"equal": 0, "by_hours": -10, "carried": 0, "net": 5},
        {"equal": 0, "by_hours": 10, "carried": -1, "net": 5},
        {"equal": 0, "by_hours": 10, "carried": 0, "net": -5},
        {"equal": 0, "by_hours": 0, "carried": 0, "net": 5},
    ],
)
def test_figures_that_cannot_be_are_refused(asked):
    with pytest.raises(ValueError):
        trace_minutes(worked(60), KINDS, **asked)


def test_hours_paid_without_a_counted_minute_are_refused():
    with pytest.raises(ValueError):
        trace_minutes(worked(60, kind="meeting"), ["production"], equal=0, by_hours=1, carried=0, net=1)  # fmt: skip


@given(entries, st.sets(st.sampled_from(KINDS)), cents, cents, cents, cents)
def test_the_parts_sum_to_the_share_and_to_the_net(rows, counted, equal, by_hours, carried, net):
    if not any(row.kind in counted for row in rows):
        by_hours = 0
    if equal + by_hours + carried == 0:
        net = 0
    traced = trace_minutes(rows, counted, equal=equal, by_hours=by_hours, carried=carried, net=net)
    parts = [*traced.by_entry.values(), traced.equal, traced.carried]
    assert sum(part.share for part in parts) == equal + by_hours + carried == traced.total.share
    assert sum(part.net for part in parts) == net == traced.total.net
    minutes = {row.key: row.minutes if row.kind in counted else 0 for row in rows}
    for one in rows:
        for other in rows:
            if minutes[one.key] < minutes[other.key]:
                assert traced.by_entry[one.key].share <= traced.by_entry[other.key].share


@given(
    st.sampled_from([EQUAL, HOURS, HALF]),
    st.integers(0, 10_000_00),
    st.dictionaries(st.integers(1, 50), st.integers(1, 9000), min_size=1, max_size=20),
)
def test_the_two_pieces_of_a_share_are_the_share(kind, pot, minutes):
    pieces = parts_in_cents(kind, pot, minutes)
    assert {key: sum(two) for key, two in pieces.items()} == shares_in_cents(kind, pot, minutes)
    assert kind != EQUAL or all(by_hours == 0 for _equal, by_hours in pieces.values())
    assert kind != HOURS or all(equal == 0 for equal, _by_hours in pieces.values())
