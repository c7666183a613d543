"""One table over territories and over the whole network, released at once. Pure.

Everybody of a year stands in one row (a territory): the whole is the sum of its rows. All partners
together know, of each row, the cells shown and, by its total, the sum of those hidden; of the whole,
the same. Whole − shown cells of rows = "the rest": what rows hide, put together cell by cell.

The rule has three lines:
1. a cell that one or two rows alone hide is hidden in the whole: the rest would be that row, and of
   two rows each gives the other away;
2. the rest is judged as one more table: each of its cells has k people, and its holes are covered;
3. a row told of which every cell is hidden says, to who knows the rule, that all but a few of its
   people may stand in one cell: a cell of the rest as large as that row, give or take k people, is
   hidden too, for it would say that the others have nobody there.

Why it holds. The lines read sums over rows and totals, which the figures themselves tell, never a
hidden cell of one row: that a cell is hidden tells no more than the sum would. A reader is left with
the margins of a table of three hidden rows or more, each of k people, whose columns count k. A finer
rule, "keep k people of the rows against every subtraction", shows more and leaks: it looks at hidden
cells to choose, so the choice tells them. There is no proof for every history: tests/reports/
test_nesting.py tries every small world there is, and a thousand years at random (bench/disclosure).

Rows must be released from the same facts, and once: see `reports.merging`.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from reports.disclosure import (
    HOUSE,
    Measure,
    Parts,
    Reason,
    Released,
    Table,
    Thresholds,
    covered,
    release,
)

LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Together:
    """What may be published: of each row told, and of all of them together."""

    rows: Mapping[int, Released]
    whole: Released


def release_together(
    tables: Mapping[int, Table], told: Set[int], rules: Thresholds = HOUSE
) -> Together:
    """Mask the table of each row in `told`, then that of the whole, so that no subtraction shows few.

    `tables`: counts of persons with the same cells and blocks; nobody stands in two. Rows out of
    `told` are hidden as a whole; their totals are known all the same, from the reports of cohorts.
    """
    rows = {key: release(table, rules) for key, table in tables.items() if key in told}
    holes = {
        key: rows[key].hidden if key in rows else frozenset(table.cells)
        for key, table in tables.items()
    }
    whole = sum_of(tables.values())
    closed = {key for key, told_row in rows.items() if not set(told_row.cells) - told_row.hidden}
    hidden = _left_hidden(whole, tables, holes, closed, rules)
    hidden = covered(whole, hidden, rules) if hidden else hidden
    return Together(
        rows,
        Released(
            total=sum(whole.total.values()),
            cells={
                code: None if code in hidden else sum(parts.values())
                for code, parts in whole.cells.items()
            },
            reason=Reason.CELLS if hidden else None,
        ),
    )


def sum_of(tables: Iterable[Table]) -> Table:
    """The sum of rows that share nobody; cells and blocks in their order."""
    rows = list(tables)
    cells = {code: _joined(row.cells[code] for row in rows) for code in rows[0].cells}
    return Table(rows[0].code, Measure.PERSONS, _joined(cells.values()), cells, rows[0].blocks)


def _left_hidden(
    whole: Table,
    tables: Mapping[int, Table],
    holes: Mapping[int, frozenset[str]],
    closed: Set[int],
    rules: Thresholds,
) -> frozenset[str]:
    """The cells to hide in the whole: none when no row hides any."""
    behind = {
        code: [key for key, hidden in holes.items() if code in hidden] for code in whole.cells
    }
    cells = {
        code: _joined(tables[key].cells[code] for key in keys)
        for code, keys in behind.items()
        if keys
    }
    if not cells:
        return frozenset()
    blocks = tuple(block & cells.keys() for block in whole.blocks if block & cells.keys())
    rest = Table(whole.code, Measure.PERSONS, _joined(cells.values()), cells, blocks)
    few_rows = {code for code, keys in behind.items() if 0 < len(keys) < LEAST_ROWS}
    least = rules.least(whole.measure, single=False)
    like_one_row = {
        code
        for code, keys in behind.items()
        if any(abs(len(cells[code]) - len(tables[key].total)) < least for key in closed & set(keys))
    }
    hidden = release(rest, rules).hidden | few_rows | like_one_row
    return covered(rest, hidden, rules) if hidden else hidden


def _joined(many: Iterable[Parts]) -> dict[int, int]:
    return {key: value for parts in many for key, value in parts.items()}
