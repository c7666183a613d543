from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from ct_platform.kit.once import once
from documents.downloads import file_of
from reports import perms
from reports.exports.xlsx import sheet_of
from reports.forms import FreezeForm
from reports.models import Snapshot
from reports.reading import read
from reports.rules import fingerprint
from reports.selectors import figures_of, followed, snapshots_of
from reports.services.freeze import freeze_snapshot

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads
def follow(request: ActorRequest) -> HttpResponse:
    """The cohorts a seat follows, with their latest report."""
    allow(perms.can_follow(request.actor))
    page = followed(request.actor, request.GET.get("page"))
    return render(request, "reports/follow.html", {"page": page})


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What partners would read today, the button that freezes it, and the reports already frozen."""
    cohort = _cohort_to_freeze(request, cohort_id)
    snapshots = snapshots_of(request.actor, cohort_id)
    core = figures_of(cohort, clock.today(), snapshots)
    form = FreezeForm(initial={"seen": fingerprint(core.figures)})
    page = {
        "cohort": cohort,
        "report": read(core.figures),
        "form": form,
        "snapshots": snapshots,
        "begins_later": clock.today() < cohort.starts_on,
    }
    return render(request, "reports/of_cohort.html", page)


@writes
def freeze(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort_to_freeze(request, cohort_id)
    form = FreezeForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Ce formulaire est incomplet. Ouvrez la page des résultats à nouveau."))

    def act() -> str:
        snapshot = freeze_snapshot(
            cohort=cohort, seen=form.cleaned_data["seen"], actor=request.actor, at=clock.now()
        )
        messages.success(request, _("Rapport figé. Vos partenaires le voient dès maintenant."))
        return reverse("reports:snapshot", args=[snapshot.pk])

    return once(request, form.cleaned_data["submission_key"], act)


def _cohort_to_freeze(request: ActorRequest, cohort_id: int) -> Cohort:
    in_scope = Cohort.objects.visible_to(request.actor).select_related("territory", "host")
    cohort: Cohort = get_object_or_404(in_scope, pk=cohort_id)
    allow(perms.can_freeze(request.actor))
    return cohort


@reads
def snapshot(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    found = _found(request, snapshot_id)
    page = {
        "snapshot": found,
        "report": read(found.figures),
        "can_freeze": perms.can_freeze(request.actor),
    }
    return render(request, "reports/snapshot.html", page)


@reads
def pdf(request: ActorRequest, snapshot_id: int) -> HttpResponse | FileResponse:
    """The paper of the report, or a page that says it is on its way."""
    found = _found(request, snapshot_id)
    if not found.document.is_ready:
        return render(request, "reports/preparing.html", {"snapshot": found}, status=202)
    return file_of(found.document, as_attachment=True)


@reads
def sheet(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    """The same figures as a workbook."""
    found = _found(request, snapshot_id)
    book = sheet_of(found.figures)
    headers = {"Content-Disposition": f'attachment; filename="{book.filename}"'}
    return HttpResponse(book.content, content_type=XLSX, headers=headers)


def _found(request: ActorRequest, snapshot_id: int) -> Snapshot:
    in_scope = Snapshot.objects.visible_to(request.actor).select_related("document", "cohort")
    found: Snapshot = get_object_or_404(in_scope, pk=snapshot_id)
    return found
