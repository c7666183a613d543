"""Judgement about attendance: when a half-day is signed, who was late, what it is worth in minutes.

A sheet signed in bulk afterwards is rejected by audits (FSE+): a signature exists only around its
half-day, with its own instant. Pure.
"""

import datetime as dt

OPENS_BEFORE = dt.timedelta(minutes=15)
CLOSES_AFTER = dt.timedelta(minutes=30)
LATE_AFTER = dt.timedelta(minutes=15)
STEP_SECONDS = 30  # how long a code stays on the screen
FRESH_STEPS = 1  # the code before the one shown is still taken: a camera needs a moment
TICKET_STEPS = 4  # who opened the page in time has two minutes to read it and press

DAY_BEFORE_HOUR = dt.time(17, 0)  # when reminders of tomorrow leave


def opens_at(starts_at: dt.datetime) -> dt.datetime:
    return starts_at - OPENS_BEFORE


def closes_at(ends_at: dt.datetime) -> dt.datetime:
    return ends_at + CLOSES_AFTER


def may_sign(starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime) -> bool:
    """From a quarter of an hour before the half-day to half an hour after it."""
    return opens_at(starts_at) <= at <= closes_at(ends_at)


def comes_late(starts_at: dt.datetime, at: dt.datetime) -> bool:
    return at > starts_at + LATE_AFTER


def step_of(at: dt.datetime) -> int:
    """Which code is on the screen at that instant."""
    return int(at.timestamp()) // STEP_SECONDS


def seconds_left(at: dt.datetime) -> int:
    """Seconds until the next code: 1 to 30."""
    return STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS


def fresh_steps(at: dt.datetime) -> list[int]:
    """The steps whose code is still taken, newest first."""
    return [step_of(at) - age for age in range(FRESH_STEPS + 1)]


def worth_minutes(
    starts_at: dt.datetime, ends_at: dt.datetime, late_since: dt.datetime | None
) -> int:
    """Minutes a half-day proposes: all of it, or from the signature of who came late to its end."""
    begins = starts_at if late_since is None else min(max(late_since, starts_at), ends_at)
    return int((ends_at - begins).total_seconds()) // 60


def reminder_due(day: dt.date, now: dt.datetime) -> bool:
    """`now` (civil, Paris) is the eve of `day`, from 17 h on."""
    return now.date() == day - dt.timedelta(days=1) and now.time() >= DAY_BEFORE_HOUR
