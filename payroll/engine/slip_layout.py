"""The printed bulletin, as data: the "rénové" model, compulsory from 1 January 2027.

The order of sections, groups and rows is the list below, not template code; the wording of the rows
is that stored with the lines. Source: arrêté du 25 février 2016, amended up to 11 August 2025.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from payroll.engine.codes import LINE_CODES
from payroll.engine.errors import BadInput
from payroll.engine.exact import cents
from payroll.engine.types import ZERO

# Groups in printed order. The third field: print the group as one amount, without base or rate.
_GROUPS = (
    ("health", "Santé", False),
    ("accident", "Accidents du travail & maladies professionnelles", False),
    ("retirement", "Retraite", False),
    ("family", "Famille", False),
    ("unemployment", "Assurance chômage", False),
    ("other_employer", "Autres charges dues par l'employeur", True),
    ("csg_deductible", "CSG déductible de l'impôt sur le revenu", False),
    ("csg_non_deductible", "CSG/CRDS non déductible de l'impôt sur le revenu", False),
    ("relief", "Exonérations et allègements de cotisations", False),
)
RELIEF = "relief"

_CET_CODES = ("ee_cet", "er_cet")

# Inside a group: the stored order, except that health comes before its cover.
_ROW_ORDER = {code: place for place, code in enumerate(("er_health", *LINE_CODES))} | {
    "er_health": 0
}


class LineLike(Protocol):
    """What is read of a stored line, whatever stores it."""

    @property
    def code(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def base(self) -> Decimal: ...
    @property
    def rate(self) -> Decimal | None: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def group(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One printed row: amounts in euros, `rate` the person's rate in percent, None left blank.

    `year` is the amount since 1 January, where the model asks for it.
    """

    code: str
    label: str
    base: Decimal | None = None
    rate: Decimal | None = None
    employee: Decimal | None = None
    employer: Decimal | None = None
    year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """The rows under one heading of the bulletin."""

    code: str
    label: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class PrintedTotals:
    """Sums of printed rows, in euros. `employer` is before `relief`, which is positive."""

    employee: Decimal
    employer: Decimal
    relief: Decimal
    employer_net: Decimal


@dataclass(frozen=True, slots=True)
class _Part:
    """A stored line, or one bracket of it, on its way to a row."""

    code: str
    side: str
    base: Decimal
    rate: Decimal | None
    amount: Decimal
    group: str
    label: str


def printed_rows(lines: Iterable[LineLike]) -> tuple[PrintedGroup, ...]:
    """Gather stored lines into the printed groups, in the order of the model.

    CSG non deductible and CRDS make one row; CET is shared between the T1 and T2 rows; the other
    employer charges make one amount. Nothing is recomputed: the rows add up to the lines. Groups
    and rows without an amount are left out. Raises `BadInput` for a group the model does not know.
    """
    parts = _split_cet([_part(line) for line in lines])
    known = [code for code, _, _ in _GROUPS]
    for part in parts:
        if part.group not in known:
            raise BadInput(f"Le bulletin ne connaît pas le groupe « {part.group} ».")
    groups = []
    for code, label, one_amount in _GROUPS:
        members = [part for part in parts if part.group == code and part.amount]
        if one_amount:
            members = [replace(part, code=code, label=label) for part in members]
        rows = _rows(members, one_amount=one_amount)
        if rows:
            groups.append(PrintedGroup(code, label, rows))
    return tuple(groups)


def printed_totals(groups: Sequence[PrintedGroup]) -> PrintedTotals:
    """Add up what is printed, so that a reader with a pencil finds the same."""
    due = [row for group in groups if group.code != RELIEF for row in group.rows]
    relief = [row for group in groups if group.code == RELIEF for row in group.rows]
    employee = sum((row.employee or ZERO for row in due), ZERO)
    employer = sum((row.employer or ZERO for row in due), ZERO)
    reduction = -sum((row.employer or ZERO for row in relief), ZERO)
    return PrintedTotals(employee, employer, reduction, employer - reduction)


def _part(line: LineLike) -> _Part:
    return _Part(line.code, line.side, line.base, line.rate, line.amount, line.group, line.label)


def _split_cet(parts: list[_Part]) -> list[_Part]:
    """Share each CET line between the T1 and T2 rows: T1 = cents(t1 × rate), T2 the rest.

    A CET that regularises earlier months has another base than this month's T1 + T2: it keeps a row
    of its own. So does a CET without the rows it should join.
    """
    by_code = {part.code: part for part in parts}
    split = []
    for part in parts:
        t1 = by_code.get(f"{part.side}_ceg_t1") if part.code in _CET_CODES else None
        t2 = by_code.get(f"{part.side}_ceg_t2") if part.code in _CET_CODES else None
        if t1 is None or part.rate is None or part.base != t1.base + (t2.base if t2 else ZERO):
            split.append(part)
        elif t2 is None:
            split.append(replace(part, label=t1.label))
        else:
            first = cents(t1.base * part.rate / 100)
            split.append(replace(part, base=t1.base, amount=first, label=t1.label))
            split.append(replace(part, base=t2.base, amount=part.amount - first, label=t2.label))
    return split


def _rows(parts: list[_Part], *, one_amount: bool) -> tuple[PrintedRow, ...]:
    labelled: dict[str, list[_Part]] = {}
    for part in sorted(parts, key=lambda part: _ROW_ORDER.get(part.code, 0)):
        labelled.setdefault(part.label, []).append(part)
    return tuple(_row(members, one_amount=one_amount) for members in labelled.values())


def _row(parts: list[_Part], *, one_amount: bool) -> PrintedRow:
    bases = {part.base for part in parts}
    rates = [part.rate for part in parts if part.side == "ee"]
    has_base = not one_amount and len(bases) == 1
    has_rate = has_base and bool(rates) and None not in rates
    return PrintedRow(
        code=parts[0].code,
        label=parts[0].label,
        base=bases.pop() if has_base else None,
        rate=sum((rate for rate in rates if rate), ZERO) if has_rate else None,
        employee=_sum(part.amount for part in parts if part.side == "ee"),
        employer=_sum(part.amount for part in parts if part.side == "er"),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal | None:
    found = list(amounts)
    return sum(found, ZERO) if found else None
