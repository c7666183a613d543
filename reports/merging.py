"""Merged cohorts: one year of a territory, or of the network, in fixed tables. Pure.

    cuts.Partition            a fixed cut of the people of a year: each stands in one cell, and one only
    cuts.register_set         a named list of partitions that one reader needs ("impact", FSE+…), from ready()
    services.merging          freeze_edition(set_code=, year=, actor=, at=): every scope of a year at once;
                              publish_edition(edition=, actor=, at=): partners read it from then on
    selectors.merged          merged_of(actor, set_code, year, territory or None) → MergedSnapshot
    MergedSnapshot.figures    {"year", "scope", "cohorts", "thresholds", "figures": items in the form of
                              cohorts' reports, "tables": cells, hidden ones and what they are together,
                              "masked": what and why}

What makes this hold against all partners together, who keep every paper ever handed over:

1. **Who is counted is said once.** A cohort counts in the year of its last day, through the last
   report sent after it that says how many entered (`people.total`, so 5 at least). The people of a
   year are the people of these reports. The year of a territory minus the reports of all its cohorts
   but one is then that one's own report, already read: nothing. A cohort that counts once in a
   published year counts in all that is published of that year; one that came late never does.
2. **What cohorts' reports say is only added up** (hours, pot, paid, attestations, sales, decisions).
   Nothing is counted afresh, so the sum tells what whoever holds the reports could add. It says how
   many reports it adds, and is masked under three.
3. **Nobody is taken out for having come back**, unless k people of a territory and year did: else
   the reports of cohorts minus the year would count those few. Then each counts once, in the last.
4. **A table is published once.** All scopes of a year are frozen together from the same facts; the
   next edition of the year repeats, word for word, every table already published, whatever was
   corrected since, in any set. There is no later figure to subtract. What cannot be known yet (six
   months after) is "later", by a date that depends on the year alone, and enters once for all.
5. **Scopes nest in one way**: territories share nobody, the network is their sum, and a table of all
   of them is released as a whole (`reports.nesting`). A host is no scope: hosts and territories
   cross, and what they share may be one cohort. A territory is told from three cohorts on.
6. **An attribute is cut in one way**, in every set: ages of the FSE+, unemployment by length. A
   partition of a set may be used by another under the same code and never under another cut; no two
   attributes are crossed (a crossing adds up to both, and every sum of its cells would be a figure).
   A finer cut is a table of the people of one cell (`within`), told where that cell is: its total is
   that cell, and nothing else links the two. FSE+ codes are cells or groups of cells of these tables.
7. **Rates are divisions of published numbers**, written beside both: they say nothing that was not
   said. With a part of the division hidden the rate is "at least", from what is shown.

The cost: late forms never enter a published table, and few people came back count twice. Both are
written under the figures.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from reports.cuts import CountedCohort, Partition, partitions_of
from reports.disclosure import HOUSE, Measure, Reason, Released, Table, Thresholds, added
from reports.merged_writing import LEAST_COHORTS, ScopeWriter, add_up
from reports.nesting import LEAST_ROWS, release_together

VERSION = 1
NETWORK = 0  # the key of the whole, beside the keys of territories


@dataclass(frozen=True, slots=True)
class Frozen:
    """The tables of a scope and of its people, published before: repeated, never counted again."""

    figures: Mapping[int, Mapping[str, Any]]  # by scope
    basis: Mapping[int, Mapping[str, Any]]  # by territory: table → cell → enrolment keys


@dataclass(frozen=True, slots=True)
class YearFigures:
    """`figures` may be read by partners, by scope; `basis` says of whom, by territory, and stays here."""

    figures: dict[int, dict[str, Any]]
    basis: dict[int, dict[str, dict[str, list[int]]]]


def kept_once(
    people: Mapping[int, Sequence[tuple[int, int]]], rules: Thresholds = HOUSE
) -> dict[int, list[int]]:
    """Enrolment keys that count, by territory. `people`: (person, enrolment) in the order of exits.

    Stays followed by another of the same person are left out when `rules.breakdown` people have one.
    """
    found = {}
    for territory, stays in people.items():
        last = dict(stays)
        back = len(stays) - len(last)
        keys = list(last.values()) if back >= rules.breakdown else [key for _, key in stays]
        found[territory] = sorted(keys)
    return found


def year_figures(
    *,
    set_code: str,
    year: int,
    day: dt.date,
    cohorts: Sequence[CountedCohort],
    enrolments: Mapping[int, Sequence[int]],
    names: Mapping[int, str],
    read: Callable[[Partition], Mapping[int, str]],
    before: Frozen,
    rules: Thresholds = HOUSE,
) -> YearFigures:
    """Make the figures of the network and of each territory told, as frozen on `day`.

    `enrolments`: who counts, by territory (see `kept_once`). `names`: of the territories. `read`: one
    partition over everybody, cell by enrolment key. `before`: what was published of the year.
    """
    by_territory: dict[int, list[CountedCohort]] = {key: [] for key in enrolments}
    for cohort in cohorts:
        by_territory[cohort.territory_id].append(cohort)
    told = {key for key, some in by_territory.items() if len(some) >= LEAST_COHORTS}
    scopes = {key: ScopeWriter(rules, day) for key in sorted(told)}
    if len(cohorts) >= LEAST_COHORTS:
        scopes = {NETWORK: ScopeWriter(rules, day)} | scopes
    basis: dict[int, dict[str, dict[str, list[int]]]] = {key: {} for key in enrolments}
    for one in partitions_of(set_code):
        _partition(one, year, day, enrolments, told, scopes, basis, read, before, rules)
    figures = {}
    for key, scope in scopes.items():
        mine = list(cohorts) if key == NETWORK else by_territory[key]
        add_up(scope, mine, before.figures.get(key))
        figures[key] = {
            "version": VERSION,
            "set": set_code,
            "scope": {"kind": "territory" if key else "network", "name": names.get(key, "")},
            "year": year,
            "as_of": day.isoformat(),
            "cohorts": sorted(one.name for one in mine),
            "territories": len({one.territory_id for one in mine}),
            "thresholds": {
                "total": rules.total,
                "breakdown": rules.breakdown,
                "cohorts": LEAST_COHORTS,
                "rows": LEAST_ROWS,
            },
            "figures": scope.items,
            "tables": scope.tables,
            "masked": scope.masked,
        }
    return YearFigures(figures, basis)


def _partition(
    one: Partition,
    year: int,
    day: dt.date,
    enrolments: Mapping[int, Sequence[int]],
    told: Set[int],
    scopes: Mapping[int, ScopeWriter],
    basis: dict[int, dict[str, dict[str, list[int]]]],
    read: Callable[[Partition], Mapping[int, str]],
    before: Frozen,
    rules: Thresholds,
) -> None:
    if any(one.code in tables for tables in before.basis.values()):
        for key, scope in scopes.items():
            scope.repeat(one.code, before.figures[key])
        for key, tables in before.basis.items():
            basis[key][one.code] = tables[one.code]
        return
    ready = one.known_from(year)
    if day < ready:
        for scope in scopes.values():
            scope.waiting(one, ready)
        return
    found = read(one)
    counted: dict[int, Table] = {}
    for key, everybody in enrolments.items():
        people = basis[key][one.within[0]][one.within[1]] if one.within else everybody
        counted[key] = table_of(one, {each: found.get(each, one.default) for each in people})
        basis[key][one.code] = {code: sorted(parts) for code, parts in counted[key].cells.items()}
    cell = ".".join(one.within) if one.within else ""
    open_ = {key for key, scope in scopes.items() if not cell or scope.value(cell) is not None}
    together = release_together(counted, told & open_, rules)
    hidden = Released(None, dict.fromkeys(counted[next(iter(counted))].cells), Reason.CELLS)
    for key, scope in scopes.items():
        released = together.whole if key == NETWORK else together.rows.get(key, hidden)
        scope.table(one, released if key in open_ else hidden)


def table_of(one: Partition, cells: Mapping[int, str]) -> Table:
    """A table of persons in the fixed cells and blocks of a partition."""
    parts: dict[str, dict[int, int]] = {cell.code: {} for cell in one.cells}
    for key, code in cells.items():
        parts[code][key] = 1
    blocks = tuple(frozenset(cell.code for cell in block) for block in one.blocks)
    return Table(one.code, Measure.PERSONS, added(parts.values()), parts, blocks)
