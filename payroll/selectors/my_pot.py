"""The common pot as those who share it may check it: each sale, each expense, as photographed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.components import Link
from ct_platform.kit.money import ZERO
from payroll.models import PayRun, Share
from payroll.rules.photographs import fee_in
from payroll.selectors.pot import contribution_label


@dataclass(frozen=True, slots=True)
class Movement:
    label: str
    on: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Deduction:
    label: str
    amount: Decimal  # as it weighs: negative, or zero
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class FullPot:
    sales: tuple[Movement, ...]
    expenses: tuple[Movement, ...]
    sold: Decimal
    spent: Decimal
    deductions: tuple[Deduction, ...]
    amount: Decimal


def pot_in_full(share: Share) -> FullPot:
    """Read the photograph of the run; nothing is summed again. Costs no query with_run()."""
    run: PayRun = share.run
    deductions = [
        Deduction(
            contribution_label(run.settings, fee_in(run.photograph)), _minus(run.contribution)
        )
    ]
    if run.idle_cost:
        deductions.append(Deduction(_("Cotisation des mois sans paie"), _minus(run.idle_cost)))
    deductions.append(Deduction(_("Réserve votée"), _minus(run.reserve), _vote_of_reserve(run)))
    return FullPot(
        sales=_movements(run.photograph["sales"]),
        expenses=_movements(run.photograph["expenses"]),
        sold=run.sales,
        spent=run.expenses,
        deductions=tuple(deductions),
        amount=run.envelope,
    )


def _movements(rows: list[dict[str, Any]]) -> tuple[Movement, ...]:
    found = [
        Movement(row["label"], dt.date.fromisoformat(row["on"]), Decimal(row["amount"]))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.on))


def _minus(amount: Decimal) -> Decimal:
    return -amount if amount else ZERO


def _vote_of_reserve(run: PayRun) -> Link | None:
    decision = run.reserve_decision
    if decision is None:
        return None
    return Link(
        _("Voir la décision n° %s") % decision.number,
        reverse("decisions:poll", args=[decision.poll_id]),
    )
