"""Ages and months on the civil calendar. Pure."""

import datetime as dt

ADULT_AGE, HIGHEST_AGE = 18, 110


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years. Who is born on 29 February is a year older on 1 March."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
