"""Disclosure control: what may leave for partners without pointing at anybody. Pure.

A figure is given as its parts: what each person (by key) adds to it. From the parts the engine
judges the figure, every difference it would make with figures already handed over, and what a
subtraction would give back. It answers with values to publish and with holes, never with parts.

Sources: house rule (k = 11 for a cell, 5 for a single total, 80 % dominance); Insee, guide du
secret statistique. Two attributes are never crossed for one cohort: tables have one dimension.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from statistics import median

# Person key → whole units: 1 person, minutes, cents, papers. Zero and absent are the same.
Parts = Mapping[int, int]


class Measure(StrEnum):
    PERSONS = "persons"  # a count of people: each part is 1
    WORK = "work"  # what people did: minutes, papers
    AMOUNT = "amount"  # cents paid to people


class Reason(StrEnum):
    """Why a figure is masked. Says nothing of which side it errs on: that would be the figure."""

    SMALL = "small"  # too few people behind a single total
    AMOUNT = "amount"  # too few people paid, or one who gets nearly all
    CELLS = "cells"  # cells masked together: one at least is small, another protects it
    CHANGE = "change"  # would show the few people who changed since an earlier report
    RATE = "rate"  # too few weeks or votes for a rate that shows nobody
    REPORTS = "reports"  # too few reports of cohorts say it


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits as data, per source. People, percent for `dominance`, percentage points for `step`."""

    total: int = 5
    breakdown: int = 11
    amount: int = 11
    dominance: int = 80
    # Rates are rounded to `step` and never said below it nor above 100 - step.
    step: int = 5
    # A rate of people × weeks needs this many, so that rounding hides several people's weeks.
    rate_base: int = 100
    votes: int = 3

    def least(self, measure: Measure, *, single: bool) -> int:
        """How many people a figure needs behind it."""
        if measure is Measure.AMOUNT:
            return self.amount
        return self.total if single else self.breakdown


HOUSE = Thresholds()


@dataclass(frozen=True, slots=True)
class Table:
    """A total and, when it is broken down, its cells: their parts sum to those of the total.

    `blocks` are cells that are hidden together, fixed before any figure is known. Were the cover of
    a small cell chosen by size, the choice itself would tell who knows the rule what it covers.
    """

    code: str
    measure: Measure
    total: Parts
    cells: Mapping[str, Parts]
    blocks: tuple[frozenset[str], ...] = ()

    @classmethod
    def single(cls, code: str, measure: Measure, parts: Parts) -> "Table":
        return cls(code, measure, parts, {})

    @classmethod
    def broken_down(cls, code: str, measure: Measure, cells: Mapping[str, Parts]) -> "Table":
        """Cells in a fixed order: neighbours hide together two by two, the last three at an end."""
        names = list(cells)
        starts = list(range(0, max(len(names) - 1, 1), 2))
        ends = [*starts[1:], len(names)]
        blocks = tuple(frozenset(names[a:b]) for a, b in zip(starts, ends, strict=True))
        return cls(code, measure, added(cells.values()), dict(cells), blocks)

    def of(self, codes: Iterable[str]) -> Parts:
        """The parts of some cells together; a single total is its own only cell, ""."""
        return added(self.cells[code] for code in codes) if self.cells else self.total


@dataclass(frozen=True, slots=True)
class Released:
    """What may be published. `None` is a hole, for `reason`."""

    total: int | None
    cells: Mapping[str, int | None]
    reason: Reason | None = None

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(code for code, value in self.cells.items() if value is None)


@dataclass(frozen=True, slots=True)
class Past:
    """The same table in an earlier report: what it counted, and what of it was published."""

    table: Table
    hidden: frozenset[str]
    total_shown: bool


def added(many: Iterable[Parts]) -> dict[int, int]:
    """Sum parts person by person."""
    found: dict[int, int] = {}
    for parts in many:
        for person, value in parts.items():
            found[person] = found.get(person, 0) + value
    return found


def difference(now: Parts, then: Parts) -> dict[int, int]:
    """What changed, person by person; who did not change is absent."""
    moved = added([now, {person: -value for person, value in then.items()}])
    return {person: value for person, value in moved.items() if value}


def is_safe(parts: Parts, measure: Measure, least: int, rules: Thresholds) -> bool:
    """True when the sum of these parts shows nobody.

    Needs `least` people and, for hours and amounts, nobody above `rules.dominance` percent. No
    hours at all may be said; nobody in a category of people may not (0 % speaks of everyone).
    """
    sizes = [abs(value) for value in parts.values() if value]
    if not sizes:
        return measure is not Measure.PERSONS
    if len(sizes) < least:
        return False
    return measure is Measure.PERSONS or max(sizes) * 100 <= rules.dominance * sum(sizes)


