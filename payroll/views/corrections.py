"""Correcting an issued slip: one person of the host proposes, another reads the same and issues."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from payroll import perms
from payroll.forms.corrections import AgreeForm, CorrectionForm
from payroll.models import ContributionProfile, Correction, Share
from payroll.selectors import corrections as found
from payroll.services import corrections as services
from payroll.services.drafting import Draft, asked_now, draft_correction, why_not
from payroll.views.freshness import fresh
from payroll.views.runs import find_run


@form_page
def correct(request: ActorRequest, cohort_id: int, run_id: int, share_id: int) -> HttpResponse:
    """Type what was wrong, see both slips side by side, then send for agreement."""
    run = find_run(request, cohort_id, run_id)
    share = get_object_or_404(
        Share.objects.visible_to(request.actor).issued().to_correct(), run=run, pk=share_id
    )
    allow(perms.may_correct(request.actor))
    profiles = ContributionProfile.objects.visible_to(request.actor).confirmed()
    photograph, _profile = asked_now(share)
    form = CorrectionForm(
        request.POST or None, share=share, photograph=photograph, profiles=profiles
    )
    context = {"run": run, "share": share, "form": form, "blocked": why_not(share)}
    if request.method == "POST" and form.is_valid():
        try:
            draft = draft_correction(share=share, asked=form.asked())
            if "send" in request.POST and request.POST.get("seen") == draft.seen:
                return once(
                    request,
                    form.cleaned_data["submission_key"],
                    lambda: _send(request, form, draft),
                )
            changes = found.compare(share, draft.old, draft.new, draft.changes)
            context |= {"draft": draft, "comparison": changes}
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "payroll/correct.html", context)


def _send(request: ActorRequest, form: CorrectionForm, draft: Draft) -> str:
    correction = services.propose_correction(
        share=draft.share,
        reason=form.cleaned_data["reason"],
        asked=form.asked(),
        seen=draft.seen,
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("La correction attend l’accord d’une autre personne."))
    return _address("correction", correction)


@reads
def show(request: ActorRequest, cohort_id: int, run_id: int, correction_id: int) -> HttpResponse:
    correction = _find(request, cohort_id, run_id, correction_id)
    return render(request, "payroll/correction.html", _page(request, correction))


@fresh
@form_page
def issue(request: ActorRequest, cohort_id: int, run_id: int, correction_id: int) -> HttpResponse:
    correction = _find(request, cohort_id, run_id, correction_id)
    allow(perms.may_issue_correction(request.actor, correction))
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.issue_correction(correction=correction, actor=request.actor, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("La correction est émise. Les deux papiers partent."))
            return redirect(_address("correction", correction))
    context = _page(request, correction) | {"form": form}
    return render(request, "payroll/correction.html", context)


@writes
def drop(request: ActorRequest, cohort_id: int, run_id: int, correction_id: int) -> HttpResponse:
    correction = _find(request, cohort_id, run_id, correction_id)
    services.drop_correction(correction=correction, actor=request.actor, at=clock.now())
    messages.success(request, _("La correction est abandonnée. Le bulletin reste tel quel."))
    return redirect("payroll:run", cohort_id=cohort_id, run_id=run_id)


def _find(request: ActorRequest, cohort_id: int, run_id: int, correction_id: int) -> Correction:
    """Inside the host's seats: a coordinator meets a closed door on a run they know."""
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_correct(request.actor))
    correction: Correction = get_object_or_404(
        Correction.objects.visible_to(request.actor).with_papers(), share__run=run, pk=correction_id
    )
    return correction


def _page(request: ActorRequest, correction: Correction) -> dict[str, object]:
    return {
        "correction": correction,
        "run": correction.share.run,
        "comparison": found.comparison_of(correction, found.corrected_from(correction)),
        "may_issue": perms.may_issue_correction(request.actor, correction),
        "issue_url": _address("issue_correction", correction),
        "drop_url": _address("drop_correction", correction),
    }


def _address(name: str, correction: Correction) -> str:
    run = correction.share.run
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk, correction.pk])
