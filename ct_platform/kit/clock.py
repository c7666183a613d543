"""The one place where the clock is read, and the words for civil time (Europe/Paris)."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NBSP = "\u00a0"
PARIS = ZoneInfo("Europe/Paris")


def now() -> dt.datetime:
    """This instant, aware. Read once, at the door of a request or a task."""
    return timezone.now()


def today() -> dt.date:
    """Today in Paris: after midnight it is already tomorrow, whatever UTC says."""
    return timezone.localdate()


def civil_day(instant: dt.datetime) -> dt.date:
    """The Paris date of an instant."""
    return timezone.localdate(instant)


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, stored as the date of its first day."""

    first: dt.date

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        return cls(day.replace(day=1))

    @property
    def last(self) -> dt.date:
        return self.next.first - dt.timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month.of(self.first + dt.timedelta(days=32))

    def __str__(self) -> str:
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


def format_minutes(minutes: int) -> str:
    """Minutes as people say them: 210 → "3 h 30", 180 → "3 h", 45 → "45 min"."""
    sign, minutes = ("− " if minutes < 0 else ""), abs(minutes)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{sign}{rest}{NBSP}min"
    return f"{sign}{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{sign}{hours}{NBSP}h"


_DURATION = re.compile(
    r"^\s*(?:(?P<h>\d{1,3})\s*(?:h|:)\s*(?P<m>\d{1,2})?|(?P<dec>\d{1,3}(?:[.,]\d{1,2})?)\s*h?"
    r"|(?P<min>\d{1,4})\s*(?:min|mn|m))\s*$",
    re.IGNORECASE,
)


def parse_minutes(text: str) -> int | None:
    """Read "3 h 30", "3h30", "3:30", "3,5", "3.25 h", "45 min"; None when it is not a duration.

    Decimal hours that are not whole minutes are refused (None): rounding never happens.
    """
    match = _DURATION.match(text.replace(NBSP, " ").replace("\u202f", " "))
    if match is None:
        return None
    if match["h"] is not None:
        rest = int(match["m"] or 0)
        return int(match["h"]) * 60 + rest if rest < 60 else None
    if match["min"] is not None:
        return int(match["min"])
    whole, _, part = match["dec"].replace(",", ".").partition(".")
    hundredths = int(whole) * 100 + int((part + "00")[:2])
    minutes, rest = divmod(hundredths * 60, 100)
    return minutes if rest == 0 else None


def format_day(day: dt.date, *, weekday: bool = False, year: bool = True) -> str:
    """A date in full words: "13 novembre 2026", "1er octobre 2026", "mercredi 25 novembre"."""
    number = "1er" if day.day == 1 else str(day.day)
    words = [WEEKDAYS[day.weekday()]] if weekday else []
    words += [number, MONTHS[day.month - 1]] + ([str(day.year)] if year else [])
    return " ".join(words)


def of_month(day: dt.date) -> str:
    """ "d’octobre", "de novembre": after a noun."""
    name = MONTHS[day.month - 1]
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def format_period(first: dt.date, last: dt.date) -> str:
    """ "du 1er au 31 octobre 2026", naming month and year once when they are shared; "le 15 octobre 2026"."""
    if first == last:
        return f"le {format_day(first)}"
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    start = (
        ("1er" if first.day == 1 else str(first.day))
        if same_month
        else format_day(first, year=not same_year)
    )
    return f"du {start} au {format_day(last)}"
