"""The acts on a run: each asks, calls one service, and goes back to the page of the run."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from documents.selectors import batch_progress
from payroll import perms
from payroll.forms.runs import ApproveForm, ReopenForm, ReviewForm
from payroll.models import PayRun
from payroll.services import runs as services
from payroll.views.freshness import fresh
from payroll.views.runs import find_run, page_of

Act = Callable[..., PayRun]


@writes
def freeze(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_prepare_pay(request.actor))
    return _act(request, run, services.freeze_run, _("Les heures et l’argent sont photographiés."))


@writes
def compute(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_prepare_pay(request.actor))
    return _act(request, run, services.compute_run, _("Les parts sont calculées. Relisez-les."))


@form_page
def review(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_prepare_pay(request.actor))
    form = ReviewForm(request.POST or None, run=run, initial={"paid_on": run.paid_on})
    done = _("La paie est envoyée à %(host)s.") % {"host": run.cohort.host.name}
    return _asked(request, run, form, services.review_run, done, "payroll/review.html")


@fresh
@form_page
def approve(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_approve(request.actor))
    form = ApproveForm(request.POST or None, run=run)
    done = _("Vous avez approuvé cette paie. Les bulletins peuvent partir.")
    return _asked(request, run, form, services.approve_run, done, "payroll/approve.html")


@form_page
def issue(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_issue(request.actor))
    if request.method == "POST":
        services.issue_run(run=run, actor=request.actor, at=clock.now())
        messages.success(request, _("Les bulletins sont émis."))
        return redirect("payroll:papers", cohort_id=cohort_id, run_id=run_id)
    return render(request, "payroll/issue.html", page_of(run))


@form_page
def reopen(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_reopen(request.actor, run))
    form = ReopenForm(request.POST or None)
    done = _("La paie est rouverte. Les heures et les ventes sont rendues.")
    return _asked(request, run, form, services.reopen_run, done, "payroll/reopen.html")


@reads
def papers(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    """The progress of the papers; htmx asks for the fragment alone, a reload works as well."""
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_follow_papers(request.actor))
    context = {
        "run": run,
        "cohort": run.cohort,
        "progress": batch_progress(run.batch),
        "fragment_url": request.path,
        "page_url": request.path,
        "can_retry": True,
        "sealed_kinds": perms.sealed_kinds(request.actor),
    }
    fragment = bool(request.headers.get("HX-Request"))
    name = "documents/_progress.html" if fragment else "payroll/papers.html"
    return render(request, name, context)


def _act(request: ActorRequest, run: PayRun, act: Act, done: str) -> HttpResponse:
    """Press a button; the sentence of a refusal is said on the page it was pressed on."""
    act(run=run, actor=request.actor, at=clock.now())
    messages.success(request, done)
    return redirect("payroll:run", cohort_id=run.cohort_id, run_id=run.pk)


def _asked(
    request: ActorRequest, run: PayRun, form: forms.Form, act: Act, done: str, template: str
) -> HttpResponse:
    """Ask first: what the form holds goes to the service, what it refuses comes back beside a field."""
    if request.method == "POST" and form.is_valid():
        asked: dict[str, Any] = {k: v for k, v in form.cleaned_data.items() if k != "read"}
        try:
            act(run=run, actor=request.actor, at=clock.now(), **asked)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, done)
            return redirect("payroll:run", cohort_id=run.cohort_id, run_id=run.pk)
    return render(request, template, page_of(run) | {"form": form})
