"""Dates and fingerprints of reports. Pure."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

WEEK = dt.timedelta(days=7)
# A week may be said complete until the Sunday after its own.
DECLARED_WITHIN = dt.timedelta(days=13)


def weeks_expected(first: dt.date, last: dt.date, day: dt.date) -> list[dt.date]:
    """Mondays of the whole weeks from `first` to `last` (included) whose delay is over on `day`."""
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    found = []
    while monday + WEEK <= last + dt.timedelta(days=1) and monday + DECLARED_WITHIN < day:
        found.append(monday)
        monday += WEEK
    return found


def is_on_time(monday: dt.date, declared_on: dt.date) -> bool:
    return declared_on <= monday + DECLARED_WITHIN


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of every month from that of `first` to that of `last`, empty ones included."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def fingerprint(figures: Mapping[str, Any]) -> str:
    """sha-256 of frozen figures, written the one canonical way (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
