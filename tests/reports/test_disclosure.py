"""The engine of disclosure control, first by examples, then by an attacker who knows the rules."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.disclosure import (
    HOUSE,
    Measure,
    Past,
    Reason,
    Released,
    Table,
    Thresholds,
    added,
    coded,
    difference,
    is_safe,
    median_rate,
    rate,
    release,
    rounded,
)

FEW = Thresholds(total=2, breakdown=3, amount=3)


def people(count: int, first: int = 0) -> dict[int, int]:
    return dict.fromkeys(range(first, first + count), 1)


def groups(*sizes: int) -> Table:
    """A count of people in categories a, b, c…; nobody is in two."""
    cells, first = {}, 0
    for code, size in zip("abcdef", sizes, strict=False):
        cells[code] = people(size, first)
        first += size
    return Table.broken_down("people", Measure.PERSONS, cells)


def past(table: Table, released: Released) -> Past:
    return Past(table, released.hidden, released.total is not None)


def shown(released: Released) -> dict[str, int]:
    return {code: value for code, value in released.cells.items() if value is not None}


def test_a_total_of_people_is_shown_from_five_on():
    assert release(Table.single("x", Measure.PERSONS, people(5))).total == 5
    few = release(Table.single("x", Measure.PERSONS, people(4)))
    assert few.total is None
    assert few.reason is Reason.SMALL


def test_a_cohort_of_fifteen_cannot_be_split():
    """13 finished and 2 left: hiding the 2 alone would leave 15 − 13."""
    told = release(groups(13, 2))
    assert told.total == 15
    assert told.hidden == {"a", "b"}
    assert told.reason is Reason.CELLS


def test_everybody_in_one_category_is_masked_like_the_others():
    """100 % says something of each person; so does the 0 % beside it."""
    told = release(groups(15, 0, 0))
    assert told.total == 15
    assert told.hidden == {"a", "b", "c"}


def test_a_small_cell_is_hidden_with_its_neighbour_and_the_others_stay():
    told = release(groups(30, 12, 13, 2))
    assert shown(told) == {"a": 30, "b": 12}
    assert told.total == 57


def test_what_is_hidden_together_is_itself_large_enough():
    """Two cells of 3 and 2 would say "5 people": the next ones join them."""
    assert shown(release(groups(30, 12, 3, 2))) == {}
    assert shown(release(groups(3, 2, 12, 11, 40, 41))) == {"e": 40, "f": 41}


def test_three_categories_are_shown_or_hidden_together():
    assert shown(release(groups(30, 12, 3))) == {}


def test_large_categories_are_all_shown():
    told = release(groups(30, 12, 11))
    assert told.hidden == frozenset()
    assert told.reason is None


def test_a_table_with_one_category_hides_its_total_too():
    told = release(groups(8))
    assert (told.total, told.hidden) == (None, {"a"})


def test_nobody_at_all_is_not_a_figure():
    assert release(groups(0, 0)).total is None


def test_hours_of_eleven_people_are_shown_and_those_of_a_committee_of_three_are_not():
    cells = {
        "production": dict.fromkeys(range(15), 600),
        "meeting": dict.fromkeys(range(15), 120),
        "training": dict.fromkeys(range(15), 200),
        "committee": dict.fromkeys(range(3), 60),
    }
    told = release(Table.broken_down("work", Measure.WORK, cells))
    assert told.total == 15 * 920 + 180
    assert shown(told) == {"production": 9000, "meeting": 1800}


def test_no_hours_of_a_kind_may_be_said():
    cells = {"production": dict.fromkeys(range(15), 600), "committee": {}}
    told = release(Table.broken_down("work", Measure.WORK, cells))
    assert shown(told) == {"production": 9000, "committee": 0}


def test_an_empty_cell_is_hidden_with_the_only_one_that_is_not():
    cells = {"a": dict.fromkeys(range(6), 60), "b": {}, "c": {}}
    told = release(Table.broken_down("work", Measure.WORK, cells))
    assert told.total == 360
    assert told.hidden == {"a", "b", "c"}


def test_hours_that_are_nearly_all_one_person_s_are_masked():
    parts = dict.fromkeys(range(14), 10) | {14: 1000}
    assert release(Table.single("work", Measure.WORK, parts)).total is None


def test_an_amount_needs_eleven_people_and_nobody_above_eighty_percent():
    assert (
        release(Table.single("paid", Measure.AMOUNT, dict.fromkeys(range(11), 500))).total == 5500
    )
    ten = release(Table.single("paid", Measure.AMOUNT, dict.fromkeys(range(10), 500)))
    assert (ten.total, ten.reason) == (None, Reason.AMOUNT)
    exactly = dict.fromkeys(range(10), 200) | {10: 8000}
    assert release(Table.single("paid", Measure.AMOUNT, exactly)).total == 10000
    above = dict.fromkeys(range(10), 200) | {10: 8001}
    assert release(Table.single("paid", Measure.AMOUNT, above)).total is None


def test_nothing_paid_yet_may_be_said():
    assert release(Table.single("paid", Measure.AMOUNT, {})).total == 0


def test_a_total_that_changed_by_one_person_is_masked_in_the_later_report():
    before = Table.single("x", Measure.PERSONS, people(15))
    after = Table.single("x", Measure.PERSONS, people(16))
    told = release(after, HOUSE, [past(before, release(before))])
    assert (told.total, told.reason) == (None, Reason.CHANGE)


def test_a_person_who_replaces_another_is_seen_though_the_count_is_the_same():
    before = Table.single("x", Measure.WORK, dict.fromkeys(range(15), 60))
    after = Table.single("x", Measure.WORK, dict.fromkeys(range(1, 16), 60))
    assert release(after, HOUSE, [past(before, release(before))]).total is None


def test_a_total_that_changed_for_everybody_or_nobody_is_shown():
    before = Table.single("x", Measure.WORK, dict.fromkeys(range(15), 60))
    history = [past(before, release(before))]
    assert release(before, HOUSE, history).total == 900
    after = Table.single("x", Measure.WORK, dict.fromkeys(range(15), 90))
    assert release(after, HOUSE, history).total == 1350


def test_a_figure_masked_before_is_compared_with_nothing():
    before = Table.single("x", Measure.PERSONS, people(4))
    after = Table.single("x", Measure.PERSONS, people(5))
    assert release(after, HOUSE, [past(before, release(before))]).total == 5


def test_a_cell_that_moved_for_four_people_is_masked_with_what_moved_for_all():
    then = {
        "production": dict.fromkeys(range(15), 600),
        "meeting": dict.fromkeys(range(15), 120),
        "training": dict.fromkeys(range(15), 60),
        "committee": dict.fromkeys(range(12), 30),
    }
    now = {
        "production": dict.fromkeys(range(15), 900),
        "meeting": dict.fromkeys(range(15), 180),
        "training": then["training"],
        "committee": then["committee"] | dict.fromkeys(range(4), 90),
    }
    before = Table.broken_down("work", Measure.WORK, then)
    after = Table.broken_down("work", Measure.WORK, now)
    told = release(after, HOUSE, [past(before, release(before))])
    # Training did not move: hidden with committee, their sum would still show the four.
    assert shown(told) == {}
    assert told.total == 13500 + 2700 + 900 + 600
    assert told.reason is Reason.CHANGE


def test_every_earlier_report_is_compared_not_only_the_last():
    tables = [
        Table.single("x", Measure.WORK, dict.fromkeys(range(15), 60)),
        Table.single("x", Measure.WORK, dict.fromkeys(range(15), 90)),
        Table.single("x", Measure.WORK, dict.fromkeys(range(15), 60) | {0: 200}),
    ]
    first, second = (past(table, release(table)) for table in tables[:2])
    assert release(tables[2], HOUSE, [second]).total is not None
    assert release(tables[2], HOUSE, [second, first]).total is None


@pytest.mark.parametrize(
    ("share", "percent", "bound"),
    [
        (Fraction(1), 95, "least"),
        (Fraction(14, 15), 95, "least"),
        (Fraction(92, 100), 90, ""),
        (Fraction(925, 1000), 95, "least"),
        (Fraction(1, 2), 50, ""),
        (Fraction(7, 100), 5, "most"),
        (Fraction(0), 5, "most"),
    ],
)  # fmt: skip
def test_a_rate_is_rounded_and_never_says_all_nor_none(share, percent, bound):
    told = coded(share, HOUSE)
    assert (told.percent, told.bound) == (percent, bound)


def test_a_rate_needs_enough_weeks_and_enough_people():
    weeks = dict.fromkeys(range(15), 7)
    assert rate(dict.fromkeys(range(15), 6), weeks) == coded(Fraction(6, 7), HOUSE)
    assert rate({}, dict.fromkeys(range(15), 6)) is None
    assert rate({}, dict.fromkeys(range(10), 20)) is None


def test_a_median_turnout_needs_three_votes_of_eleven_people():
    assert median_rate([(14, 15), (9, 15)]) is None
    assert median_rate([(14, 15), (9, 15), (4, 10)]) is None
    told = median_rate([(15, 15), (9, 15), (10, 15), (12, 15)])
    assert told is not None and told.percent == 75  # between 10 and 12 of 15: 73.3 %


def test_a_count_beside_its_total_is_rounded_to_five():
    assert [rounded(n) for n in (5, 7, 8, 12, 13, 15)] == [5, 5, 10, 10, 15, 15]


# The attacker: knows every rule and every published figure, and tries all that could be behind.


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4))
@example([3, 2, 2])  # a cover chosen by size would give itself away
@example([3, 3, 3, 0])
def test_no_masked_count_can_be_recovered_from_what_is_shown(sizes):
    told = release(groups(*sizes), FEW)
    if not told.hidden:
        return
    codes = "abcd"[: len(sizes)]
    free = [code for code in codes if code in told.hidden]
    most = sum(sizes) if told.total is not None else 9
    worlds = []
    for guess in product(range(most + 1), repeat=len(free)):
        values = {**shown(told), **dict(zip(free, guess, strict=True))}
        world = [values[code] for code in codes]
        if release(groups(*world), FEW) == told:
            worlds.append(dict(zip(free, guess, strict=True)))
    for code in free:
        assert len({world[code] for world in worlds}) >= 2, (sizes, code)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_what_subtraction_gives_back_is_fit_to_publish(sizes):
    table = groups(*sizes)
    told = release(table)
    if told.total is None:
        assert told.hidden == set(table.cells)
        return
    assert told.total >= HOUSE.total
    assert all(value >= HOUSE.breakdown for value in shown(told).values())
    rest = told.total - sum(shown(told).values())
    assert len(told.hidden) != 1
    assert not told.hidden or rest >= HOUSE.breakdown or rest == told.total


hours = st.dictionaries(st.integers(0, 13), st.integers(0, 40), max_size=14)


@settings(max_examples=150, deadline=None)
@given(st.lists(hours, min_size=1, max_size=4))
def test_hours_read_from_the_total_are_those_of_enough_people_without_a_dominant_one(columns):
    table = Table.broken_down("w", Measure.WORK, dict(zip("abcd", columns, strict=False)))
    told = release(table)
    for code, value in shown(told).items():
        assert value == sum(table.cells[code].values())
        assert is_safe(table.cells[code], Measure.WORK, HOUSE.breakdown, HOUSE)
    if told.total is None:
        assert shown(told) == {}
    elif shown(told) and told.hidden:
        assert len(told.hidden) > 1
        assert is_safe(table.of(told.hidden), Measure.WORK, HOUSE.breakdown, HOUSE)


def derivable(table: Table, told: Released) -> set[frozenset[str]]:
    """Every sum of cells a reader can add or subtract from one published table, by brute force."""
    blocks = [frozenset({code}) for code in shown(told)]
    if told.total is not None:
        blocks.append(frozenset(table.cells) - frozenset(shown(told)))
    found = {
        frozenset().union(*some)
        for count in range(1, len(blocks) + 1)
        for some in combinations(blocks, count)
    }
    return {cells for cells in found if cells}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(hours, min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_two_reports_of_a_history_differ_by_few_people(reports):
    """Each report is released knowing the earlier ones; then all pairs are compared."""
    few = Thresholds(total=3, breakdown=5, amount=5)
    history, told = [], []
    for columns in reports:
        table = Table.broken_down("w", Measure.WORK, dict(zip("abc", columns, strict=True)))
        released = release(table, few, history)
        history.append(past(table, released))
        told.append((table, released))
    for (then, old), (now, new) in combinations(told, 2):
        for cells in derivable(then, old) & derivable(now, new):
            moved = difference(now.of(cells), then.of(cells))
            least = few.total if cells == {"a", "b", "c"} else few.breakdown
            assert not moved or is_safe(moved, Measure.WORK, least, few)


def test_parts_are_added_and_compared_person_by_person():
    assert added([{1: 2, 2: 3}, {2: 4}]) == {1: 2, 2: 7}
    assert difference({1: 2, 2: 3}, {2: 3, 3: 1}) == {1: 2, 3: -1}
