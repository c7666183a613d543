"""What a cohort costs, and who pays: a plain sheet.

The coordination reads the accounts. Everybody else reads, for all that is of coopérants, the latest
report that was sent: counted afresh beside a frozen report, a pay could be had by subtraction. So are
the costs of the coordination for a funder: those noted when that report was frozen, and no later ones.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.money import ZERO, cents
from payroll.enums import ISSUED_STATES, EntryKind
from payroll.models import AccountEntry, PayRun
from projects.models import Expense, Sale, WorkEntry
from reports.enums.funding import WON, CostKind, FundingState
from reports.models import CostLine, FundingShare, Snapshot
from reports.rules.funding import is_told_together

# One kind of cost alone, or nearly alone, may be one salary. Percent: as for funders (rules.funding).
FEWEST_KINDS, MOST_OF_ONE_KIND = 2, 85


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget, in euros; None is masked, `note` says why or what it holds."""

    label: str
    amount: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    cohort: Cohort
    resources: list[Line]
    costs: list[Line]
    entered: int | None
    minutes: int | None
    asked: Decimal  # requests without an answer: they count nowhere else
    costs_noted: list[CostLine] = field(default_factory=list)
    snapshot: Snapshot | None = None  # what was published, for who does not read the accounts

    @property
    def total_resources(self) -> Decimal | None:
        return _sum(self.resources)

    @property
    def total_costs(self) -> Decimal | None:
        return _sum(self.costs)

    @property
    def gap(self) -> Decimal | None:
        """Positive: still to find."""
        costs, resources = self.total_costs, self.total_resources
        return None if costs is None or resources is None else costs - resources

    @property
    def surplus(self) -> Decimal | None:
        """What was found and not spent, when there is any."""
        return -self.gap if self.gap is not None and self.gap < 0 else None

    @property
    def per_person(self) -> Decimal | None:
        return _each(self.total_costs, self.entered)

    @property
    def per_hour(self) -> Decimal | None:
        costs = self.total_costs
        return cents(costs * 60 / self.minutes) if costs is not None and self.minutes else None


def _sum(lines: list[Line]) -> Decimal | None:
    amounts = [one.amount for one in lines]
    return None if None in amounts else sum((one for one in amounts if one is not None), ZERO)


def _each(amount: Decimal | None, people: int | None) -> Decimal | None:
    return cents(amount / people) if amount is not None and people else None


def budget_of(cohort: Cohort, actor: Actor) -> Budget:
    """The sheet as this seat may read it. Ten queries to the coordination, four to others."""
    shares = list(
        FundingShare.objects.filter(cohort=cohort)
        .select_related("line__organisation")
        .order_by("line__organisation__name", "line_id")
    )
    asked = sum((one.amount for one in shares if one.line.state == FundingState.ASKED), ZERO)
    won = [one for one in shares if one.line.state in WON]
    rows = CostLine.objects.filter(cohort=cohort).standing()
    if actor.is_coordinator:
        noted = list(rows.select_related("recorded_by"))
        return _from_accounts(cohort, won, asked, noted)
    snapshot = Snapshot.objects.visible_to(actor).filter(cohort=cohort).standing().first()
    own = actor.organisation_id if actor.is_partner else None
    if own is not None:
        noted_by = snapshot.frozen_at if snapshot is not None else None
        rows = CostLine.objects.filter(cohort=cohort).standing_at(noted_by)
    return _from_report(cohort, won, asked if own is None else ZERO, _by_kind(rows), snapshot, own)


def _from_accounts(
    cohort: Cohort, won: list[FundingShare], asked: Decimal, noted: list[CostLine]
) -> Budget:
    key = cohort.pk
    people = Enrolment.objects.of_cohort(key).exclude(state=EnrolmentState.SELECTED)
    sales = Sale.objects.of_cohort(key).standing().filter(moved_on__isnull=False)
    hours = WorkEntry.objects.of_cohort(key).verified().aggregate(total=Sum("minutes"))["total"]
    pay = AccountEntry.objects.of_cohort(key).filter(kind=EntryKind.COST)
    runs = PayRun.objects.of_cohort(key).filter(state__in=ISSUED_STATES)
    held = runs.aggregate(contribution=Sum("contribution"), idle=Sum("idle_cost"))
    kinds: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in noted:
        kinds[one.kind] += one.amount
    return Budget(
        cohort=cohort,
        resources=[
            *_funders(won),
            Line(_("Ventes payées, hors TVA"), _total(sales), _("lues dans les activités")),
        ],
        costs=[
            *_coordination(kinds),
            Line(
                _("Rémunération des coopérants"), -_total(pay),
                _("coût total, cotisations comprises, lu dans les comptes"),
            ),
            Line(
                _("Dépenses des activités"),
                _total(Expense.objects.of_cohort(key).standing()),
                _("hors TVA, lues dans les activités"),
            ),
            Line(
                _("Contribution à la coopérative hôte"), _amount(held["contribution"]),
                _("lue dans les paies émises"),
            ),
            Line(_("Mois sans paie"), _amount(held["idle"]), _("assurance accident, lue dans les paies")),
        ],
        entered=people.count(),
        minutes=hours or 0,
        asked=asked,
        costs_noted=noted,
    )  # fmt: skip


