"""The attestations of a closing: who gets what, giving them in one batch, following them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from documents.selectors import batch_progress
from projects import perms
from projects.rules import closing_batch
from projects.selectors.closing import attestations_of
from projects.services.attestations import issue_closing_papers, preview_participation
from projects.views.cohort_hours import cohort_to_run


@form_page
def closing_papers(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Who gets what; the button gives everybody theirs, once whatever is pressed twice."""
    cohort = cohort_to_run(request, cohort_id)
    if request.method == "POST":
        given = issue_closing_papers(cohort=cohort, actor=request.actor, at=clock.now())
        said = ngettext("%(n)d papier est demandé.", "%(n)d papiers sont demandés.", len(given))
        messages.success(request, said % {"n": len(given)})
        return redirect("projects:closing_progress", cohort_id=cohort.pk)
    page = {
        "cohort": cohort,
        "rows": attestations_of(cohort, clock.today()),
        "can_give": perms.may_give_closing_papers(request.actor, cohort),
    }
    return render(request, "projects/closing_papers.html", page)


@reads
def closing_progress(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The progress of the papers; htmx asks for the fragment alone, a reload works as well."""
    cohort = cohort_to_run(request, cohort_id)
    page = {
        "cohort": cohort,
        "progress": batch_progress(closing_batch(cohort.pk)),
        "fragment_url": request.path,
        "page_url": request.path,
        "can_retry": True,
    }
    fragment = bool(request.headers.get("HX-Request"))
    name = "documents/_progress.html" if fragment else "projects/closing_progress.html"
    return render(request, name, page)


@reads
def closing_preview(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """The paper as it would be today, without a code or a trace."""
    cohort = cohort_to_run(request, cohort_id)
    allow(perms.may_run(request.actor, cohort))
    rows = Enrolment.objects.visible_to(request.actor).of_cohort(cohort.pk)
    enrolment = get_object_or_404(rows.select_related("person"), pk=enrolment_id)
    content = preview_participation(cohort=cohort, enrolment=enrolment, at=clock.now())
    return HttpResponse(content, content_type="application/pdf")
