"""A list of people: the file, the preview, the confirmation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import perms
from cohorts.enums import ImportState
from cohorts.forms.imports import ConfirmForm, ImportForm
from cohorts.importing.model_file import model_csv, model_xlsx
from cohorts.models import Cohort, EnrolmentImport
from cohorts.selectors.preview import preview_of
from cohorts.services.imports import confirm_import, discard_import, start_import
from cohorts.views.scope import cohort_in_sight, import_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@form_page
def upload(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_enrol(request.actor, cohort))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _started(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/import.html", {"form": form, "cohort": cohort})


def _started(request: ActorRequest, cohort: Cohort, form: ImportForm) -> str:
    file = form.cleaned_data["file"]
    found = start_import(cohort=cohort, name=file.name, content=file.read(), actor=request.actor)
    return _preview_url(cohort, found)


def _preview_url(cohort: Cohort, found: EnrolmentImport) -> str:
    return reverse("cohorts:import_preview", kwargs={"cohort_id": cohort.pk, "import_id": found.pk})


@form_page
def preview(request: ActorRequest, cohort_id: int, import_id: int) -> HttpResponse:
    """What was read, what is wrong, who is known already; POST confirms it all."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_enrol(request.actor, cohort))
    found = import_in(cohort, request.actor, import_id)
    read = preview_of(found, cohort, request.actor)
    form = ConfirmForm(read, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _confirmed(request, found, form):
        return redirect("cohorts:people", cohort_id=cohort.pk)
    page = {
        "cohort": cohort,
        "import": found,
        "is_draft": found.state == ImportState.DRAFT,
        "preview": read,
        "form": form,
    }
    return render(request, "cohorts/import_preview.html", page)


def _confirmed(request: ActorRequest, found: EnrolmentImport, form: ConfirmForm) -> bool:
    """Confirm, or say above the page why not; the answers given stay in the form."""
    was_done = found.state == ImportState.CONFIRMED
    try:
        done = confirm_import(
            enrolment_import=found,
            choices=form.choices,
            seen=form.sent_seen,
            actor=request.actor,
            at=clock.now(),
        )
    except LookupError as error:
        raise Http404 from error
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    if was_done:
        messages.info(request, _("Cette liste était déjà confirmée. Rien n’a été fait deux fois."))
    else:
        messages.success(request, _told(done))
    return True


def _told(done: EnrolmentImport) -> str:
    entered = done.created_count + done.matched_count
    told = ngettext(
        "%(n)d personne est entrée dans la coopérative.",
        "%(n)d personnes sont entrées dans la coopérative.",
        entered,
    ) % {"n": entered}
    if done.skipped_count:
        told += " " + ngettext(
            "%(n)d ligne a été passée : la personne y était déjà, ou deux fois dans la liste.",
            "%(n)d lignes ont été passées : ces personnes y étaient déjà, ou deux fois dans la liste.",
            done.skipped_count,
        ) % {"n": done.skipped_count}
    return told


@writes
def discard(request: ActorRequest, cohort_id: int, import_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_enrol(request.actor, cohort))
    found = import_in(cohort, request.actor, import_id)
    try:
        discard_import(enrolment_import=found, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cette liste est abandonnée. Personne n’a été ajouté."))
    return redirect("cohorts:people", cohort_id=cohort.pk)


@reads
def model_file(request: ActorRequest, cohort_id: int, suffix: str) -> HttpResponse:
    """The empty list to fill, as a spreadsheet or as text."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_enrol(request.actor, cohort))
    content, kind = (model_xlsx(), _XLSX) if suffix == "xlsx" else (model_csv(), "text/csv")
    headers = {"Content-Disposition": f'attachment; filename="modele-cooperants.{suffix}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