def _from_report(
    cohort: Cohort,
    won: list[FundingShare],
    asked: Decimal,
    kinds: Mapping[str, Decimal],
    snapshot: Snapshot | None,
    own: int | None,
) -> Budget:
    figures = {one["code"]: one["value"] for one in snapshot.figures["figures"]} if snapshot else {}
    masked = _("masqué dans le dernier rapport") if snapshot else _("aucun rapport envoyé")

    def told(code: str, label: str, note: str) -> Line:
        value = figures.get(code)
        amount = None if value is None else _amount(Decimal(value))
        return Line(label, amount, note if amount is not None else masked)

    return Budget(
        cohort=cohort,
        resources=[
            *(_funders(won) if own is None else _own_and_others(won, own)),
            told("money.sales", _("Ventes payées, hors TVA"), _("au jour du dernier rapport")),
        ],
        costs=[
            *(
                _coordination(kinds)
                if own is None
                else [_coordination_in_one(kinds, has_report=snapshot is not None)]
            ),
            told(
                "money.pot", _("Pot commun partagé entre les coopérants"),
                _("cotisations comprises, au jour du dernier rapport"),
            ),
            told("money.expenses", _("Dépenses des activités"), _("au jour du dernier rapport")),
        ],
        entered=figures.get("people.total"),
        minutes=figures.get("work.total"),
        asked=asked,
        snapshot=snapshot,
    )  # fmt: skip


def _funders(won: list[FundingShare]) -> list[Line]:
    return [
        Line(one.line.organisation.name, one.amount, f"{one.line.name}, {one.line.get_state_display()}")
        for one in won
    ]  # fmt: skip


def _own_and_others(won: list[FundingShare], own: int) -> list[Line]:
    """Its own parts, and those of all others as one sum, when that sum names none of them."""
    mine = [one for one in won if one.line.organisation_id == own]
    others: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for one in won:
        if one.line.organisation_id != own:
            others[one.line.organisation_id] += one.amount
    lines = _funders(mine)
    if not others:
        return lines
    together = is_told_together(sum((one.amount for one in mine), ZERO), list(others.values()))
    total = sum(others.values(), ZERO) if together else None
    note = "" if together else _("masqué : la somme dirait ce que donne l’un d’eux")
    return [*lines, Line(_("Autres financeurs, ensemble"), total, note)]


def _coordination(kinds: Mapping[str, Decimal]) -> list[Line]:
    return [
        Line(str(CostKind(code).label).capitalize(), kinds[code])
        for code in CostKind.values
        if kinds.get(code)
    ]


def _coordination_in_one(kinds: Mapping[str, Decimal], *, has_report: bool) -> Line:
    """All together: by kind, the time of two coordinators would be their pay."""
    used = [amount for amount in kinds.values() if amount]
    whole = sum(used, ZERO)
    label = _("Coordination, tous coûts ensemble")
    if not has_report:
        return Line(label, None, _("aucun rapport envoyé"))
    if len(used) < FEWEST_KINDS or max(used) * 100 > MOST_OF_ONE_KIND * whole:
        return Line(label, None, _("masqué : ce serait le salaire de la coordination"))
    return Line(label, whole, _("personnel, locaux, déplacements…, au jour du dernier rapport"))


def _by_kind(rows: Any) -> dict[str, Decimal]:
    found = rows.order_by().values_list("kind").annotate(total=Sum("amount"))
    return {kind: _amount(total) for kind, total in found}


def _total(rows: Any) -> Decimal:
    return _amount(rows.order_by().aggregate(total=Sum("amount"))["total"])


def _amount(value: Decimal | None) -> Decimal:
    """SQLite sums floats: back to whole cents."""
    return cents(Decimal(value or ZERO))
