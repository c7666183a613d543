"""What the coordination reads before partners do, and the report itself: page, paper, sheet, data."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, reads, writes
from ct_platform.kit.once import once
from documents.downloads import file_of
from reports.enums import ReportState
from reports.exports.csv import file_of_figures
from reports.exports.xlsx import sheet_of
from reports.forms import FreezeForm
from reports.models import Report, Snapshot
from reports.reading import read
from reports.rules import fingerprint
from reports.selectors import figures_of, snapshots_of
from reports.selectors.exchange import comments_of, requests_waiting
from reports.services.preparing import prepare_report
from reports.views.page import report_page
from reports.views.scope import cohort_to_freeze, snapshot_in_scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What partners would read today, the button that prepares it, and the reports already prepared."""
    cohort = cohort_to_freeze(request, cohort_id)
    snapshots = snapshots_of(request.actor, cohort_id)
    core = figures_of(cohort, clock.today(), [one for one in snapshots if _counts(one)])
    page = {
        "cohort": cohort,
        "report": read(core.figures),
        "form": FreezeForm(initial={"seen": fingerprint(core.figures)}),
        "reports": [report for one in snapshots if (report := _life_of(one)) is not None],
        "requests": requests_waiting(request.actor, cohort_id),
        "begins_later": clock.today() < cohort.starts_on,
    }
    return render(request, "reports/of_cohort.html", page)


def _life_of(snapshot: Snapshot) -> Report | None:
    return getattr(snapshot, "report", None)


def _counts(snapshot: Snapshot) -> bool:
    report = _life_of(snapshot)
    return report is None or report.state != ReportState.DROPPED


@writes
def freeze(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_freeze(request, cohort_id)
    form = FreezeForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Ce formulaire est incomplet. Ouvrez la page des résultats à nouveau."))

    def act() -> str:
        report = prepare_report(
            cohort=cohort, seen=form.cleaned_data["seen"], actor=request.actor, at=clock.now()
        )
        messages.success(request, _prepared_words(report))
        return reverse("reports:snapshot", args=[report.snapshot_id])

    return once(request, form.cleaned_data["submission_key"], act)


def _prepared_words(report: Report) -> str:
    if report.sent_at is not None:
        return _("Rien n’a changé depuis ce rapport, déjà envoyé : c’est le même.")
    return _("Rapport figé. Relisez-le, puis envoyez-le à vos partenaires.")


@reads
def snapshot(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    return report_page(request, snapshot_in_scope(request, snapshot_id))


@reads
def pdf(request: ActorRequest, snapshot_id: int) -> HttpResponse | FileResponse:
    """The paper of the report, or a page that says it is on its way."""
    found = snapshot_in_scope(request, snapshot_id)
    report = _life_of(found)
    document = report.document if report else found.document
    if not document.is_ready:
        return render(request, "reports/preparing.html", {"snapshot": found}, status=202)
    return file_of(document, as_attachment=True)


@reads
def sheet(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    """The same figures as a workbook, with the words of the coordination."""
    found = snapshot_in_scope(request, snapshot_id)
    report = _life_of(found)
    book = sheet_of(found.figures, comments_of(report) if report else ())
    headers = {"Content-Disposition": f'attachment; filename="{book.filename}"'}
    return HttpResponse(book.content, content_type=XLSX, headers=headers)


@reads
def data(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    """The same figures as one CSV file, each with its definition."""
    found = file_of_figures(snapshot_in_scope(request, snapshot_id).figures)
    headers = {"Content-Disposition": f'attachment; filename="{found.filename}"'}
    return HttpResponse(found.content, content_type="text/csv; charset=utf-8", headers=headers)
