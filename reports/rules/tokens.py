"""How long a token lives, how many an organisation keeps, when its end is told."""

import datetime as dt

LONGEST_TOKEN = dt.timedelta(days=365)
# Told three weeks before: somebody must make another, and put it in a program.
TOLD_BEFORE = dt.timedelta(days=21)
MOST_TOKENS = 5


def is_allowed_end(expires_on: dt.date, today: dt.date) -> bool:
    """From tomorrow to a year from today, both included."""
    return today < expires_on <= today + LONGEST_TOKEN
