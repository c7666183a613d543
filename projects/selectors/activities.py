"""What *Activités* shows: totals, and a page of sales or of expenses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.components import Fact
from ct_platform.kit.money import ZERO, euros
from projects.models import Expense, ExpenseClaim, MoneyChange, MoneyMovement, Project, Sale
from projects.selectors.money import CohortTotals, ProjectTotals, project_totals, totals_of

PER_PAGE = 25


def cohort_of_project(key: int) -> Iterable[int]:
    """The key of the cohort of a project, or nothing: addresses name the project alone. One query."""
    return Project.objects.filter(pk=key).values_list("cohort_id", flat=True)


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    projects: list[ProjectTotals]
    totals: CohortTotals
    facts: list[Fact]
    view: str  # "ventes" or "depenses"
    rows: "Page[Any]"
    sales_count: int
    expenses_count: int
    claims_count: int  # sent by coopérants, not answered yet


def activities_page(cohort: Cohort, *, view: str, number: str) -> ActivitiesPage:
    """Totals of the cohort and one page of 25 movements. Eight queries."""
    projects = project_totals(cohort.pk)
    totals = totals_of(projects)
    sales = Sale.objects.of_cohort(cohort.pk).for_page()
    expenses = (
        Expense.objects.of_cohort(cohort.pk)
        .for_page()
        .select_related("project", "recorded_by", "withdrawn_by", "advanced_by__person")
    )
    shows_expenses = view == "depenses"
    shown = Paginator(expenses if shows_expenses else sales, PER_PAGE)
    other = (sales if shows_expenses else expenses).count()
    return ActivitiesPage(
        projects=projects,
        totals=totals,
        facts=_facts(totals),
        view="depenses" if shows_expenses else "ventes",
        rows=shown.get_page(number),
        sales_count=other if shows_expenses else shown.count,
        expenses_count=shown.count if shows_expenses else other,
        claims_count=ExpenseClaim.objects.of_cohort(cohort.pk).waiting().count(),
    )


def _facts(totals: CohortTotals) -> list[Fact]:
    return [
        Fact(_("Ventes payées"), euros(totals.paid), _("entrent dans le pot")),
        Fact(
            _("À encaisser"),
            euros(totals.unpaid),
            _("pas encore payé") if totals.unpaid != ZERO else _("tout est payé"),
        ),
        Fact(_("Dépenses"), euros(totals.spent), _("hors TVA")),
        Fact(_("Ventes payées moins dépenses"), euros(totals.left), _("avant la part de l’hôte")),
    ]


def history_of(movement: MoneyMovement) -> list[MoneyChange]:
    """Who changed what and when, oldest first. One query."""
    found: list[MoneyChange] = list(
        movement.changes.select_related("by").order_by("at", "pk")  # type: ignore[attr-defined]
    )
    return found
