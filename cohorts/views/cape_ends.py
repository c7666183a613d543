"""The end of the CAPEs of a cohort: the host reads, previews and gives the attestation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from cohorts import perms
from cohorts.forms.cape_ends import CapeEndsForm
from cohorts.models import Cohort
from cohorts.selectors.cape_ends import cape_ends
from cohorts.services.cape_ends import issue_cape_ends, preview_cape_end
from cohorts.views.scope import cohort_in_sight, enrolment_in, enrolments_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in


@form_page
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_issue_cape_end(request.actor, cohort))
    form = CapeEndsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        enrolments_in(cohort, form.cleaned_data["people"])
        try:
            given = issue_cape_ends(
                cohort=cohort, ends=form.ends, actor=request.actor, at=clock.now()
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _given(len(given)))
            return redirect("cohorts:cape_ends", cohort_id=cohort.pk)
    return _page(request, cohort, form)


def _page(request: ActorRequest, cohort: Cohort, form: CapeEndsForm) -> HttpResponse:
    rows = cape_ends(cohort, clock.today())
    page = {
        "cohort": cohort,
        "rows": [row.typed(form.data) if form.is_bound else row for row in rows],
        "form": form,
        "chosen": form.data.getlist("people") if form.is_bound else [],
    }
    return render(request, "cohorts/cape_ends.html", page)


def _given(count: int) -> str:
    return ngettext(
        "%(n)d attestation est émise. Elle est dans les papiers de la personne.",
        "%(n)d attestations sont émises. Elles sont dans les papiers de chaque personne.",
        count,
    ) % {"n": count}


@reads
def preview(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """The paper as it would be today, without a number, a code or a trace."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_issue_cape_end(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    content = preview_cape_end(cohort=cohort, enrolment=enrolment, at=clock.now())
    return HttpResponse(content, content_type="application/pdf")
