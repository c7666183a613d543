"""The eleven sections of the bulletin, in order, with their totals: the wording is the law's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from payroll.engine.slip_layout import (
    RELIEF,
    LineLike,
    PrintedGroup,
    PrintedRow,
    printed_rows,
    printed_totals,
)
from payroll.engine.types import ZERO

# Heads of the table by profile, in order: label, base, rate, person, host. A CAPE is no employment
# contract (C. com. L127-3) and "Salarié, Employeur" over its figures would feed a claim that it is
# one; no text imposes them there. The labels of the rows stay the law's, whatever the profile.
COLUMNS = {
    "employee": ("Montants en euros", "Base", "Taux", "Salarié", "Employeur"),
    "cape": ("Montants en euros", "Base", "Taux", "Personne", "Coopérative hôte"),
}


class SlipLike(Protocol):
    """The totals read of a stored slip, whatever stores it."""

    @property
    def gross(self) -> Decimal: ...
    @property
    def net_social(self) -> Decimal: ...
    @property
    def net_before_tax(self) -> Decimal: ...
    @property
    def net_taxable(self) -> Decimal: ...
    @property
    def pas_rate(self) -> Decimal: ...
    @property
    def pas_amount(self) -> Decimal: ...
    @property
    def total_employer_cost(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A refund (positive) or a deduction such as an advance (negative), in euros."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """One numbered section of the model. `stands_out`: printed at 1.5 times the size."""

    number: int
    code: str
    title: str
    groups: tuple[PrintedGroup, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    stands_out: bool = False


def printed_bulletin(
    slip: SlipLike,
    lines: Sequence[LineLike],
    *,
    year_net_taxable: Decimal,
    year_pas: Decimal,
    adjustments: Sequence[Adjustment] = (),
) -> tuple[PrintedSection, ...]:
    """Lay out a whole slip. Year amounts include this month; adjustments change both nets.

    Sections without content are left out; the net social, the tax withheld and the total of reliefs
    are always printed, even at zero.
    """
    groups = printed_rows(lines)
    totals = printed_totals(groups)
    adjusted = sum((adjustment.amount for adjustment in adjustments), ZERO)
    net_before_tax = slip.net_before_tax + adjusted
    sections = (
        _single(1, "gross", "Montant brut", employee=slip.gross),
        PrintedSection(
            2,
            "contributions",
            "Cotisations et contributions sociales obligatoires",
            groups=tuple(group for group in groups if group.code != RELIEF),
        ),
        _single(
            3,
            "compulsory_total",
            "Total des cotisations et contributions obligatoires",
            employee=totals.employee,
            employer=totals.employer,
        ),
        PrintedSection(
            4,
            "relief",
            "Exonérations et allègements de cotisations",
            # The model prints an amount alone here: its base may be that of the whole year.
            rows=tuple(
                replace(row, base=None)
                for group in groups
                if group.code == RELIEF
                for row in group.rows
            ),
        ),
        PrintedSection(5, "optional", "Cotisations et contributions sociales facultatives"),
        _single(
            6,
            "total",
            "Total des cotisations et contributions",
            employee=totals.employee,
            employer=totals.employer_net,
        ),
        _single(7, "net_social", "Montant net social", employee=slip.net_social),
        PrintedSection(
            8,
            "adjustments",
            "Remboursements et déductions diverses",
            rows=tuple(
                PrintedRow("adjustment", adjustment.label, employee=adjustment.amount)
                for adjustment in adjustments
            ),
        ),
        _single(
            9,
            "net_before_tax",
            "Montant net à payer avant impôt sur le revenu",
            employee=net_before_tax,
            stands_out=True,
        ),
        PrintedSection(
            10,
            "income_tax",
            "Impôt sur le revenu",
            rows=(
                PrintedRow(
                    "net_taxable",
                    "Montant net imposable",
                    employee=slip.net_taxable,
                    year=year_net_taxable,
                ),
                PrintedRow(
                    "pas",
                    "Impôt sur le revenu prélevé à la source",
                    base=max(slip.net_taxable, ZERO),
                    rate=slip.pas_rate,
                    employee=slip.pas_amount,
                    year=year_pas,
                ),
            ),
        ),
        PrintedSection(
            11,
            "net_paid",
            "Montant net à payer",
            rows=(
                PrintedRow(
                    "net_paid", "Montant net à payer", employee=net_before_tax - slip.pas_amount
                ),
                PrintedRow(
                    "total_employer_cost",
                    "Total versé par l'employeur",
                    employer=slip.total_employer_cost,
                ),
                PrintedRow("relief_total", "Allègements de cotisations", employer=totals.relief),
            ),
            stands_out=True,
        ),
    )
    return tuple(section for section in sections if section.groups or section.rows)


def _single(
    number: int,
    code: str,
    title: str,
    *,
    employee: Decimal | None = None,
    employer: Decimal | None = None,
    stands_out: bool = False,
) -> PrintedSection:
    row = PrintedRow(code, title, employee=employee, employer=employer)
    return PrintedSection(number, code, title, rows=(row,), stands_out=stands_out)
