import datetime as dt

import pytest

from cohorts.cohort_template import THREE_TO_SIX_MONTHS
from cohorts.enums import PhaseKind
from cohorts.rules import (
    DateFault,
    add_months,
    age_on,
    contract_too_long,
    dated_phases,
    days_between,
    duration_fault,
    start_fault,
    week_number,
)
from cohorts.rules.programmes import ProgrammeBounds, is_minor, majority_day

CT = ProgrammeBounds(84, 190, lowest_age=16)
FIRST = dt.date(2026, 9, 7)


def last_after(days: int) -> dt.date:
    return FIRST + dt.timedelta(days=days - 1)


@pytest.mark.parametrize(
    ("days", "fault"),
    [(84, None), (190, None), (120, None), (83, DateFault.TOO_SHORT), (191, DateFault.TOO_LONG),
     (1, DateFault.TOO_SHORT), (0, DateFault.ENDS_BEFORE_START), (-5, DateFault.ENDS_BEFORE_START)],
)  # fmt: skip
def test_it_counts_both_days(days, fault):
    assert duration_fault(FIRST, last_after(days), CT) is fault


def test_a_start_is_neither_ancient_nor_far():
    today = dt.date(2026, 11, 25)
    assert start_fault(today - dt.timedelta(days=190), today, CT) is None
    assert start_fault(today - dt.timedelta(days=191), today, CT) is DateFault.TOO_OLD
    assert start_fault(today + dt.timedelta(days=730), today, CT) is None
    assert start_fault(dt.date(2126, 9, 7), today, CT) is DateFault.TOO_FAR


def test_the_template_lays_the_phases_of_the_field():
    phases = dated_phases(THREE_TO_SIX_MONTHS.phases, FIRST, dt.date(2026, 12, 18))
    assert [(p.kind, p.starts_on, p.ends_on) for p in phases] == [
        (PhaseKind.INTEGRATION, dt.date(2026, 9, 7), dt.date(2026, 9, 13)),
        (PhaseKind.BUILDING, dt.date(2026, 9, 14), dt.date(2026, 10, 8)),
        (PhaseKind.TRAINING, dt.date(2026, 9, 21), dt.date(2026, 11, 12)),
        (PhaseKind.ACTIVITY, dt.date(2026, 10, 5), dt.date(2026, 12, 10)),
        (PhaseKind.CLOSING, dt.date(2026, 12, 7), dt.date(2026, 12, 18)),
    ]


@pytest.mark.parametrize("days", range(28, 191))
def test_phases_fill_every_length_from_first_to_last_day(days):
    last = last_after(days)
    phases = dated_phases(THREE_TO_SIX_MONTHS.phases, FIRST, last)
    assert [p.kind for p in phases] == list(PhaseKind.values)
    assert phases[0].starts_on == FIRST
    assert days_between(FIRST, phases[0].ends_on) == 7
    assert phases[-1].ends_on == last
    reached = FIRST
    for phase in phases:
        assert FIRST <= phase.starts_on <= phase.ends_on <= last
        assert phase.starts_on <= reached + dt.timedelta(days=1)  # no day without a phase
        reached = max(reached, phase.ends_on)


def test_weeks_are_counted_from_the_first_day():
    last = dt.date(2026, 12, 18)
    assert week_number(dt.date(2026, 11, 25), FIRST, last) == (12, 15)
    assert week_number(FIRST, FIRST, last) == (1, 15)
    assert week_number(dt.date(2026, 8, 1), FIRST, last) == (1, 15)
    assert week_number(dt.date(2027, 8, 1), FIRST, last) == (15, 15)


def test_ages_change_on_the_birthday():
    assert age_on(dt.date(2010, 9, 7), FIRST) == 16
    assert age_on(dt.date(2010, 9, 8), FIRST) == 15
    assert age_on(dt.date(2008, 2, 29), dt.date(2026, 2, 28)) == 17
    assert age_on(dt.date(2008, 2, 29), dt.date(2026, 3, 1)) == 18


def test_months_end_where_they_can():
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2026, 12, 7), 12) == dt.date(2027, 12, 7)


def test_a_support_contract_lasts_twelve_months_at_most():
    assert not contract_too_long(FIRST, dt.date(2027, 9, 6))
    assert contract_too_long(FIRST, dt.date(2027, 9, 7))


@pytest.mark.parametrize(
    ("born", "day"),
    [(dt.date(2010, 5, 3), dt.date(2028, 5, 3)), (dt.date(2008, 2, 29), dt.date(2026, 3, 1))],
)
def test_one_comes_of_age_on_the_eighteenth_birthday(born, day):
    assert majority_day(born) == day
    assert is_minor(born, day - dt.timedelta(days=1))
    assert not is_minor(born, day)
    assert not is_minor(None, day)
