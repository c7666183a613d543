"""Convocations to an assembly on paper, for who has neither phone nor mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.selectors.convocations import callees
from cohorts.services.convocations import issue_convocations, print_convocations, valid_letters
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from decisions import perms
from decisions.forms.convocations import CalledForm
from decisions.models import Assembly
from decisions.selectors.assemblies import assemblies_for
from decisions.selectors.deliveries import to_call_on_paper
from decisions.services.convocations import occasion_of_assembly
from documents.selectors import batch_progress


@form_page
def on_paper(request: ActorRequest, assembly_id: int) -> HttpResponse:
    """htmx asks for the progress alone; a reload works as well."""
    assembly = _assembly(request, assembly_id)
    occasion, people = occasion_of_assembly(assembly), to_call_on_paper(assembly)
    form = CalledForm([one.pk for one in people], request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in people if one.pk in form.cleaned_data["people"]]
        try:
            issue_convocations(
                cohort=assembly.cohort,
                enrolments=chosen,
                occasion=occasion,
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Les convocations se préparent."))
            return redirect("decisions:convocations", assembly.pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    page = {
        "assembly": assembly,
        "callees": callees(people, valid_letters(occasion)),
        "form": form,
        "progress": batch_progress(occasion.batch),
        "fragment_url": request.path,
        "page_url": request.path,
        "can_retry": True,
        "sealed_kinds": [],
    }
    fragment = bool(request.headers.get("HX-Request"))
    name = "documents/_progress.html" if fragment else "decisions/convocations.html"
    return render(request, name, page)


@reads
def print_them(request: ActorRequest, assembly_id: int) -> HttpResponse:
    assembly = _assembly(request, assembly_id)
    try:
        content = print_convocations(papers=valid_letters(occasion_of_assembly(assembly)))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("decisions:convocations", assembly.pk)
    return HttpResponse(content, content_type="application/pdf")


def _assembly(request: ActorRequest, assembly_id: int) -> Assembly:
    found: Assembly = get_object_or_404(assemblies_for(request.actor), pk=assembly_id)
    allow(perms.may_call_on_paper(request.actor, found))
    request.page_cohort = found.cohort
    return found
