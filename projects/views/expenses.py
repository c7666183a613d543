"""Expenses as the coordination notes, corrects and strikes them out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, form_page, writes
from projects import selectors
from projects.forms.spending import EditExpenseForm, NewExpenseForm
from projects.models import Expense
from projects.selectors.spending import limits_of, people_who_may_advance
from projects.services import spending
from projects.views.cohort_hours import cohort_to_run
from projects.views.movements import edit_money, opened_first, record_money, withdraw_money


def _choices(cohort: Cohort) -> dict[str, Any]:
    return {
        "projects": selectors.projects_of(cohort.pk),
        "limits": limits_of(cohort.pk, day=clock.today()),
        "people": people_who_may_advance(cohort.pk),
    }


@form_page
def add_expense(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort, today = cohort_to_run(request, cohort_id), clock.today()
    choices = _choices(cohort)
    if not choices["projects"]:
        return opened_first(request, cohort)
    form = NewExpenseForm(
        request.POST or None, request.FILES or None, initial={"spent_on": today}, **choices
    )
    done = record_money(request, cohort, form, spending.note_expense, "depenses")
    return done or render(request, "projects/add_expense.html", {"form": form, "cohort": cohort})


def _expense(cohort: Cohort, expense_id: int) -> Expense:
    rows = Expense.objects.of_cohort(cohort.pk).for_page()
    expense: Expense = get_object_or_404(
        rows.select_related("receipt", "advanced_by__person"), pk=expense_id
    )
    return expense


@form_page
def edit_expense(request: ActorRequest, cohort_id: int, expense_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    expense = _expense(cohort, expense_id)

    def change(values: dict[str, Any], seen: int) -> Expense:
        return spending.change_noted(
            expense=expense, seen_version=seen, actor=request.actor, at=clock.now(), **values
        )

    form = EditExpenseForm(
        request.POST or None,
        request.FILES or None,
        initial=EditExpenseForm.initial_of(expense),
        **_choices(cohort),
    )
    return edit_money(request, cohort, expense, form, change, "depenses")


@writes
def withdraw_expense(request: ActorRequest, cohort_id: int, expense_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    return withdraw_money(request, cohort, _expense(cohort, expense_id), "depenses")
