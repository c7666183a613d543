"""Completeness, freezing, and points in quarters."""

import datetime as dt

import pytest

from cohorts.rules.completeness import (
    REQUIRED,
    FileFacts,
    is_alarming,
    missing_from,
    reaches,
)
from cohorts.rules.files import corrections, entry_day, is_frozen
from cohorts.rules.places import position

D = dt.date
ALL = {
    "sex": "F", "birth_place": "Valbrune", "labour": "employed", "minimum_income": "none",
    "diploma": "none", "household": "alone", "housing": "tenant", "rural": "no",
}  # fmt: skip


BORN = D(1990, 1, 1)


def facts(birth=BORN, contact=True, address=True, located=True, **changes):
    return FileFacts(birth, contact, address, located, {**ALL, **changes})


def test_a_full_file_misses_nothing_and_an_empty_one_everything_but_the_date_nobody_asks():
    assert missing_from(facts()) == ()
    empty = FileFacts(None, False, False, False, {})
    assert missing_from(empty) == tuple(code for code in REQUIRED if code != "seeking_since")


def test_a_refusal_is_an_answer_and_a_blank_is_not():
    assert missing_from(facts(diploma="refused")) == ()
    assert missing_from(facts(diploma="")) == ("diploma",)


def test_only_the_unemployed_are_asked_since_when():
    assert missing_from(facts(labour="registered")) == ("seeking_since",)
    assert missing_from(facts(labour="registered", seeking_since="2026-01-01")) == ()
    assert missing_from(facts(labour="refused")) == ()


def test_what_is_not_an_answer_counts_too():
    found = missing_from(facts(birth=None, contact=False, address=False, located=False))
    assert found == ("birth_date", "contact", "address", "quarter")


@pytest.mark.parametrize(
    ("given", "expected"),
    [(("0639980000", "", ""), True), (("", "a@b.fr", ""), True), (("", "", "Sa sœur"), True),
     ((" ", "", " "), False)],
)  # fmt: skip
def test_one_way_to_reach_somebody_is_enough_and_none_is_not(given, expected):
    assert reaches(*given) is expected


@pytest.mark.parametrize(
    ("incomplete", "total", "alarm"),
    [(35, 100, False), (36, 100, True), (7, 20, False), (8, 20, True), (0, 0, False),
     (1, 1, True), (5, 15, False), (6, 15, True)],
)  # fmt: skip
def test_the_alarm_rings_above_thirty_five_percent_strictly(incomplete, total, alarm):
    assert is_alarming(incomplete, total) is alarm


def test_the_day_of_entry_is_that_of_the_first_contract_within_the_cohort():
    first, last = D(2026, 9, 7), D(2026, 12, 18)
    assert entry_day([], first, last) == first
    assert entry_day([D(2026, 10, 12), D(2026, 10, 5)], first, last) == D(2026, 10, 5)
    assert entry_day([D(2026, 8, 1)], first, last) == first
    assert entry_day([D(2027, 1, 1)], first, last) == last


def test_a_file_freezes_the_day_after_the_entry():
    assert not is_frozen(D(2026, 9, 7), D(2026, 9, 6))
    assert not is_frozen(D(2026, 9, 7), D(2026, 9, 7))
    assert is_frozen(D(2026, 9, 7), D(2026, 9, 8))


def test_a_correction_changes_an_answer_given_a_completion_does_not():
    before = {"a": "yes", "b": "refused", "c": ""}
    assert corrections(before, {"a": "no", "b": "yes", "c": "yes", "d": "no"}) == ("a", "b")
    assert corrections(before, {"a": "yes"}) == ()


SQUARE = [[(2.0, 48.0), (2.1, 48.0), (2.1, 48.1), (2.0, 48.1), (2.0, 48.0)]]
HOLE = [(2.04, 48.04), (2.06, 48.04), (2.06, 48.06), (2.04, 48.06), (2.04, 48.04)]


@pytest.mark.parametrize(
    ("point", "polygons", "inside"),
    [
        ((2.05, 48.02), [SQUARE], True),
        ((2.2, 48.05), [SQUARE], False),
        ((1.9, 48.05), [SQUARE], False),
        ((2.05, 48.05), [[*SQUARE, HOLE]], False),
        ((2.05, 48.02), [[*SQUARE, HOLE]], True),
        ((3.05, 48.05), [SQUARE, [[(3, 48), (3.1, 48), (3.1, 48.1), (3, 48.1)]]], True),
        ((2.05, 48.05), [], False),
    ],
)
def test_a_point_is_inside_its_polygon_and_outside_its_hole(point, polygons, inside):
    assert position(point, polygons).is_inside is inside


def test_near_a_limit_somebody_must_look():
    # A thousandth of a degree of latitude is 111 metres.
    assert not position((2.05, 48.001), [SQUARE]).is_doubtful
    assert position((2.05, 48.0002), [SQUARE]).is_doubtful
    assert position((2.05, 47.9998), [SQUARE]).is_doubtful
    assert position((2.05, 48.001), [SQUARE]).metres_to_limit == pytest.approx(111.3, abs=1)
