"""Territories and the network told together: no small count comes back, and a looser rule is caught."""

import random
from collections.abc import Mapping, Set

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import nesting
from reports.disclosure import HOUSE, Table, Thresholds, covered, release
from tests.examples import tried
from tests.reports.merged_attacker import WHOLE, Nest, some_nest

FEW = Thresholds(total=2, breakdown=3, amount=3)
TWO = (frozenset("a"), frozenset("b"))
THREE = (frozenset("a"), frozenset("b"), frozenset("c"))
PAIRED = (frozenset("ab"), frozenset("c"))
SMALL_WORLDS = [
    (THREE, (5, 4, 4), {0, 1}),
    (THREE, (4, 3, 5), {0, 1, 2}),
    (PAIRED, (6, 7), {0, 1}),
    (PAIRED, (4, 4, 5), {0, 1, 2}),
    (TWO, (7, 6, 5, 4), {0, 1, 2}),
]


@pytest.mark.parametrize(("blocks", "totals", "told"), SMALL_WORLDS)
def test_no_small_count_is_recovered_in_any_small_world(blocks, totals, told):
    """Nothing is drawn by lot: every world with these totals, and all that look alike."""
    assert Nest(blocks, frozenset(told), FEW).recovered_everywhere(totals) == []


@tried
@given(st.integers(0, 2**32))
def test_no_small_count_is_recovered_from_a_year(seed):
    nest, world = some_nest(random.Random(seed))
    assert nest.recovered(world) == {}, world


def test_two_rows_alone_never_give_each_other_away(monkeypatch):
    """The rest of one or two rows is one of them, for who knows the other: the rule of three holds it."""
    monkeypatch.setattr(nesting, "LEAST_ROWS", 1)
    assert Nest(PAIRED, frozenset({0}), FEW).recovered_everywhere((7, 6)) != []


def test_a_cell_as_large_as_a_closed_row_would_say_that_the_others_have_nobody_there():
    """The third line: found by the attacker, with limits of four, among a thousand years at random."""
    rules = Thresholds(total=3, breakdown=4, amount=4)
    world = ((3, 0, 0, 31), (0, 0, 12, 0), (0, 51, 0, 14), (0, 5, 2, 0), (2, 12, 8, 9))
    blocks = (frozenset("ab"), frozenset("c"), frozenset("d"))
    nest = Nest(blocks, frozenset({0, 2, 4}), rules)
    assert nest.published(world).whole.cells["d"] is None
    assert nest.recovered(world) == {}


def test_without_any_rule_the_attacker_finds_what_the_network_gives_away(monkeypatch):
    monkeypatch.setattr(nesting, "_left_hidden", lambda whole, *_rest: release(whole, FEW).hidden)
    nest = Nest(PAIRED, frozenset({0, 1}), FEW)
    assert nest.recovered_everywhere((6, 7)) != []
    caught = sum(bool(n.recovered(w)) for n, w in map(some_nest, map(random.Random, range(200))))
    assert caught > 10


def test_a_rule_that_looks_at_hidden_cells_tells_them_by_choosing(monkeypatch):
    """Keep k people of the rows against every subtraction: finer, and a reader who knows it undoes it."""

    def by_what_is_left(
        whole: Table,
        tables: Mapping[int, Table],
        holes: Mapping[int, frozenset[str]],
        closed: Set[int],
        rules: Thresholds,
    ) -> frozenset[str]:
        hidden = release(whole, rules).hidden
        for code in whole.cells:
            left = [
                min(sum(tables[row].cells[code].values()),
                    sum(sum(tables[row].cells[c].values()) for c in cells - {code}))
                for row, cells in holes.items() if code in cells
            ]  # fmt: skip
            if code not in hidden and left and sum(left) < rules.breakdown:
                hidden = covered(whole, hidden | {code}, rules)
        return hidden

    monkeypatch.setattr(nesting, "_left_hidden", by_what_is_left)
    assert Nest(PAIRED, frozenset({0, 1}), FEW).recovered_everywhere((6, 7)) != []


def test_the_network_is_the_sum_when_every_territory_shows_all():
    nest = Nest(TWO, frozenset({0, 1}), HOUSE)
    told = nest.published(((20, 30), (15, 40)))
    assert told.whole.cells == {"a": 35, "b": 70}


def test_a_cell_too_small_in_each_of_three_territories_is_told_of_the_network():
    nest = Nest(TWO, frozenset({0, 1, 2}), HOUSE)
    told = nest.published(((5, 40), (4, 38), (6, 41)))
    assert all(row.cells == {"a": None, "b": None} for row in told.rows.values())
    assert told.whole.cells == {"a": 15, "b": 119}


def test_a_cell_that_two_territories_hide_stays_hidden_in_the_network():
    nest = Nest(TWO, frozenset({0, 1, 2}), HOUSE)
    told = nest.published(((5, 40), (9, 38), (20, 41)))
    assert told.rows[2].cells == {"a": 20, "b": 41}
    assert told.whole.cells == {"a": None, "b": None}
    assert told.whole.total == 153
    assert (WHOLE, 0) not in nest.recovered(((5, 40), (9, 38), (20, 41)))
