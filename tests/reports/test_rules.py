import datetime as dt

import pytest

from reports.rules import fingerprint, is_on_time, months_between, weeks_expected
from reports.rules.exchange import due_reports, names_in

MONDAY = dt.date(2026, 11, 2)


def test_a_week_is_expected_when_it_is_whole_and_its_delay_is_over():
    first, last = dt.date(2026, 10, 28), dt.date(2026, 11, 22)
    mondays = weeks_expected(first, last, dt.date(2026, 11, 30))
    assert mondays == [MONDAY, MONDAY + dt.timedelta(7), MONDAY + dt.timedelta(14)]
    assert weeks_expected(first, last, dt.date(2026, 11, 29))[-1] == MONDAY + dt.timedelta(7)
    assert weeks_expected(first, dt.date(2026, 11, 21), dt.date(2027, 1, 1)) == mondays[:2]


def test_a_week_that_begins_on_the_first_day_is_whole():
    assert weeks_expected(MONDAY, MONDAY + dt.timedelta(6), dt.date(2027, 1, 1)) == [MONDAY]


def test_a_week_is_on_time_until_the_sunday_after_it():
    assert is_on_time(MONDAY, dt.date(2026, 11, 15))
    assert not is_on_time(MONDAY, dt.date(2026, 11, 16))


def test_months_without_anything_stand_between_the_others():
    found = list(months_between(dt.date(2026, 11, 30), dt.date(2027, 1, 1)))
    assert found == [dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1)]


def test_a_fingerprint_does_not_depend_on_the_order_of_keys():
    assert fingerprint({"a": 1, "b": "é"}) == fingerprint({"b": "é", "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 10, 1), [("quarter", "quarter:2026-3")]),
        (dt.date(2026, 10, 14), [("quarter", "quarter:2026-3")]),
        (dt.date(2026, 10, 15), []),  # too late: the figures would be those of another day
        (dt.date(2026, 9, 30), []),
        (dt.date(2027, 1, 1), [("year", "year:2026")]),
        (dt.date(2027, 2, 10), [("end", "end")]),  # the day after the last one
        (dt.date(2027, 2, 9), []),
        (dt.date(2027, 4, 1), []),
    ],
)
def test_reports_fall_due_at_the_end_of_a_quarter_a_year_and_the_cohort(today, expected):
    assert list(due_reports(dt.date(2026, 9, 7), dt.date(2027, 2, 9), today)) == expected


def test_a_full_name_is_heard_whatever_its_case_and_order():
    names = ["Amina Sarr", "Zoé de la Rue"]
    assert names_in("Merci à SARR amina.", names) == ["Amina Sarr"]
    assert names_in("La rue de Zoé, la belle.", names) == ["Zoé de la Rue"]
    assert names_in("Amina a vendu, Sarre est une ville.", names) == []
