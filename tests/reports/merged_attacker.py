"""The attacker of merged cohorts: everybody's papers of a year put together, cohorts, territories, network.

They know every rule, how many people each row has (from the reports of its cohorts), each cell shown,
and that a cell is hidden. They try other worlds that would have been published in the very same way:
a small hidden count is recovered when none of them gives it another value.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.disclosure import HOUSE, Measure, Table, Thresholds, added, release
from reports.nesting import Together, release_together

Row = tuple[int, ...]
World = tuple[Row, ...]  # how many people in each cell, by row
Blocks = tuple[frozenset[str], ...]
WHOLE = -1
# Blocks as real partitions have them: few answer the first, the last matters most.
SHAPES: tuple[Blocks, ...] = (
    (frozenset("a"), frozenset("b")),
    (frozenset("ab"), frozenset("c")),
    (frozenset("ab"), frozenset("c"), frozenset("d")),
    (frozenset("ab"), frozenset("cd"), frozenset("e"), frozenset("f")),
)


@dataclass(frozen=True, slots=True)
class Nest:
    """What everybody reads of the rows of one table and of all of them together."""

    blocks: Blocks
    told: frozenset[int]
    rules: Thresholds
    boldness: float = 0.05  # how often the long walk goes through what would be published otherwise

    @property
    def codes(self) -> list[str]:
        return sorted(frozenset[str]().union(*self.blocks))

    def published(self, world: World) -> Together:
        tables = {row: self.table(row, counts) for row, counts in enumerate(world)}
        return release_together(tables, self.told, self.rules)

    def table(self, row: int, counts: Row) -> Table:
        cells: dict[str, dict[int, int]] = {}
        first = row * 10_000
        for code, number in zip(self.codes, counts, strict=True):
            cells[code] = dict.fromkeys(range(first, first + number), 1)
            first += number
        return Table("t", Measure.PERSONS, added(cells.values()), cells, self.blocks)

    def targets(self, world: World, told: Together) -> dict[tuple[int, int], int]:
        """Hidden counts under k: (row, or the whole, cell) → value."""
        found = {}
        for row in (*range(len(world)), WHOLE):
            for cell, code in enumerate(self.codes):
                number = value(world, row, cell)
                if _shown(told, row, code) is None and number < self.rules.breakdown:
                    found[row, cell] = number
        return found

    def recovered(self, world: World) -> dict[tuple[int, int], int]:
        """Small counts for which no world around this one gives another value."""
        told = self.published(world)
        left = self.targets(world, told)
        for other in self._around(world, told, left):
            if not left:
                break
            different = [one for one, number in left.items() if value(other, *one) != number]
            if different and self.published(other) == told:
                for one in different:
                    del left[one]
        for one, number in list(left.items()):
            wandered = self._wander(world, told)
            if any(value(w, *one) != number and self.published(w) == told for w in wandered):
                del left[one]
        return left

    def _wander(self, world: World, told: Together, steps: int = 100_000) -> Iterator[World]:
        """Worlds with the same totals and the same cells shown, however far: a long walk at random.

        Rows that would have been published otherwise on the way are passed through, not told.
        """
        dice = random.Random(1)
        rows = range(len(world))
        holes = [
            [c for c, code in enumerate(self.codes) if _shown(told, row, code) is None]
            for row in rows
        ]
        loose = {c for c, code in enumerate(self.codes) if _shown(told, WHOLE, code) is None}
        movable = [row for row in rows if len(holes[row]) > 1]
        known: dict[tuple[int, Row], bool] = {}
        wrong = 0
        for _step in range(steps if movable else 0):
            row = dice.choice(movable)
            out, into = dice.sample(holes[row], 2)
            other = dice.choice(movable)
            number = dice.randint(1, max(1, world[row][out]))
            if world[row][out] < number:
                continue
            if other == row:
                if not {out, into} <= loose:
                    continue
                moved = _move(world, row, out, into, number)
            elif {out, into} <= set(holes[other]) and world[other][into] >= number:
                moved = _move(_move(world, row, out, into, number), other, into, out, number)
            else:
                continue
            after = sum(not self._as_told(told, each, moved[each], known) for each in rows)
            if after > wrong and dice.random() > self.boldness:
                continue
            world, wrong = moved, after
            if not wrong:
                yield world

    def _as_told(
        self, told: Together, row: int, counts: Row, known: dict[tuple[int, Row], bool]
    ) -> bool:
        if row not in self.told:
            return True
        if (row, counts) not in known:
            released = release(self.table(row, counts), self.rules)
            known[row, counts] = released == told.rows[row]
        return known[row, counts]

    def _around(
        self, world: World, told: Together, left: Mapping[tuple[int, int], int]
    ) -> Iterator[World]:
        """People of a row change cells, and people of another the other way when the whole is shown."""
        cells = range(len(self.codes))
        free = [
            [cell for cell in cells if _shown(told, row, self.codes[cell]) is None]
            for row in range(len(world))
        ]
        open_in_whole = {c for c in cells if _shown(told, WHOLE, self.codes[c]) is None}
        for row, holes in enumerate(free):
            for out, into in itertools.permutations(holes, 2):
                for number in range(1, min(world[row][out], self.rules.breakdown + 1) + 1):
                    if not left:
                        return
                    moved = _move(world, row, out, into, number)
                    if {out, into} <= open_in_whole:
                        yield moved
                    for other, others in enumerate(free):
                        if other == row:
                            continue
                        if {out, into} <= set(others) and moved[other][into] >= number:
                            yield _move(moved, other, into, out, number)
                        for third in others:
                            # Three cells, or two rows that share what the first gave.
                            if third in (out, into) or moved[other][into] < number:
                                continue
                            if into in others and {out, third} <= open_in_whole:
                                yield _move(moved, other, into, third, number)

    def recovered_everywhere(self, totals: Sequence[int]) -> list[tuple[World, int, int]]:
        """Every world with these totals, none left out: what all that look alike agree on."""
        alike: dict[object, list[World]] = defaultdict(list)
        ways = [list(_ways(total, len(self.codes))) for total in totals]
        for world in itertools.product(*ways):
            told = self.published(world)
            rows = tuple((row, tuple(r.cells.values()), r.reason) for row, r in told.rows.items())
            alike[rows, tuple(told.whole.cells.values()), told.whole.reason].append(world)
        found = []
        for worlds in alike.values():
            first = worlds[0]
            for (row, cell), number in self.targets(first, self.published(first)).items():
                if all(value(world, row, cell) == number for world in worlds):
                    found.append((first, row, cell))
        return found


def value(world: World, row: int, cell: int) -> int:
    return sum(each[cell] for each in world) if row == WHOLE else world[row][cell]


def _shown(told: Together, row: int, code: str) -> int | None:
    if row == WHOLE:
        return told.whole.cells[code]
    return told.rows[row].cells[code] if row in told.rows else None


def _move(world: World, row: int, out: int, into: int, number: int) -> World:
    counts = list(world[row])
    counts[out] -= number
    counts[into] += number
    return (*world[:row], tuple(counts), *world[row + 1 :])


def _ways(total: int, cells: int) -> Iterator[Row]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _ways(total - first, cells - 1):
            yield (first, *rest)


def some_nest(dice: random.Random, rules: Thresholds = HOUSE) -> tuple[Nest, World]:
    """A year of one table: territories of a few cohorts, each with its own habits."""
    blocks = dice.choice(SHAPES)
    count = len(frozenset[str]().union(*blocks))
    world, told = [], set()
    for row in range(dice.randint(1, 6)):
        cohorts = dice.randint(1, 6)
        if cohorts >= 3:
            told.add(row)
        people = sum(dice.randint(rules.total, 2 * rules.total + 8) for _ in range(cohorts))
        weights = [dice.choice((0.0, 0.3, 1.0, 4.0)) + 0.01 for _ in range(count)]
        drawn = dice.choices(range(count), weights, k=people)
        world.append(tuple(drawn.count(cell) for cell in range(count)))
    return Nest(blocks, frozenset(told), rules), tuple(world)


def few_between(
    one: Mapping[str, Iterable[int]], two: Mapping[str, Iterable[int]], shown: Iterable[str], k: int
) -> list[str]:
    """Cells told at two dates whose change is that of fewer than k people: what subtracting gives."""
    return [code for code in shown if 0 < len(set(one[code]) ^ set(two[code])) < k]
