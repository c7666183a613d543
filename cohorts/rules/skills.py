"""Judgement about skills: the moment of a cohort, the words of a grid, what counts as confirmed. Pure."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cohorts.rules.cycles import days_between

MOST_SKILLS = 20
LONGEST_TITLE, LONGEST_MEANING = 80, 200
MOMENTS = ("start", "middle", "end")
# A coopérant saw it, and the accompaniment saw it: one pair of eyes is not evidence enough.
ROLES_NEEDED = frozenset({"peer", "coordinator"})


def moment_on(day: dt.date, first: dt.date, last: dt.date) -> str:
    """ "start", "middle" or "end": the third of the cohort (inclusive days) that `day` falls in.

    Before the first day it is the start, after the last one the end.
    """
    total = days_between(first, last)
    passed = (day - first).days
    return MOMENTS[min(max(passed * 3 // total, 0), 2)]


@dataclass(frozen=True, slots=True)
class SkillWords:
    """A line of a grid: the skill in the words of the group, and what it means here."""

    title: str
    meaning: str = ""


class GridFault(StrEnum):
    EMPTY = "empty"
    TOO_MANY = "too_many"
    TITLE_TOO_LONG = "title_too_long"
    MEANING_TOO_LONG = "meaning_too_long"
    TWICE = "twice"


def read_grid(text: str) -> tuple[SkillWords, ...]:
    """A skill a line, "title: what it means"; empty lines are passed over."""
    found = []
    for line in text.splitlines():
        title, _colon, meaning = (" ".join(part.split()) for part in line.partition(":"))
        if title:
            found.append(SkillWords(title, meaning))
    return tuple(found)


def write_grid(words: Sequence[SkillWords]) -> str:
    """The text that `read_grid` reads, with the colon as French writes it."""
    return "\n".join(f"{one.title} : {one.meaning}" if one.meaning else one.title for one in words)


def grid_fault(words: Sequence[SkillWords]) -> tuple[GridFault, str] | None:
    """What is wrong with a grid and the title it concerns, or None."""
    if not words:
        return GridFault.EMPTY, ""
    if len(words) > MOST_SKILLS:
        return GridFault.TOO_MANY, ""
    seen: set[str] = set()
    for one in words:
        if len(one.title) > LONGEST_TITLE:
            return GridFault.TITLE_TOO_LONG, one.title
        if len(one.meaning) > LONGEST_MEANING:
            return GridFault.MEANING_TOO_LONG, one.title
        if one.title.casefold() in seen:
            return GridFault.TWICE, one.title
        seen.add(one.title.casefold())
    return None


def is_confirmed(roles: Collection[str]) -> bool:
    """Whether these confirmations are enough for a paper: a co-worker's and a coordinator's."""
    return set(roles) >= ROLES_NEEDED


def agreed_level(levels: Collection[int]) -> int:
    """What a paper may say: the lowest level of those who confirm; nobody is overruled upwards."""
    return min(levels)
