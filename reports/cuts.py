"""Fixed cuts of the people of a year, and the sets that readers need of them. Pure. See `reports.merging`."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cohorts.rules.ages import add_months
from cohorts.rules.exits import EXIT_DAYS
from cohorts.rules.follow_ups import LINK_DAYS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# What the reports of cohorts say, and a year adds up.
SUMS = (
    "work.total", "work.production", "work.meeting", "work.training", "work.committee",
    "voice.decisions", "money.sales", "money.expenses", "money.pot", "money.paid", "proof.attestations",
)  # fmt: skip


def first_day(year: int) -> dt.date:
    """The first day a year may be frozen: who left on its last day has had their exit noted."""
    return dt.date(year, 12, 31) + dt.timedelta(days=EXIT_DAYS)


@dataclass(frozen=True, slots=True)
class Cell:
    code: str
    label: "StrPromise"


@dataclass(frozen=True, slots=True)
class Group:
    """Cells that also have a name together: "au chômage" is long and short unemployment."""

    code: str
    label: "StrPromise"
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A rate: some cells over everybody but the cells `without`. Divides published numbers only.

    `over`: the table everybody and `without` are of, when it is not its own.
    """

    code: str
    label: "StrPromise"
    cells: tuple[str, ...]
    without: tuple[str, ...] = ()
    over: str = ""


@dataclass(frozen=True, slots=True)
class Partition:
    """One fixed cut. `read`: people of the year → cell of each, by enrolment key, in bulk; who is
    absent stands in `default`. `blocks`: cells hidden together; the first blocks hold what few people
    answer, those after them cover a hole first, the cells that matter most come last.
    `months`: how long after the exit it speaks of. `within`: (partition, cell) whose people alone it
    cuts further; it is told where that cell is, and stands after it in a set.
    """

    code: str
    label: "StrPromise"
    definition: "StrPromise"
    source: "StrPromise"
    blocks: tuple[tuple[Cell, ...], ...]
    read: Callable[[Any], Mapping[int, str]]
    default: str = "missing"
    groups: tuple[Group, ...] = ()
    shares: tuple[Share, ...] = ()
    months: int = 0
    within: tuple[str, str] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for block in self.blocks for cell in block)

    def known_from(self, year: int) -> dt.date:
        """The first day everybody of the year may have answered. Depends on the year alone."""
        if not self.months:
            return first_day(year)
        return add_months(dt.date(year, 12, 31), self.months) + dt.timedelta(days=LINK_DAYS)


_RESERVED = frozenset({"trades", "people", *(code.split(".")[0] for code in SUMS)})
_SETS: dict[str, tuple[Partition, ...]] = {}


def register_set(code: str, partitions: Iterable[Partition]) -> None:
    """Name a list of partitions, from `ready()`. A code means one and the same cut in every set."""
    mine = tuple(partitions)
    known = {one.code: one for name, some in _SETS.items() if name != code for one in some}
    for one in mine:
        if known.get(one.code, one) is not one or one.code in _RESERVED:
            raise ValueError(f"{one.code} is already another cut.")
    _SETS[code] = mine


def partitions_of(set_code: str) -> tuple[Partition, ...]:
    return _SETS[set_code]


@dataclass(frozen=True, slots=True)
class CountedCohort:
    """A cohort of the year, by its last report sent: who entered, and its figures as published."""

    cohort_id: int
    territory_id: int
    name: str
    report_id: int  # the snapshot
    enrolments: tuple[int, ...]
    figures: Mapping[str, Any]