def release(table: Table, rules: Thresholds = HOUSE, history: Sequence[Past] = ()) -> Released:
    """Mask what must be, the least this engine knows how to.

    `history`: the same table in every earlier report, oldest first, whoever read it (readers compare
    notes). A cell shown now may fill a hole of an earlier report: that is judged too.
    """
    alone = _hide(table, rules, ())
    total_shown, hidden = _hide(table, rules, history) if history else alone
    if total_shown and not hidden:
        reason = None
    elif (total_shown, hidden) != alone:
        reason = Reason.CHANGE
    elif total_shown:
        reason = Reason.CELLS
    else:
        reason = Reason.AMOUNT if table.measure is Measure.AMOUNT else Reason.SMALL
    return Released(
        total=sum(table.total.values()) if total_shown else None,
        cells={
            code: None if code in hidden else sum(parts.values())
            for code, parts in table.cells.items()
        },
        reason=reason,
    )


def _hide(table: Table, rules: Thresholds, history: Sequence[Past]) -> tuple[bool, frozenset[str]]:
    """(is the total shown, hidden cells). Hides one more block at each turn, so it ends."""
    codes = frozenset(table.cells)
    total_least = rules.least(table.measure, single=True)
    if not is_safe(table.total, table.measure, total_least, rules):
        return False, codes
    least = rules.least(table.measure, single=False)
    small = {
        code
        for code, parts in table.cells.items()
        if not is_safe(parts, table.measure, least, rules)
    }
    hidden = covered(table, small, rules)
    while True:
        if hidden and len(codes) == 1:
            return False, codes  # the only cell is the total
        leak = _leak(table, hidden, rules, history)
        if leak is None:
            return True, hidden
        if hidden == codes:
            return False, codes
        hidden = covered(table, hidden | (leak - hidden or _next(table, hidden)), rules)


def covered(table: Table, cells: Iterable[str], rules: Thresholds) -> frozenset[str]:
    """The blocks of these cells, and further ones until the hole cannot be read from the total.

    Total minus shown cells gives the sum of the hidden ones: so there are two at least, and their
    sum is itself fit to publish (or it is the total, judged apart).
    """
    least = rules.least(table.measure, single=False)
    wanted = frozenset(cells)
    hidden = frozenset[str]().union(*(block for block in table.blocks if block & wanted))
    while hidden and hidden != frozenset(table.cells):
        if len(hidden) > 1 and is_safe(table.of(hidden), table.measure, least, rules):
            break
        hidden |= _next(table, hidden)
    return hidden


def _next(table: Table, hidden: frozenset[str]) -> frozenset[str]:
    """The shown block that follows the first hidden one, in the order of the table."""
    turn = next(i for i, block in enumerate(table.blocks) if block & hidden)
    around = table.blocks[turn:] + table.blocks[:turn]
    return next(block for block in around if not block & hidden)


def _known(codes: Iterable[str], hidden: frozenset[str], total_shown: bool) -> list[frozenset[str]]:
    """The sums of cells a reader knows: each shown cell, and the hidden ones together."""
    names = sorted(codes)
    if not names:  # a single total
        return [frozenset({""})] if total_shown else []
    known = [frozenset({code}) for code in names if code not in hidden]
    return [*known, hidden] if total_shown and hidden else known


def _known_in_both(one: list[frozenset[str]], two: list[frozenset[str]]) -> list[frozenset[str]]:
    """The smallest sums that both reports give: blocks that overlap are put together."""
    groups: list[frozenset[str]] = []
    for block in one + two:
        touched = [group for group in groups if group & block]
        groups = [group for group in groups if not group & block]
        groups.append(frozenset(block.union(*touched)))
    return [
        group
        for group in groups
        if all(
            frozenset[str]().union(*(block for block in blocks if block <= group)) == group
            for blocks in (one, two)
        )
    ]


def _leak(
    table: Table, hidden: frozenset[str], rules: Thresholds, history: Sequence[Past]
) -> frozenset[str] | None:
    """Cells whose change since an earlier report would show too few people; None when none does."""
    now = Past(table, hidden, total_shown=True)
    for past in history:
        found = _shows_few(now, past, table.measure, rules)
        if found is not None:
            return found
    return _filled_leak(now, rules, history) if table.cells else None


