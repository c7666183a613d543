"""Judgement about starter kits: days told by week and weekday, and names found in texts. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any


def place_of(day: dt.date, first: dt.date) -> tuple[int, int]:
    """(week, weekday) of a day of a cohort that begins on `first`: 0 and 0 is the Monday of the first week.

    A Tuesday of the third week stays one, whatever the weekday of the first day of the next cohort.
    """
    monday = first - dt.timedelta(days=first.weekday())
    return (day - monday).days // 7, day.weekday()


def day_at(week: int, weekday: int, first: dt.date) -> dt.date:
    """The day at that place of a cohort that begins on `first`."""
    monday = first - dt.timedelta(days=first.weekday())
    return monday + dt.timedelta(days=7 * week + weekday)


def words_in(text: str) -> list[str]:
    """Words without capitals nor accents, in order."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return re.findall(r"[a-z0-9]+", letters)


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as whole words, capitals and accents aside.

    A name of several words counts when they follow each other. Names of one letter are passed over.
    """
    padded = f" {' '.join(words_in(text))} "
    found = []
    for name in names:
        folded = " ".join(words_in(name))
        if len(folded) > 1 and f" {folded} " in padded:
            found.append(name)
    return found


def texts_in(item: Any) -> Iterator[str]:
    """Every text of a JSON value."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for value in item.values():
            yield from texts_in(value)
    elif isinstance(item, list | tuple):
        for value in item:
            yield from texts_in(value)
