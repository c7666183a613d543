"""Judgement about skills: moments, grids, what counts as confirmed."""

import datetime as dt

import pytest

from cohorts.rules.skills import (
    GridFault,
    SkillWords,
    agreed_level,
    grid_fault,
    is_confirmed,
    moment_on,
    read_grid,
    write_grid,
)

D = dt.date
WORDS = (SkillWords("Négocier", "Trouver un accord."), SkillWords("Argumenter"))


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (D(2026, 8, 1), "start"),
        (D(2026, 9, 1), "start"),
        (D(2026, 9, 30), "start"),
        (D(2026, 10, 1), "middle"),
        (D(2026, 10, 30), "middle"),
        (D(2026, 10, 31), "end"),
        (D(2026, 11, 29), "end"),
        (D(2027, 3, 1), "end"),
    ],
)
def test_a_cohort_of_ninety_days_has_three_moments_of_thirty(day, moment):
    assert moment_on(day, D(2026, 9, 1), D(2026, 11, 29)) == moment


def test_a_grid_is_read_as_it_is_written():
    assert read_grid("Négocier : Trouver un accord.\n\n  Argumenter  \n") == WORDS
    assert read_grid(write_grid(WORDS)) == WORDS


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), GridFault.EMPTY),
        ([SkillWords(f"Compétence {n}") for n in range(21)], GridFault.TOO_MANY),
        ([SkillWords("a" * 81)], GridFault.TITLE_TOO_LONG),
        ([SkillWords("Négocier", "a" * 201)], GridFault.MEANING_TOO_LONG),
        ([SkillWords("Négocier"), SkillWords("NÉGOCIER")], GridFault.TWICE),
    ],
)
def test_a_grid_that_nobody_could_use_is_told(words, fault):
    assert grid_fault(words)[0] == fault


@pytest.mark.parametrize(
    ("roles", "answer"),
    [
        ([], False),
        (["peer", "peer"], False),
        (["coordinator"], False),
        (["peer", "coordinator"], True),
    ],
)
def test_it_takes_a_co_worker_and_the_accompaniment(roles, answer):
    assert is_confirmed(roles) is answer


def test_nobody_is_raised_above_what_a_witness_says():
    assert agreed_level([3, 1, 2]) == 1
