"""The runs of a cohort and the page of one run."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once
from documents.selectors import batch_progress
from payroll import perms
from payroll.forms.runs import EditDraftForm, OpenRunForm
from payroll.models import PayRun
from payroll.selectors import checks, in_force, pot_checks, runs
from payroll.selectors.epayslip import informed_check
from payroll.selectors.host_slips import awaited
from payroll.selectors.pot import pot_of
from payroll.selectors.sharing import sharing_of
from payroll.services.runs import change_draft, open_run
from payroll.views.actions import actions_of


def find_cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    """Inside seats that read runs; a coopérant meets the door of a stranger."""
    found: Cohort = get_object_or_404(
        Cohort.objects.visible_to(request.actor).select_related("host"), pk=cohort_id
    )
    allow(perms.may_read_runs(request.actor))
    return found


def find_run(request: ActorRequest, cohort_id: int, run_id: int) -> PayRun:
    found: PayRun = get_object_or_404(
        PayRun.objects.visible_to(request.actor).with_people(), cohort_id=cohort_id, pk=run_id
    )
    request.page_cohort = found.cohort
    return found


@form_page
def list_runs(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = find_cohort(request, cohort_id)
    months = runs.months_to_pay(cohort, clock.today())
    # A second tap of one form names a month that has a run by now: the answer is the first one's.
    known = runs.months_of(cohort, clock.today()) if request.method == "POST" else months
    form = OpenRunForm(request.POST or None, months=known)
    if request.method == "POST":
        allow(perms.may_prepare_pay(request.actor))
        if form.is_valid():
            try:
                return once(
                    request,
                    form.cleaned_data["submission_key"],
                    lambda: _open(request, cohort, form),
                )
            except Refused as refusal:
                refuse_in(form, refusal)
    context = {
        "cohort": cohort,
        "runs": runs.runs_of_cohort(cohort.pk),
        "form": form if months and perms.may_prepare_pay(request.actor) else None,
    }
    return render(request, "payroll/runs.html", context)


def _open(request: ActorRequest, cohort: Cohort, form: OpenRunForm) -> str:
    run = open_run(
        cohort=cohort,
        month=form.cleaned_data["month"],
        reserve=form.cleaned_data["reserve"],
        paid_on=form.cleaned_data["paid_on"],
        actor=request.actor,
        at=clock.now(),
    )
    return reverse("payroll:run", args=[cohort.pk, run.pk])


@reads
def show_run(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    context = page_of(run) | {"actions": actions_of(request.actor, run)}
    return render(request, "payroll/run.html", context)


def page_of(run: PayRun) -> dict[str, Any]:
    """Everything the page of a run shows, whoever reads it."""
    today = clock.today()
    sharing = sharing_of(run)
    in_draft = in_force.of_draft(run, today) if run.is_draft else None
    pot = pot_of(run, in_draft.settings if in_draft else run.settings)
    to_check: list[checks.Check] = []
    if in_draft:
        to_check = checks.before_freezing(run, in_draft, today=today)
        to_check += pot_checks.of_draft(run, in_draft, pot)
    elif sharing:
        to_check = checks.before_sending(run, sharing) + pot_checks.at_the_end(run, sharing)
        if not run.is_issued:
            to_check.append(informed_check(run))
    return {
        "run": run,
        "cohort": run.cohort,
        "steps": runs.steps_of(run),
        "headline": runs.headline_of(run),
        "pot": pot,
        "sharing": sharing,
        "checks": to_check,
        "is_estimate": not run.makes_slips
        or checks.is_estimate(in_draft.profile if in_draft else run.profile),
        "awaited": awaited(run),
        "progress": batch_progress(run.batch) if run.is_issued else None,
    }


@form_page
def edit_draft(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_prepare_pay(request.actor))
    form = EditDraftForm(request.POST or None, cohort_id=cohort_id, initial=runs.typed_draft(run))
    if request.method == "POST" and form.is_valid():
        try:
            change_draft(run=run, **form.cleaned_data)
            return redirect("payroll:run", cohort_id=cohort_id, run_id=run_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "payroll/edit_draft.html", {"run": run, "form": form})
