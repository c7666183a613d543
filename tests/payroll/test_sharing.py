"""A pot cut three ways. Σ parts = pot, always; nothing depends on how people are listed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.rules.sharing import (
    NobodyToShareWith,
    NoHoursToShareBy,
    counted_minutes,
    shares_in_cents,
)
from tests.examples import tried

# Fifteen people, 618 h 30, a pot of 5 991,60 €: the hand-checked month of the reference screens.
MONTH = dict(
    enumerate(
        [2610, 3120, 2850, 2295, 1980, 3240, 2160, 3330, 2745, 1260, 2430, 1845, 2925, 2700, 1620],
        start=1,
    )
)
POT = 599_160

keys_and_minutes = st.dictionaries(
    st.integers(1, 10_000), st.integers(0, 40_000), min_size=1, max_size=20
)
pots = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("kind", "first", "second", "smallest"),
    [("equal", 39944, 39944, 39944), ("hours", 42140, 50374, 20343), ("half", 41042, 45159, 30144)],
)
def test_it_gives_the_hand_checked_parts_of_october(kind, first, second, smallest):
    parts = shares_in_cents(kind, POT, MONTH)
    assert (parts[1], parts[2], parts[10]) == (first, second, smallest)
    assert sum(parts.values()) == POT


def test_the_odd_cent_of_an_odd_pot_goes_to_the_equal_half():
    assert shares_in_cents("half", 1, {7: 60, 8: 0}) == {7: 1, 8: 0}
    assert shares_in_cents("half", 3, {7: 0, 8: 60}) == {7: 1, 8: 2}


def test_leftover_cents_go_to_the_smallest_ids_when_remainders_tie():
    assert shares_in_cents("equal", 100, {9: 0, 4: 0, 6: 0}) == {4: 34, 6: 33, 9: 33}


def test_who_has_no_counted_minute_takes_part_in_equal_shares_only():
    assert shares_in_cents("equal", 1000, {1: 0, 2: 600})[1] == 500
    assert shares_in_cents("hours", 1000, {1: 0, 2: 600})[1] == 0
    assert shares_in_cents("half", 1000, {1: 0, 2: 600}) == {1: 250, 2: 750}


@pytest.mark.parametrize("kind", ["hours", "half"])
def test_hours_cannot_share_a_pot_when_nobody_worked(kind):
    with pytest.raises(NoHoursToShareBy, match="Aucune heure"):
        shares_in_cents(kind, 1000, {1: 0, 2: 0})


def test_an_empty_pot_gives_nothing_to_everybody_even_without_hours():
    assert shares_in_cents("half", 0, {1: 0, 2: 0}) == {1: 0, 2: 0}


def test_a_pot_without_people_is_refused():
    with pytest.raises(NobodyToShareWith):
        shares_in_cents("equal", 1000, {})


@pytest.mark.parametrize(("pot", "minutes"), [(-1, {1: 60}), (100, {1: -60})])
def test_negative_pots_and_minutes_are_errors(pot, minutes):
    with pytest.raises(ValueError, match="negative"):
        shares_in_cents("hours", pot, minutes)


def test_an_unknown_rule_is_an_error():
    with pytest.raises(ValueError, match="unknown"):
        shares_in_cents("lottery", 100, {1: 60})


@tried
@given(st.sampled_from(["equal", "hours", "half"]), pots, keys_and_minutes)
def test_not_a_cent_is_lost_and_listing_order_changes_nothing(kind, pot, minutes):
    if kind != "equal" and pot and not any(minutes.values()):
        return
    parts = shares_in_cents(kind, pot, minutes)
    assert sum(parts.values()) == pot
    assert set(parts) == set(minutes)
    assert min(parts.values()) >= 0
    assert parts == shares_in_cents(kind, pot, dict(reversed(minutes.items())))


@tried
@given(pots, keys_and_minutes)
def test_who_worked_more_never_gets_less(pot, minutes):
    if not any(minutes.values()):
        return
    parts = shares_in_cents("hours", pot, minutes)
    for one, worked in minutes.items():
        for other, other_worked in minutes.items():
            if worked > other_worked:
                assert parts[one] >= parts[other]


@tried
@given(st.sampled_from(["hours", "half"]), pots, keys_and_minutes, st.data())
def test_ones_own_extra_hours_never_lower_ones_own_share(kind, pot, minutes, data):
    if not any(minutes.values()):
        return
    one = data.draw(st.sampled_from(sorted(minutes)))
    busier = minutes | {one: minutes[one] + data.draw(st.integers(1, 6000))}
    assert shares_in_cents(kind, pot, busier)[one] >= shares_in_cents(kind, pot, minutes)[one]


@tried
@given(pots, keys_and_minutes)
def test_a_share_by_hours_is_the_exact_one_to_less_than_a_cent(pot, minutes):
    if not any(minutes.values()):
        return
    worked = sum(minutes.values())
    for key, part in shares_in_cents("hours", pot, minutes).items():
        assert abs(part - Fraction(pot * minutes[key], worked)) < 1
        assert minutes[key] or not part


def test_only_the_chosen_kinds_of_hours_count():
    by_kind = {1: {"production": 120, "meeting": 60}, 2: {"training": 90}}
    assert counted_minutes(by_kind, ["production"]) == {1: 120, 2: 0}
    assert counted_minutes(by_kind, ["production", "meeting", "training"]) == {1: 180, 2: 90}
