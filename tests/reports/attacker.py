"""An attacker of disclosure control: all partners put together, who know every rule by heart.

They hold every report of a history (values, holes and reasons). They know how people move (nobody
comes back, who finished or left stays so) and try other worlds: histories of people that the engine
would have published in exactly the same way. A hidden count is recovered when no other world gives
it another value. The search is by brute force around the truth (one person changed, then two), or
over all small worlds: what it does not find may not exist, so it errs on the side of an alarm.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, product

from reports.disclosure import (
    Measure,
    Past,
    Released,
    Table,
    Thresholds,
    difference,
    is_safe,
    release,
)

CELLS = ("completed", "active", "left")
# Where somebody may be at the next report. "" is not yet entered.
STEPS = {
    "": ("", "active", "completed", "left"),
    "active": ("active", "completed", "left"),
    "completed": ("completed",),
    "left": ("left",),
}
Path = tuple[str, ...]  # where one person stands in each report
World = tuple[Path, ...]  # one path a person, sorted: nobody has a name
Target = tuple[str, object, object]


def paths(reports: int) -> list[Path]:
    """Every way through `reports` reports, but that of who never enters."""
    found: list[Path] = [(place,) for place in STEPS[""]]
    for _ in range(reports - 1):
        found = [(*path, after) for path in found for after in STEPS[path[-1]]]
    return [path for path in found if any(path)]


@dataclass(frozen=True, slots=True)
class Attack:
    """What everybody reads of a world, under these thresholds."""

    rules: Thresholds
    reports: int

    def published(self, world: World) -> tuple[Released, ...]:
        history: list[Past] = []
        told = []
        for turn in range(self.reports):
            table = table_of(world, turn)
            found = release(table, self.rules, history)
            history.append(Past(table, found.hidden, found.total is not None))
            told.append(found)
        return tuple(told)

    def targets(self, world: World, told: tuple[Released, ...]) -> dict[Target, int]:
        """Counts too small to be known: hidden cells, hidden totals, and how many people moved."""
        found: dict[Target, int] = {}
        for turn, released in enumerate(told):
            counts = Counter(path[turn] for path in world)
            if released.total is None and entered(world, turn) < self.rules.total:
                found["total", turn, ""] = entered(world, turn)
            for cell in released.hidden:
                if counts[cell] < self.rules.breakdown:
                    found["cell", turn, cell] = counts[cell]
        for one, two in combinations(range(self.reports), 2):
            for cell in ("", *CELLS):
                least = self.rules.breakdown if cell else self.rules.total
                moved = moves(world, one, two, cell)
                if 0 < moved < least:
                    found["moved", (one, two), cell] = moved
        return found

    def value(self, target: Target, world: World) -> int:
        kind, turn, cell = target
        match kind:
            case "total":
                return entered(world, turn)
            case "cell":
                return sum(path[turn] == cell for path in world)
            case _:
                return moves(world, *turn, cell)

    def recovered(self, world: World, *, most_pairs: int = 4000) -> dict[Target, int]:
        """The small counts of this world for which no other world was found."""
        told = self.published(world)
        open_targets = self.targets(world, told)
        pairs = 0
        for depth, other in neighbours(world, paths(self.reports)):
            if not open_targets:
                break
            pairs += depth == 2
            if pairs > most_pairs:
                break
            different = [t for t, v in open_targets.items() if self.value(t, other) != v]
            if different and agrees(other, told) and self.published(other) == told:
                for target in different:
                    del open_targets[target]
        return open_targets

    def recovered_everywhere(self, most_people: int) -> Iterator[tuple[World, Target, int]]:
        """Every world of up to `most_people` people, none left out: what all that look alike agree on."""
        alike: dict[object, list[World]] = {}
        for size in range(most_people + 1):
            for world in combinations_with_replacement(paths(self.reports), size):
                told = self.published(world)
                key = tuple((r.total, tuple(r.cells.items()), r.reason) for r in told)
                alike.setdefault(key, []).append(world)
        for worlds in alike.values():
            # A group that holds a world of the largest size goes on beyond it: not judged.
            if max(map(len, worlds)) == most_people:
                continue
            for target, value in self.targets(worlds[0], self.published(worlds[0])).items():
                if all(self.value(target, world) == value for world in worlds):
                    yield worlds[0], target, value


def table_of(world: World, turn: int) -> Table:
    cells = {
        cell: {person: 1 for person, path in enumerate(world) if path[turn] == cell}
        for cell in CELLS
    }
    return Table.broken_down("people", Measure.PERSONS, cells)


def entered(world: World, turn: int) -> int:
    return sum(path[turn] != "" for path in world)


def moves(world: World, one: int, two: int, cell: str) -> int:
    """How many people are in a cell (or entered) in one report and not in the other."""
    if not cell:
        return sum((path[one] != "") != (path[two] != "") for path in world)
    return sum((path[one] == cell) != (path[two] == cell) for path in world)


def agrees(world: World, told: Iterable[Released]) -> bool:
    """Whether the shown counts are those of this world: cheap, before the engine is asked."""
    for turn, released in enumerate(told):
        if released.total is not None and entered(world, turn) != released.total:
            return False
        counts = Counter(path[turn] for path in world)
        if any(v is not None and counts[cell] != v for cell, v in released.cells.items()):
            return False
    return True


def neighbours(world: World, known: list[Path]) -> Iterator[tuple[int, World]]:
    """Worlds one change away, then two: a person comes, goes, or took another path."""
    changes = _changes(world, known)
    for out, into in changes:
        yield 1, _changed(world, [(out, into)])
    for first, second in combinations(changes, 2):
        if first[0] and first[0] == second[0] and world.count(first[0]) < 2:
            continue
        yield 2, _changed(world, [first, second])


def _changes(world: World, known: list[Path]) -> list[tuple[Path, Path]]:
    """(path given up, path taken); () for nobody."""
    nobody: Path = ()
    held = sorted(set(world))
    return [(out, into) for out, into in product([*held, nobody], [*known, nobody]) if out != into]


def _changed(world: World, changes: Iterable[tuple[Path, Path]]) -> World:
    people = list(world)
    for out, into in changes:
        if out:
            people.remove(out)
        if into:
            people.append(into)
    return tuple(sorted(people))


def some_world(dice: random.Random, reports: int, most_people: int) -> World:
    """A random history: people enter, stay, finish and leave, more or less together."""
    restless = dice.choice((0.02, 0.1, 0.4))
    people = []
    for _ in range(dice.randint(0, most_people)):
        place, path = "", []
        for turn in range(reports):
            if not place and (turn == 0 or dice.random() < restless):
                place = "active" if dice.random() < (0.9 if turn == 0 else 1) else ""
            elif place == "active" and dice.random() < restless:
                place = dice.choice(("completed", "left"))
            path.append(place)
        if any(path):
            people.append(tuple(path))
    if dice.random() < 0.5:  # the last day, all who are left finish together
        people = [(*path[:-1], "completed") if path[-1] == "active" else path for path in people]
    return tuple(sorted(people))


# Hours: what people did only grows, so a figure that is the same before and after was the same between.


def some_hours(dice: random.Random) -> list[dict[str, dict[int, int]]]:
    """Cumulated minutes by kind in a few reports: all work, or none, or some."""
    people, kinds = dice.randint(3, 18), "abcd"[: dice.randint(2, 4)]
    cumulated: dict[str, dict[int, int]] = {kind: {} for kind in kinds}
    found = []
    for _ in range(dice.randint(2, 5)):
        for kind in kinds:
            share = dice.choice((1.0, 0.0, 0.2, 0.5))
            for person in range(people):
                if dice.random() < share:
                    worked = cumulated[kind].get(person, 0)
                    cumulated[kind][person] = worked + 10 * dice.randint(1, 9)
        found.append({kind: dict(parts) for kind, parts in cumulated.items()})
    return found


def hours_of_few(columns: list[dict[str, dict[int, int]]], rules: Thresholds) -> list[str]:
    """What adding, subtracting and filling holes gives of hours of too few people, over a history."""
    history: list[Past] = []
    for cells in columns:
        table = Table.broken_down("work", Measure.WORK, cells)
        told = release(table, rules, history)
        history.append(Past(table, told.hidden, told.total is not None))
    known = [_filled(history, turn) for turn in range(len(history))]
    wrong = []
    for turn, (one, cells) in enumerate(zip(history, known, strict=True)):
        rest = one.table.of(set(one.table.cells) - cells)
        parted = cells and cells != set(one.table.cells)
        if one.total_shown and parted and not is_safe(rest, Measure.WORK, rules.breakdown, rules):
            wrong.append(f"report {turn}: the rest of {sorted(cells)}")
    for one, two in combinations(range(len(history)), 2):
        for cells in sums(history[one], known[one]) & sums(history[two], known[two]):
            now, then = history[two].table, history[one].table
            least = rules.total if cells == set(now.cells) else rules.breakdown
            moved = difference(now.of(cells), then.of(cells))
            if moved and not is_safe(moved, Measure.WORK, least, rules):
                wrong.append(f"reports {one} and {two}: {sorted(cells)}")
    return wrong


def _filled(history: list[Past], turn: int) -> frozenset[str]:
    """Cells known in one report: shown there, or shown alike before and after."""
    found = set(history[turn].table.cells) - history[turn].hidden
    for cell in history[turn].hidden:
        around = [
            next((sum(p.table.cells[cell].values()) for p in some if cell not in p.hidden), None)
            for some in (history[:turn][::-1], history[turn + 1 :])
        ]
        if around[0] is not None and around[0] == around[1]:
            found.add(cell)
    return frozenset(found)


def sums(one: Past, known: frozenset[str]) -> set[frozenset[str]]:
    """Every sum of cells that adding and subtracting gives of one report."""
    blocks = [frozenset({cell}) for cell in known]
    rest = frozenset(one.table.cells) - known
    if one.total_shown and rest:
        blocks.append(rest)
    return {
        frozenset[str]().union(*some)
        for count in range(1, len(blocks) + 1)
        for some in combinations(blocks, count)
    }
