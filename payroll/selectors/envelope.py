"""The evidence behind each figure of the pot: what the page of the envelope opens."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Enrolment
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.money import ZERO, cents, euros
from decisions.models import Outcome
from payroll.enums import ContributionBase, EntryKind, FixedPer
from payroll.models import AccountEntry, HostSettings, PayRun
from payroll.rules.envelope import Fee
from payroll.selectors.pot import Pot, percent_text
from projects.models import Expense, Project, Sale


@dataclass(frozen=True, slots=True)
class Movement:
    on: dt.date
    label: str
    activity: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class IdlePerson:
    """The months of one person that the host pays for without any pay."""

    name: str
    months: tuple[str, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FeeStep:
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every list of the page. `rank`: which month of the cohort; `decision`: None when none is named."""

    sales: tuple[Movement, ...]
    expenses: tuple[Movement, ...]
    fee: tuple[FeeStep, ...]
    fee_note: str
    decision: Outcome | None
    idle: tuple[IdlePerson, ...]
    kept: tuple[Kept, ...]


def evidence_of(run: PayRun, pot: Pot, settings: HostSettings | None) -> Evidence:
    """What the pot of a run rests on: the photograph, or live rows for a draft.

    Costs three queries once frozen, five for a draft.
    """
    sales, expenses = (_movements(run, model) for model in (Sale, Expense))
    return Evidence(
        sales=sales,
        expenses=expenses,
        fee=tuple(_fee_steps(pot.fee, settings)),
        fee_note=_fee_note(run, pot.fee, settings),
        decision=run.reserve_decision,
        idle=_idle(run, pot, settings),
        kept=_kept(run),
    )


def decisions_of(cohort_id: int) -> list[Outcome]:
    """Adopted decisions of a cohort, latest first: what may have voted a reserve. Costs one query."""
    return list(
        Outcome.objects.of_cohort(cohort_id)
        .adopted()
        .select_related("poll__proposal", "winner")
        .order_by("-number")
    )


def decision_label(outcome: Outcome) -> str:
    return _("Décision n° %(number)s du %(day)s : %(title)s") % {
        "number": outcome.number,
        "day": civil_day(outcome.decided_at).strftime("%d/%m/%Y"),
        "title": outcome.poll.proposal.title,
    }


def _movements(run: PayRun, model: type[Sale] | type[Expense]) -> tuple[Movement, ...]:
    if run.is_draft:
        live = model.objects.of_cohort(run.cohort_id).unsettled_until(Month(run.month).last)
        return tuple(
            Movement(row.moved_on, row.label, row.project.name, row.amount)
            for row in live.select_related("project").order_by("moved_on", "pk")
        )
    rows = run.photograph["sales" if model is Sale else "expenses"]
    names = dict(
        Project.objects.filter(pk__in={row["project"] for row in rows}).values_list("pk", "name")
    )
    found = (
        Movement(
            dt.date.fromisoformat(row["on"]),
            row["label"],
            names.get(row["project"], ""),
            Decimal(row["amount"]),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda movement: movement.on))


def _fee_steps(fee: Fee, settings: HostSettings | None) -> list[FeeStep]:
    if settings is None or fee.is_waived:
        return []
    base = {
        ContributionBase.SALES: _("Ventes payées hors TVA"),
        ContributionBase.MARGIN: _("Ventes payées moins dépenses"),
    }[ContributionBase(settings.contribution_base)]
    steps = [
        FeeStep(base, fee.base_amount),
        FeeStep(_("%(rate)s %% de cette somme") % {"rate": percent_text(fee.rate)}, fee.by_rate),
    ]
    if fee.fixed:
        text = _("Part fixe, une fois par paie")
        if settings.contribution_fixed_per == FixedPer.PERSON:
            text = ngettext(
                "Part fixe : %(fixed)s pour %(n)s personne",
                "Part fixe : %(fixed)s × %(n)s personnes",
                fee.times,
            ) % {"fixed": euros(fee.fixed), "n": fee.times}
        steps.append(FeeStep(text, fee.by_fixed))
    return steps


def _fee_note(run: PayRun, fee: Fee, settings: HostSettings | None) -> str:
    if settings is None:
        return _("La coopérative hôte n’a pas rempli ses réglages de paie.")
    if fee.is_waived:
        return ngettext(
            "La coopérative hôte ne prend rien le premier mois d’une cohorte.",
            "La coopérative hôte ne prend rien les %(n)s premiers mois d’une cohorte.",
            settings.contribution_waived_months,
        ) % {"n": settings.contribution_waived_months}
    waived = run.waived_people
    if waived and settings.contribution_fixed_per == FixedPer.PERSON and fee.fixed:
        return ngettext(
            "%(n)s personne est dispensée de la part fixe.",
            "%(n)s personnes sont dispensées de la part fixe.",
            waived,
        ) % {"n": waived}
    return ""


def _idle(run: PayRun, pot: Pot, settings: HostSettings | None) -> tuple[IdlePerson, ...]:
    if run.is_draft:
        each = settings.idle_month_cost if settings else ZERO
        rows = [(idle.name, idle.month, each) for idle in pot.idle]
    else:
        rows = [
            (row["name"], dt.date.fromisoformat(row["month"]), Decimal(row["amount"]))
            for row in run.photograph.get("idle", ())
        ]
    found: dict[str, list[tuple[dt.date, Decimal]]] = {}
    for name, month, amount in rows:
        found.setdefault(name, []).append((month, amount))
    return tuple(
        IdlePerson(
            name,
            tuple(str(Month(month)) for month, _amount in sorted(months)),
            sum((amount for _month, amount in months), ZERO),
        )
        for name, months in sorted(found.items())
    )


def _kept(run: PayRun) -> tuple[Kept, ...]:
    """Remainders brought from earlier runs: those taken in, or those that wait for a run not computed."""
    taken: Sequence[Any] = list(
        run.shares.filter(carried_in__gt=0)
        .select_related("enrolment__person")
        .order_by("enrolment__person__last_name", "pk")
    )
    if taken:
        return tuple(Kept(s.enrolment.person.full_name, s.carried_in) for s in taken)
    if run.computed_at:
        return ()
    sums = (
        AccountEntry.objects.of_cohort(run.cohort_id)
        .filter(kind=EntryKind.REMAINDER)
        .order_by()
        .values_list("enrolment")
        .annotate(total=Sum("amount"))
    )
    waiting = {pk: -cents(total) for pk, total in sums if cents(total) < 0}
    people = Enrolment.objects.filter(pk__in=waiting).select_related("person")
    return tuple(
        Kept(one.person.full_name, waiting[one.pk])
        for one in people.order_by("person__last_name", "pk")
    )
