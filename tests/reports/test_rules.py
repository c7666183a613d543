import datetime as dt

from reports.rules import fingerprint, is_on_time, months_between, weeks_expected

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
