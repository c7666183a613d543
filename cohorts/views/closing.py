"""Closing a cohort: what is still to settle, what is explained instead, and the accounts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts import closing as registry
from cohorts.forms.closing import ReasonForm
from cohorts.models import Cohort
from cohorts.perms import can_move_cohort
from cohorts.perms import closing as perms
from cohorts.selectors.closing import Checked, closing_of
from cohorts.selectors.cohorts import next_step_of, steps_of
from cohorts.services.closing import explain_missing
from cohorts.views.scope import cohort_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from documents.services.render import retry_failed_of_cohort


@reads
def closing(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = request.page_cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_closing(request.actor, cohort))
    page = {
        "cohort": cohort,
        "state": closing_of(cohort, clock.today()),
        "accounts": registry.accounts_of(cohort),
        "steps": steps_of(cohort),
        "next_step": next_step_of(cohort) if can_move_cohort(request.actor, cohort) else None,
        "can_explain": perms.can_explain(request.actor, cohort),
    }
    return render(request, "cohorts/closing/closing.html", page)


@form_page
def explain(request: ActorRequest, cohort_id: int, check: str) -> HttpResponse:
    """Write why something stays missing."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_explain(request.actor, cohort))
    found = _check_of(cohort, check)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": found.reason.reason if found.reason else ""},
    )
    if request.method == "POST" and form.is_valid() and _explained(request, form, found):
        return redirect("cohorts:closing", cohort_id=cohort.pk)
    page = {"cohort": cohort, "found": found, "form": form}
    return render(request, "cohorts/closing/explain.html", page, status=422 if form.errors else 200)


def _check_of(cohort: Cohort, code: str) -> Checked:
    found = closing_of(cohort, clock.today()).of(code)
    if found is None:
        raise Http404
    return found


def _explained(request: ActorRequest, form: ReasonForm, found: Checked) -> bool:
    try:
        explain_missing(
            cohort=found.cohort,
            code=found.check.code,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, _("La raison est écrite. Elle reste avec l’archive."))
    return True


@writes
def retry(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Have every failed paper of the cohort made again."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_closing(request.actor, cohort))
    retry_failed_of_cohort(cohort_key=cohort.pk, at=clock.now())
    messages.success(request, _("Les papiers se refont. Rechargez la page dans un instant."))
    return redirect("cohorts:closing", cohort_id=cohort.pk)
