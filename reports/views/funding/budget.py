"""What a cohort costs: the sheet, and the costs of the coordination noted on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from reports.forms.funding import CostForm
from reports.models import CostLine
from reports.perms import funding as perms
from reports.selectors.budget import budget_of
from reports.selectors.funding import funded_cohorts
from reports.services.funding import costs
from reports.views.funding.scope import perform


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    """Of the seat; for a partner, a cohort it pays for: following one is not enough."""
    actor = request.actor
    seen = Cohort.objects.visible_to(actor)
    rows = funded_cohorts(actor) if actor.is_partner else seen
    found: Cohort = get_object_or_404(rows.select_related("territory", "host"), pk=cohort_id)
    allow(perms.can_read_budget(actor))
    return found


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    return _page(request, _cohort(request, cohort_id))


def _page(
    request: ActorRequest, cohort: Cohort, form: CostForm | None = None, status: int = 200
) -> HttpResponse:
    can_note = perms.can_note_cost(request.actor, cohort)
    page = {
        "cohort": cohort,
        "budget": budget_of(cohort, request.actor),
        "can_note": can_note,
        "form": (form or CostForm(initial={"spent_on": clock.today()})) if can_note else None,
    }
    return render(request, "reports/funding/budget.html", page, status=status)


def _url(cohort: Cohort) -> str:
    return reverse("reports:budget", args=[cohort.pk])


@writes
def note_cost(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    allow(perms.can_note_cost(request.actor, cohort))
    form = CostForm(request.POST)
    return perform(
        request, form, costs.note_cost, done=_("Coût noté."), to=lambda _made: _url(cohort),
        again=lambda: _page(request, cohort, form, 422), cohort=cohort,
    )  # fmt: skip


@writes
def withdraw_cost(request: ActorRequest, cohort_id: int, cost_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    allow(perms.can_note_cost(request.actor, cohort))
    rows = CostLine.objects.visible_to(request.actor)
    cost: CostLine = get_object_or_404(rows, cohort=cohort, pk=cost_id)
    costs.withdraw_cost(cost=cost, actor=request.actor, at=clock.now())
    messages.success(request, _("Coût retiré. Il ne compte plus."))
    return redirect(_url(cohort))