def _shows_few(one: Past, two: Past, measure: Measure, rules: Thresholds) -> frozenset[str] | None:
    """Cells whose sum two reports give, and that changed between them for too few people."""
    everything = frozenset(one.table.cells) or frozenset({""})
    shared = _known_in_both(
        _known(one.table.cells, one.hidden, one.total_shown),
        _known(two.table.cells, two.hidden, two.total_shown),
    )
    for count in range(1, len(shared) + 1):
        for blocks in combinations(shared, count):
            cells = frozenset[str]().union(*blocks)
            least = rules.least(measure, single=cells == everything)
            moved = difference(one.table.of(cells), two.table.of(cells))
            if moved and not is_safe(moved, measure, least, rules):
                return cells
    return None


def _filled_leak(now: Past, rules: Thresholds, history: Sequence[Past]) -> frozenset[str] | None:
    """Cells shown now that would fill a hole of an earlier report, when that shows too few people.

    What people did only grows: a cell that is the same before and after a report was the same in it.
    Its total then gives the other holes.
    """
    measure, reports = now.table.measure, [*history, now]
    filling = [_filling(reports, turn) for turn in range(len(reports))]
    by_now = frozenset[str]().union(
        *(
            cells - _shown_between(history, turn)
            for turn, cells in enumerate(filling)
            if turn < len(history)
        )
    )
    if not by_now:
        return None
    filled = [
        Past(one.table, one.hidden - cells, one.total_shown)
        for one, cells in zip(reports, filling, strict=True)
    ]
    least = rules.least(measure, single=False)
    for one, cells in zip(filled, filling, strict=True):
        rest = one.table.of(one.hidden)
        if cells and one.hidden and one.total_shown and not is_safe(rest, measure, least, rules):
            return by_now
        for other in filled if cells else ():
            if other is not one and _shows_few(one, other, measure, rules) is not None:
                return by_now
    return None


def _filling(reports: Sequence[Past], turn: int) -> frozenset[str]:
    """Cells hidden in one report that have one and the same value before and after it."""
    before, after = reports[:turn][::-1], reports[turn + 1 :]
    return frozenset(
        code
        for code in reports[turn].hidden
        if (value := _first_shown(before, code)) is not None and value == _first_shown(after, code)
    )


def _first_shown(reports: Sequence[Past], code: str) -> int | None:
    found = (
        one.table.cells[code] for one in reports if code in one.table.cells.keys() - one.hidden
    )
    return next((sum(parts.values()) for parts in found), None)


def _shown_between(history: Sequence[Past], turn: int) -> frozenset[str]:
    """Cells that an earlier report showed after that one: their hole was already filled."""
    later = history[turn + 1 :]
    return frozenset[str]().union(*(set(one.table.cells) - one.hidden for one in later))


@dataclass(frozen=True, slots=True)
class Rate:
    """A rounded rate, in percent. `bound`: "" about, "most" at most, "least" at least."""

    percent: int
    bound: str = ""


def rate(done: Parts, expected: Parts, rules: Thresholds = HOUSE) -> Rate | None:
    """Share of what was expected that was done, rounded; None when it would show somebody.

    The two counts behind it are never published: their difference may be one person's.
    """
    size = sum(expected.values())
    if size < rules.rate_base:
        return None
    if not is_safe(expected, Measure.WORK, rules.breakdown, rules):
        return None
    return coded(Fraction(sum(done.values()), size), rules)


def median_rate(votes: Sequence[tuple[int, int]], rules: Thresholds = HOUSE) -> Rate | None:
    """Median of (present, roll) over several votes, rounded; None for too few votes.

    A middle value over `rules.votes` votes or more names no vote, hence nobody who was away.
    Votes with a roll under `rules.breakdown` are left out.
    """
    shares = [Fraction(present, roll) for present, roll in votes if roll >= rules.breakdown]
    if len(shares) < rules.votes:
        return None
    return coded(Fraction(median(shares)), rules)


def coded(share: Fraction, rules: Thresholds) -> Rate:
    """Round to the nearest step, half up; close to 0 or 1, say only "at most" or "at least"."""
    steps = share * 100 / rules.step
    percent = rules.step * ((2 * steps + 1) // 2)
    if percent >= 100 - rules.step:
        return Rate(100 - rules.step, "least")
    if percent <= rules.step:
        return Rate(rules.step, "most")
    return Rate(int(percent))


def rounded(value: int, rules: Thresholds = HOUSE) -> int:
    """A count beside another it is a part of: to the nearest step, so that both never subtract."""
    return rules.step * ((2 * value + rules.step) // (2 * rules.step))
