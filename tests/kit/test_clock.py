import datetime as dt

import pytest
import time_machine

from ct_platform.kit.clock import (
    Month,
    format_day,
    format_minutes,
    format_period,
    monday_of,
    parse_minutes,
    today,
)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (210, "3 h 30"),
        (180, "3 h"),
        (45, "45 min"),
        (0, "0 min"),
        (605, "10 h 05"),
        (-90, "− 1 h 30"),
    ],
)
def test_it_says_durations_as_people_do(minutes, text):
    assert format_minutes(minutes).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("3 h 30", 210), ("3h30", 210), ("3:30", 210), ("3h", 180), ("3,5", 210), ("3.25 h", 195),
        ("45 min", 45), ("2h5", 125), ("26", 1560),
    ],
)  # fmt: skip
def test_it_reads_durations_as_people_type_them(typed, minutes):
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "h", "3h75", "3,33", "trois heures", "1;2", "-2"])
def test_it_never_rounds_nor_guesses_a_duration(typed):
    assert parse_minutes(typed) is None


def test_after_midnight_in_paris_it_is_already_tomorrow():
    with time_machine.travel(dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2026, 11, 25)


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
def test_the_night_the_clocks_change_keeps_its_day(hour):
    with time_machine.travel(dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2026, 10, 25)


def test_a_month_knows_its_last_day():
    assert Month.of(dt.date(2028, 2, 10)).last == dt.date(2028, 2, 29)
    assert Month.of(dt.date(2026, 12, 31)).next.first == dt.date(2027, 1, 1)
    assert str(Month.of(dt.date(2026, 8, 3))) == "août 2026"


def test_dates_are_written_in_full():
    assert format_day(dt.date(2026, 10, 1)) == "1er octobre 2026"
    assert format_day(dt.date(2026, 11, 25), weekday=True, year=False) == "mercredi 25 novembre"
    assert format_period(dt.date(2026, 10, 1), dt.date(2026, 10, 31)) == "du 1er au 31 octobre 2026"
    assert (
        format_period(dt.date(2026, 9, 7), dt.date(2026, 12, 18))
        == "du 7 septembre au 18 décembre 2026"
    )
    assert format_period(dt.date(2026, 10, 1), dt.date(2026, 10, 1)) == "le 1er octobre 2026"


def test_a_week_begins_on_monday():
    assert monday_of(dt.date(2026, 11, 29)) == dt.date(2026, 11, 23)
