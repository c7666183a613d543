"""No count too small to be known comes back from a whole history of reports, by brute force.

`CT_EXAMPLES=1000 ./run test -m properties` tries as many histories as asked for; bench/disclosure.py too.
"""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.disclosure import HOUSE, Measure, Past, Table, Thresholds, release
from tests.examples import tried
from tests.reports.attacker import Attack, hours_of_few, some_hours, some_world

# Small limits leave few people behind a hole: an attacker has far less to try.
FEW = Thresholds(total=3, breakdown=4, amount=4)
seeds = st.integers(0, 2**32)


@tried
@given(seeds)
def test_no_small_count_is_recovered_from_a_history(seed):
    dice = random.Random(seed)
    for rules, most_people in ((HOUSE, 45), (FEW, 16)):
        reports = dice.randint(1, 4)
        world = some_world(dice, reports, most_people)
        assert Attack(rules, reports).recovered(world) == {}, world


@pytest.mark.parametrize(("reports", "people"), [(1, 9), (2, 8), (3, 5)])
def test_no_small_count_is_recovered_in_any_small_world(reports, people):
    """Nothing is drawn by lot: every history of so many people, and all that look alike."""
    assert list(Attack(FEW, reports).recovered_everywhere(people)) == []


def test_the_attack_is_not_blind():
    """With a limit of two, a change that is hidden is a change of one: no real limit may be so low."""
    told = list(Attack(Thresholds(total=2, breakdown=3, amount=3), 2).recovered_everywhere(6))
    assert {target[0] for _world, target, _value in told} == {"moved"}


@tried
@given(seeds)
@example(331)  # a hole filled by the reports around it
def test_no_hours_of_few_people_are_recovered_from_a_history(seed):
    columns = some_hours(random.Random(seed))
    for rules in (HOUSE, Thresholds(total=3, breakdown=5, amount=5)):
        assert hours_of_few(columns, rules) == []


def test_a_hole_is_not_filled_by_the_report_before_and_the_report_after():
    """Production and meeting stay as they were: the total of the second report would be training's."""
    all_ = dict.fromkeys(range(15), 600)

    def table(training: int) -> Table:
        few = {person: 60 + training * (person < 6) for person in range(15)}
        return Table.broken_down(
            "work",
            Measure.WORK,
            {"production": all_, "meeting": all_, "training": few, "committee": few},
        )

    history: list[Past] = []
    told = []
    for step in (0, 30, 30):
        found = release(table(step), HOUSE, history)
        history.append(Past(table(step), found.hidden, found.total is not None))
        told.append(found)
    assert told[0].hidden == frozenset()
    assert told[1].total is not None and told[1].hidden == set(told[1].cells)
    # Nothing moved since the second report, yet showing again would fill its holes.
    assert told[2].hidden == set(told[2].cells)
