"""Dates, hours and rates, by table."""

import datetime as dt

import pytest

from cohorts.enums.entry_files import ExitCategory
from cohorts.rules.follow_ups import Case, due_days, is_late, link_ends, may_write_at, rate_of
from cohorts.rules.participants import Flag, later_results_of
from cohorts.rules.stays import back_on, is_away_all_week, was_away
from ct_platform.kit.clock import PARIS

D = dt.date
C = ExitCategory


def local(day, hour, minute):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        (D(2026, 11, 20), [D(2027, 2, 20), D(2027, 5, 20), D(2027, 11, 20)]),
        (D(2026, 11, 30), [D(2027, 2, 28), D(2027, 5, 30), D(2027, 11, 30)]),
        (D(2027, 8, 31), [D(2027, 11, 30), D(2028, 2, 29), D(2028, 8, 31)]),
    ],
)
def test_questions_come_three_six_and_twelve_months_after_the_last_day(last_day, due):
    assert list(due_days(last_day).values()) == due


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (local(25, 9, 0), True), (local(25, 8, 59), False),
        (local(25, 18, 59), True), (local(25, 19, 0), False),
        (local(28, 10, 0), True), (local(29, 10, 0), False),
    ],
)  # fmt: skip
def test_no_message_leaves_at_night_nor_on_a_sunday(at, may):
    assert may_write_at(at) is may


def test_a_question_is_late_after_two_weeks_and_its_link_lasts_sixty_days():
    assert not is_late(D(2026, 11, 1), D(2026, 11, 14))
    assert is_late(D(2026, 11, 1), D(2026, 11, 15))
    assert link_ends(D(2026, 11, 1)) == D(2026, 12, 31)


def test_a_rate_counts_those_whose_months_have_come_refusals_included():
    today, due, later = D(2027, 6, 1), D(2027, 5, 20), D(2027, 6, 2)
    cases = [
        Case(6, due, C.DURABLE, in_job=True), Case(6, due, C.OTHER, in_job=False), Case(6, due),
        Case(6, later, C.DURABLE, in_job=True), Case(3, due, C.POSITIVE, in_job=False),
    ]  # fmt: skip
    rate = rate_of(cases, 6, today)
    assert (rate.answered, rate.due, rate.percent, rate.in_job) == (2, 3, 67, 1)
    assert (rate.categories[C.DURABLE], rate.categories[C.OTHER]) == (1, 1)
    assert rate_of([], 6, today).percent is None


@pytest.mark.parametrize(
    ("status", "better", "labour", "job", "improved"),
    [
        ("open_ended", "", "registered", Flag.YES, Flag.NO),
        ("unemployed", "", "registered", Flag.NO, Flag.NO),
        ("fixed_term", "yes", "employed", Flag.YES, Flag.YES),
        ("business", "no", "self_employed", Flag.YES, Flag.NO),
        ("open_ended", "refused", "employed", Flag.YES, Flag.REFUSED),
        ("open_ended", "", "employed", Flag.YES, Flag.MISSING),
        ("unemployed", "yes", "employed", Flag.NO, Flag.NO),
        ("open_ended", "", "refused", Flag.YES, Flag.REFUSED),
        ("open_ended", "", "", Flag.YES, Flag.MISSING),
        ("unknown", "", "employed", Flag.MISSING, Flag.MISSING),
        ("", "", "employed", Flag.MISSING, Flag.MISSING),
    ],
)
def test_the_results_at_six_months_never_count_a_blank(status, better, labour, job, improved):
    assert later_results_of(status, better, labour) == {"EECR05": job, "EECR06": improved}


def test_one_is_away_strictly_between_leaving_and_coming_back():
    away = [["2026-10-01", "2026-10-20", "move"], ["2026-11-02", "2026-11-04", "job"]]
    days = (D(2026, 10, 1), D(2026, 10, 2), D(2026, 10, 19), D(2026, 10, 20), D(2026, 11, 3))
    assert [was_away(away, day) for day in days] == [False, True, True, False, True]
    assert back_on(away) == D(2026, 11, 4) and back_on([]) is None
    assert is_away_all_week(away, D(2026, 10, 5)) and not is_away_all_week(away, D(2026, 10, 19))
