"""Convocations of a session: whom to call, how far the letters are, one file for the printer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.convocations import ConvocationsForm
from cohorts.perms import sessions as perms
from cohorts.selectors.convocations import callees, expected_of_session
from cohorts.services.convocations import (
    issue_convocations,
    occasion_of_session,
    print_convocations,
    valid_letters,
)
from cohorts.views.scope import cohort_in_sight, session_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from documents.selectors import batch_progress


@form_page
def of_session(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    """htmx asks for the progress alone; a reload works as well."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_call_on_paper(request.actor, session))
    occasion, people = occasion_of_session(session), expected_of_session(session)
    form = ConvocationsForm([one.pk for one in people], request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in people if one.pk in form.cleaned_data["people"]]
        try:
            issue_convocations(
                cohort=cohort,
                enrolments=chosen,
                occasion=occasion,
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Les convocations se préparent."))
            return redirect("cohorts:session_convocations", cohort.pk, session.pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    page = {
        "cohort": cohort,
        "session": session,
        "occasion": occasion,
        "callees": callees(people, valid_letters(occasion)),
        "form": form,
        "progress": batch_progress(occasion.batch),
        "fragment_url": request.path,
        "page_url": request.path,
        "can_retry": True,
        "sealed_kinds": [],
    }
    fragment = bool(request.headers.get("HX-Request"))
    name = "documents/_progress.html" if fragment else "cohorts/sessions/convocations.html"
    return render(request, name, page)


@reads
def print_session(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    """One PDF, a letter a page."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_call_on_paper(request.actor, session))
    try:
        content = print_convocations(papers=valid_letters(occasion_of_session(session)))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:session_convocations", cohort.pk, session.pk)
    return HttpResponse(content, content_type="application/pdf")
