"""How a person receives their slip, from what was said, oldest act to last. Pure.

C. trav. L3243-2 and D3243-7: electronic unless the person objects, at any time; told one month before
the first electronic slip, or on arrival; an objection takes effect within three months. Here: at once.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

INFORMED, OBJECTED, ACCEPTED = "informed", "objected", "accepted"


@dataclass(frozen=True, slots=True)
class Said:
    """One recorded act: what, the day it was said, how."""

    act: str
    on: date
    how: str = ""


@dataclass(frozen=True, slots=True)
class SlipWish:
    """Where a person stands. `since` and `how`: the last choice, when one was made."""

    informed_on: date | None = None
    wants_paper: bool = False
    since: date | None = None
    how: str = ""

    @property
    def is_informed(self) -> bool:
        return self.informed_on is not None


def wish_from(acts: Iterable[Said]) -> SlipWish:
    """Read the acts of one person, given in the order they were recorded.

    The choice said last wins, by the day it was said; on one day, the one recorded last. Whoever
    chose was informed, that day at the latest.
    """
    said = sorted(acts, key=lambda act: act.on)
    if not said:
        return SlipWish()
    choices = [act for act in said if act.act != INFORMED]
    last = choices[-1] if choices else None
    return SlipWish(
        informed_on=said[0].on,
        wants_paper=last is not None and last.act == OBJECTED,
        since=last.on if last else None,
        how=last.how if last else "",
    )


def informed_in_time(informed_on: date, *, first_slip_on: date, arrived_on: date | None) -> bool:
    """Whether the person was told a month before the first slip, or on arrival at the latest."""
    if arrived_on is not None and informed_on <= arrived_on:
        return True
    before = (first_slip_on.replace(day=1) - timedelta(days=1)).replace(day=1)
    last = monthrange(before.year, before.month)[1]
    return informed_on <= before.replace(day=min(first_slip_on.day, last))
