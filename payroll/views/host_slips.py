"""Slips made by the host's own software: the file, the check by eye, the handing out. Host only."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from payroll import perms
from payroll.forms.uploads import CheckForms, DistributeForm, UploadForm
from payroll.models import SlipUpload, UploadedSlip
from payroll.selectors import uploads as selectors
from payroll.selectors.runs import months_of
from payroll.services import uploads as services
from payroll.views.runs import find_cohort


def _find(request: ActorRequest, cohort_id: int, upload_id: int) -> SlipUpload:
    found: SlipUpload = get_object_or_404(
        SlipUpload.objects.visible_to(request.actor).select_related("cohort__host"),
        cohort_id=cohort_id,
        pk=upload_id,
    )
    allow(perms.may_handle_uploads(request.actor))
    return found


def _find_slip(request: ActorRequest, cohort_id: int, upload_id: int, slip_id: int) -> UploadedSlip:
    found: UploadedSlip = get_object_or_404(
        UploadedSlip.objects.visible_to(request.actor).select_related("upload"),
        upload__cohort_id=cohort_id,
        upload_id=upload_id,
        pk=slip_id,
    )
    allow(perms.may_handle_uploads(request.actor))
    return found


@form_page
def uploads(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = find_cohort(request, cohort_id)
    allow(perms.may_handle_uploads(request.actor))
    months = list(reversed(months_of(cohort, clock.today())))
    form = UploadForm(
        request.POST or None, request.FILES or None, months=months, initial=_asked(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, cohort, form)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {
        "cohort": cohort,
        "uploads": selectors.uploads_of(cohort.pk),
        "form": form if months else None,
    }
    return render(request, "payroll/uploads.html", context)


def _asked(request: ActorRequest) -> dict[str, str]:
    """The page of a run leads here with its month already chosen."""
    return {"month": request.GET.get("mois", "")}


def _received(request: ActorRequest, cohort: Cohort, form: UploadForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    if file.size > services.MOST_BYTES:  # before it is read in memory
        raise services.too_big()
    upload = services.receive_slips(
        cohort=cohort,
        month=form.cleaned_data["month"],
        name=file.name,
        content=file.read(),
        actor=request.actor,
        at=clock.now(),
    )
    return redirect("payroll:upload", cohort_id=cohort.pk, upload_id=upload.pk)


@form_page
def check(request: ActorRequest, cohort_id: int, upload_id: int) -> HttpResponse:
    """Each slip beside its person; POST writes down what was checked, and hands nothing out."""
    upload = _find(request, cohort_id, upload_id)
    found = selectors.check_of(upload)
    slips = CheckForms(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and slips.is_valid():
        try:
            services.save_check(upload=upload, answers=slips.answers, actor=request.actor)
            messages.success(request, _("Vos réponses sont gardées. Rien n’est encore distribué."))
            return redirect("payroll:upload", cohort_id=cohort_id, upload_id=upload_id)
        except DomainError as refusal:
            messages.error(request, str(refusal))
    context = {
        "cohort": upload.cohort,
        "upload": upload,
        "check": found,
        "slips": slips.forms,
        "form": DistributeForm(initial={"seen": found.reading}),
    }
    return render(request, "payroll/upload.html", context)


@writes
def distribute(request: ActorRequest, cohort_id: int, upload_id: int) -> HttpResponse:
    upload = _find(request, cohort_id, upload_id)
    form = DistributeForm(request.POST)
    if form.is_valid():
        try:
            services.distribute_upload(
                upload=upload,
                seen=form.cleaned_data["seen"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Les bulletins sont distribués."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Cochez la case quand vous avez tout vérifié."))
    return redirect("payroll:upload", cohort_id=cohort_id, upload_id=upload_id)


@writes
def discard(request: ActorRequest, cohort_id: int, upload_id: int) -> HttpResponse:
    upload = _find(request, cohort_id, upload_id)
    try:
        services.discard_upload(upload=upload, actor=request.actor, at=clock.now())
        messages.success(request, _("Ce dépôt est abandonné. Ses fichiers sont détruits."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("payroll:uploads", cohort_id=cohort_id)


@writes
def join(request: ActorRequest, cohort_id: int, upload_id: int, slip_id: int) -> HttpResponse:
    slip = _find_slip(request, cohort_id, upload_id, slip_id)
    try:
        services.join_slip(slip=slip, actor=request.actor, at=clock.now())
        messages.success(request, _("Les pages sont réunies en un seul bulletin."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("payroll:upload", cohort_id=cohort_id, upload_id=upload_id)


@reads
def show_slip(
    request: ActorRequest, cohort_id: int, upload_id: int, slip_id: int
) -> HttpResponse | FileResponse:
    """The piece as it was cut, while it waits to be checked; afterwards it is a paper, or destroyed."""
    slip = _find_slip(request, cohort_id, upload_id, slip_id)
    if slip.document_id:
        return redirect("documents:download", document_id=slip.document_id)
    if not slip.upload.is_open:
        raise Http404
    response = FileResponse(
        slip.file.open("rb"),
        filename=f"bulletin-{slip.position}.pdf",
        content_type="application/pdf",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
