"""What a movement said, and from which day to which: books that left with former figures need their opposite.

A row is booked as it was first noted; corrected on a later day, it is taken back that day and booked
again. What changed on the very day it was noted, or corrected, no account may have read.
"""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cohorts.models import Cohort
from ct_platform.kit.clock import civil_day
from projects.models import Expense, MoneyChange, Sale
from projects.rules import former

Movement = TypeVar("Movement", Sale, Expense)


@dataclass(frozen=True, slots=True)
class Turn(Generic[Movement]):
    """A movement with the figures of one time. `since`: the day they replaced others, None for the first;
    `until`: the day they were replaced or struck out, None while they stand. `rank` begins at 1."""

    movement: Movement
    rank: int
    since: dt.date | None
    until: dt.date | None


def turns_of(movement: Movement, corrections: Iterable[MoneyChange]) -> list[Turn[Movement]]:
    """Every turn of one movement, oldest first; `corrections` hold what they replaced. No query."""
    found: list[Turn[Movement]] = []
    begun, since = civil_day(movement.created_at), None
    for change in corrections:
        day = civil_day(change.at)
        if day > begun:
            found.append(Turn(_as_it_was(movement, change), len(found) + 1, since, day))
            begun = since = day
    struck = civil_day(movement.withdrawn_at) if movement.withdrawn_at else None
    if struck is None or since is None or struck > since:
        found.append(Turn(movement, len(found) + 1, since, struck))
    return found


def corrections_of(cohort: Cohort, kind: str) -> Mapping[int, Sequence[MoneyChange]]:
    """Corrections of figures by movement, oldest first; `kind`: "sale" or "expense". One query."""
    rows = MoneyChange.objects.filter(
        before__isnull=False, **{f"{kind}__project__cohort": cohort}
    ).order_by("at", "pk")
    found: dict[int, list[MoneyChange]] = defaultdict(list)
    for row in rows:
        found[getattr(row, f"{kind}_id")].append(row)
    return found


def _as_it_was(movement: Movement, change: MoneyChange) -> Movement:
    """The same in memory, with the figures of that time: nothing saves it."""
    old = copy.copy(movement)
    for name, value in former.read(change.before or {}).items():
        setattr(old, name, value)
    return old
