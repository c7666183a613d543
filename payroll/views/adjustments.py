"""Advances and deductions: the host records them, and takes back what was a mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once
from payroll import perms
from payroll.enums import AdjustmentKind
from payroll.forms.payments import AdjustmentForm
from payroll.models import Adjustment
from payroll.selectors import adjustments as found
from payroll.services.adjustments import cancel_adjustment, record_advance, record_deduction
from payroll.views.bank import find_cohort_of_host


@form_page
def adjustments(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = find_cohort_of_host(request, cohort_id)
    form = AdjustmentForm(
        request.POST or None,
        initial={"given_on": clock.today()},
        enrolments=found.people_to_choose(cohort.pk),
        decisions=found.adopted_decisions(cohort.pk),
    )
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submission_key"]
        try:
            return once(request, key, lambda: _record(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "form": form, "rows": found.adjustments_of_cohort(cohort.pk)}
    return render(request, "payroll/adjustments.html", context)


def _record(request: ActorRequest, cohort: Cohort, form: AdjustmentForm) -> str:
    asked = {
        key: form.cleaned_data[key] for key in ("enrolment", "amount", "given_on", "reason")
    } | {"actor": request.actor, "at": clock.now()}
    if form.cleaned_data["kind"] == AdjustmentKind.ADVANCE:
        record_advance(**asked)
    else:
        record_deduction(decision=form.cleaned_data["decision"], **asked)
    messages.success(request, _("C’est noté. La prochaine paie en tiendra compte."))
    return reverse("payroll:adjustments", args=[cohort.pk])


@writes
def cancel(request: ActorRequest, cohort_id: int, adjustment_id: int) -> HttpResponse:
    adjustment = get_object_or_404(
        Adjustment.objects.visible_to(request.actor).select_related("enrolment"),
        enrolment__cohort_id=cohort_id,
        pk=adjustment_id,
    )
    allow(perms.may_pay(request.actor))
    cancel_adjustment(adjustment=adjustment, actor=request.actor, at=clock.now())
    messages.success(request, _("C’est annulé. La première ligne reste écrite sur le compte."))
    return redirect("payroll:adjustments", cohort_id=cohort_id)
