"""When a vote is recalled to those from whom a ballot is still awaited.

Instants come from the frozen opening and end alone, never from anybody's vote: a message that left
when somebody voted would say who voted when.
"""

import datetime as dt

DAY = dt.timedelta(days=1)
# A vote held in a room needs no message.
TOO_SHORT = dt.timedelta(hours=2)
# People are reminded, not chased.
REST = dt.timedelta(hours=12)


def automatic_at(opened_at: dt.datetime, closes_at: dt.datetime) -> dt.datetime | None:
    """The one reminder nobody asks for: 24 hours before the end, at half-time of a shorter vote.

    None for a vote of under two hours. "Shorter" is under two days, so that it never comes in the
    first half.
    """
    length = closes_at - opened_at
    if length < TOO_SHORT:
        return None
    return closes_at - DAY if length >= 2 * DAY else opened_at + length / 2


def next_at(last: dt.datetime | None) -> dt.datetime | None:
    """From when the coordinator may remind again; None: at once."""
    return last + REST if last is not None else None
