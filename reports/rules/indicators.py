"""FSE+ indicators of an operation, each participant once, by gender. Pure.

Source: règlement (UE) 2021/1057, annexe I. Refusals and missing answers are counted apart: neither
is a "no". Results upon leaving count when they were noted within four weeks; those noted later stand
beside, for the authority to say (delay to be confirmed with it).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cohorts.enums.entry_files import REFUSED, Sex
from cohorts.rules.ages import add_months
from cohorts.rules.exits import is_in_time
from cohorts.rules.participants import LATER_RESULTS, OUTPUTS, RESULTS, SENSITIVE_OUTPUTS, Flag

# Women, men, non-binary; who did not say stays a column: all sum to the total.
UNSAID = "unsaid"
GENDERS = (Sex.WOMAN.value, Sex.MAN.value, Sex.NON_BINARY.value, UNSAID)
LATER_MONTHS = 6
ORDINARY_OUTPUTS = tuple(code for code in OUTPUTS if code not in SENSITIVE_OUTPUTS)


@dataclass(frozen=True, slots=True)
class Case:
    """One participant. `left_on` None: still in. `known_on`: when the exit was observed.

    `later` is None until somebody answered the question of six months.
    """

    sex: str
    outputs: Mapping[str, Flag]
    left_on: dt.date | None
    known_on: dt.date | None
    results: Mapping[str, Flag]
    later: Mapping[str, Flag] | None

    @property
    def gender(self) -> str:
        return self.sex if self.sex in GENDERS else UNSAID

    @property
    def refuses_gender(self) -> bool:
        return self.sex == REFUSED

    @property
    def is_in_time(self) -> bool:
        """Its exit was observed within four weeks."""
        if self.left_on is None or self.known_on is None:
            return False
        return is_in_time(self.left_on, self.known_on)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: yes by gender and in all, out of `base` people asked; refused, missing, too late."""

    code: str
    counts: Mapping[str, int]
    base: int
    refused: int
    missing: int
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def cells(self) -> list[int]:
        return [self.counts[gender] for gender in GENDERS]


@dataclass(frozen=True, slots=True)
class Indicators:
    outputs: Sequence[Row]
    results: Sequence[Row]
    later: Sequence[Row]
    entered: int
    left: int
    noted: int  # exits with a situation
    in_time: int
    due: int  # whose six months have come
    answered: int

    @property
    def response_percent(self) -> int | None:
        """Whole percent, rounded half up; None while nobody's six months have come."""
        return (200 * self.answered + self.due) // (2 * self.due) if self.due else None


def indicators_of(
    cases: Iterable[Case], today: dt.date, *, with_sensitive: bool = False
) -> Indicators:
    """The tables of an operation on `today`. Sensitive outputs only when asked: access is narrow."""
    people = list(cases)
    left = [one for one in people if one.left_on is not None and one.left_on <= today]
    due = [one for one in left if one.left_on and add_months(one.left_on, LATER_MONTHS) <= today]
    told = [one for one in due if one.later is not None]
    codes = OUTPUTS if with_sensitive else ORDINARY_OUTPUTS
    return Indicators(
        outputs=[_row(code, people, [one.outputs[code] for one in people]) for code in codes],
        results=[_result(code, left) for code in RESULTS],
        later=[_row(code, due, [_later(one, code) for one in due]) for code in LATER_RESULTS],
        entered=len(people),
        left=len(left),
        noted=sum(one.known_on is not None for one in left),
        in_time=sum(one.is_in_time for one in left),
        due=len(due),
        answered=len(told),
    )


def _result(code: str, left: Sequence[Case]) -> Row:
    """A result noted after four weeks is no yes: it stands in `late`."""
    late = [one.results[code] is Flag.YES and not one.is_in_time for one in left]
    flags = [
        Flag.NO if too_late else one.results[code] for one, too_late in zip(left, late, strict=True)
    ]
    return replace(_row(code, left, flags), late=sum(late))


def _later(one: Case, code: str) -> Flag:
    return Flag.MISSING if one.later is None else one.later[code]


def _row(code: str, people: Sequence[Case], flags: Sequence[Flag]) -> Row:
    counts = dict.fromkeys(GENDERS, 0)
    for one, flag in zip(people, flags, strict=True):
        counts[one.gender] += flag is Flag.YES
    return Row(
        code=code,
        counts=counts,
        base=len(people),
        refused=sum(flag is Flag.REFUSED for flag in flags),
        missing=sum(flag is Flag.MISSING for flag in flags),
    )
