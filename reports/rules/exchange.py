"""When reports are due, how long partners have, what changed between two of them. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Without a question left open, a report nobody refuses is final after this long.
ACCEPTED_AFTER = dt.timedelta(days=30)
# A date older than this is not caught up: the figures would be those of another day.
CAUGHT_UP_WITHIN = dt.timedelta(days=14)
LONGEST_SHARE = dt.timedelta(days=90)


def due_reports(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> Iterator[tuple[str, str]]:
    """(occasion, key) of what the calendar asks for today: end of cohort, year, quarter.

    Days are inclusive. A quarter or a year counts when the cohort was at work on its last day; on
    31 December the year says the quarter too; the end of the cohort says them all.
    """
    if _just_passed(ends_on, today):
        yield "end", "end"
        return
    last = _last_quarter_end(today)
    if not _just_passed(last, today) or not starts_on <= last < ends_on:
        return
    if last.month == 12:
        yield "year", f"year:{last.year}"
    else:
        yield "quarter", f"quarter:{last.year}-{last.month // 3}"


def _just_passed(day: dt.date, today: dt.date) -> bool:
    return day < today <= day + CAUGHT_UP_WITHIN


def _last_quarter_end(today: dt.date) -> dt.date:
    """The last day of the quarter before the one of `today`."""
    first = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    return first - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that two reports give differently. None: masked there."""

    code: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What a correction changed, figure by figure, from published figures alone."""
    old = {item["code"]: item for item in before["figures"]}
    return [
        Change(item["code"], old.get(item["code"]), item)
        for item in after["figures"]
        if _said(old.get(item["code"])) != _said(item)
    ]


def _said(item: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return None if item is None else (item["state"], item["value"], item["bound"])


def names_in(text: str, names: Sequence[str]) -> list[str]:
    """The full names a text tells, whatever the case and the order. `names`: "first last"."""
    words = _folded(text)
    return [name for name in names if name.strip() and all(part in words for part in _folded(name))]


def _folded(text: str) -> list[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return cleaned.split()
