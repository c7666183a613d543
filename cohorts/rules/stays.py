"""Times away: somebody left a cohort, and came back to it. Pure."""

import datetime as dt
from collections.abc import Sequence

# [last day before, first day back, why they had left], dates as ISO text: as the column keeps it.
Away = Sequence[Sequence[str]]


def was_away(away: Away, day: dt.date) -> bool:
    """Strictly between the last day before and the first day back."""
    said = day.isoformat()
    return any(left < said < back for left, back, *_reason in away)


def back_on(away: Away) -> dt.date | None:
    """The first day of the present stay, when it is not the first."""
    return dt.date.fromisoformat(away[-1][1]) if away else None


def is_away_all_week(away: Away, monday: dt.date) -> bool:
    """Every one of the seven days."""
    return all(was_away(away, monday + dt.timedelta(days=n)) for n in range(7))
