"""Judgement about events, their guests and the people met there. Pure.

Hours are civil hours of Europe/Paris, outside those that a change of clocks doubles or skips.
"""

import datetime as dt
from enum import StrEnum

from cohorts.rules.sessions import EARLIEST, LATEST, minutes_between
from members.rules import fold

SHORTEST_MINUTES = 15
# What a half-day means when nobody said hours.
HALF_HOURS = {
    "morning": (dt.time(9), dt.time(12)),
    "afternoon": (dt.time(13, 30), dt.time(17)),
    "evening": (dt.time(18), dt.time(21)),
}
MOST_PEOPLE = 30  # with one guest: more is a group to be called, or a slip of the thumb
MOST_AT_ONCE = 200  # lines pasted

# GDPR art. 5(1)(c) and (e): nobody is kept longer than what they were asked for. A guest is kept for
# the event and its thanks; a person met who agreed to nothing, for the time of asking them.
GUESTS_KEPT_DAYS = 90
CONTACTS_KEPT_DAYS = 90  # after the archive of the cohort, without consent
# With consent: the three years of CNIL's standard on contacts (référentiel « gestion commerciale »).
CONSENT_KEPT_MONTHS = 36

_TITLES = frozenset(
    {"m", "mr", "mme", "mlle", "monsieur", "madame", "dr", "docteur", "maitre", "me"}
)


class HoursFault(StrEnum):
    MISSING = "missing"
    BOTH = "both"
    BACKWARDS = "backwards"
    TOO_SHORT = "too_short"
    AT_NIGHT = "at_night"


def hours_fault(half: str, starts: dt.time | None, ends: dt.time | None) -> HoursFault | None:
    """What is wrong with the moment of an event, or None: a half-day, or hours of one day."""
    if half:
        return HoursFault.BOTH if starts or ends else None
    if starts is None or ends is None:
        return HoursFault.MISSING
    minutes = minutes_between(starts, ends)
    if minutes <= 0:
        return HoursFault.BACKWARDS
    if minutes < SHORTEST_MINUTES:
        return HoursFault.TOO_SHORT
    return HoursFault.AT_NIGHT if starts < EARLIEST or ends > LATEST else None


def name_key(name: str) -> str:
    """What tells one person in two spellings: "M. Jean-Paul DUPONT", "dupont jean paul".

    Words folded, without titles, in order of the alphabet. A name in another alphabet stays itself.
    """
    words = fold(name).split()
    kept = [word for word in words if word not in _TITLES] or words
    return " ".join(sorted(kept)) or " ".join(name.casefold().split())


def may_be_one(key: str, other: str) -> bool:
    """Whether two folded names share a word: "martin r", "martin rose". A switchboard's number is of
    several people; with a shared name it is of one."""
    return bool({word for word in key.split() if len(word) > 2} & set(other.split()))
