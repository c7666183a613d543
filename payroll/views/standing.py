"""*Où on en est*: one page to print for the Monday meeting, and the same figures on a phone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from payroll import perms
from payroll.selectors.standing import standing_of


@reads
def standing(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_read_runs(request.actor))
    request.page_cohort = cohort
    page = standing_of(cohort, clock.today())
    request.page_trades = [one.project.trade for one in page.projects]
    return render(request, "payroll/standing.html", {"page": page, "cohort": cohort})


@reads
def my_standing(request: ActorRequest) -> HttpResponse:
    """The same sums for those who made them; nobody is named."""
    allow(perms.may_read_own_pay(request.actor))
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=request.actor.cohort_id)
    request.page_cohort = cohort
    page = standing_of(cohort, clock.today())
    request.page_trades = [one.project.trade for one in page.projects]
    return render(request, "payroll/my_standing.html", {"page": page})
