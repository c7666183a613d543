"""Sheets on paper: issued to be signed by hand, scanned back, and exported for funders."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.sessions import PaperForm, SheetForm
from cohorts.models import Cohort
from cohorts.perms import sessions as perms
from cohorts.selectors.attendance import counted, table_of_cohort, table_of_session
from cohorts.selectors.session_page import sheets_of
from cohorts.services.attendance import write_in_paper
from cohorts.services.attendance_files import attendance_csv, attendance_workbook
from cohorts.services.attendance_sheets import issue_sheet
from cohorts.views.scope import cohort_in_sight, scan_in, session_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.keys import key_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@form_page
def sheets(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Half-days person by person, sheets issued, and a new one on POST (a period, or one session)."""
    cohort = request.page_cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_print_sheets(request.actor, cohort))
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _issued(request, cohort, form):
        return redirect("cohorts:attendance_sheets", cohort.pk)
    table = table_of_cohort(cohort)
    page = {
        "cohort": cohort,
        "form": form,
        "people": counted(table, clock.now()),
        "columns": [one for one in table.columns if one.slot.starts_at <= clock.now()],
        "sheets": sheets_of(cohort.pk),
    }
    return render(request, "cohorts/sessions/sheets.html", page)


def _issued(request: ActorRequest, cohort: Cohort, form: SheetForm) -> bool:
    named = key_of(request.POST.get("session", ""))
    session = session_in(cohort, request.actor, named) if named is not None else None
    try:
        issue_sheet(
            cohort=cohort, session=session, actor=request.actor, at=clock.now(), **form.cleaned_data
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, _("La feuille se prépare : elle s’ouvre ici dans un instant."))
    return True


@form_page
def paper(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    """The only way to sign afterwards: the sheet people signed by hand, and why."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    unsigned = table_of_session(session).unsigned(clock.now())
    choices = [(one.value, one.label) for one in unsigned]
    sent = request.POST if request.method == "POST" else None
    form = PaperForm(sent, request.FILES or None, choices=choices)
    if sent is not None and form.is_valid():
        try:
            write_in_paper(
                session=session,
                content=form.cleaned_data["scan"],
                sentence=form.cleaned_data["sentence"],
                signed=form.pairs,
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est noté, avec la feuille signée."))
            return redirect("cohorts:session", cohort.pk, session.pk)
    page = {"cohort": cohort, "session": session, "form": form, "unsigned": unsigned}
    return render(request, "cohorts/sessions/paper.html", page)


@reads
def scan(request: ActorRequest, cohort_id: int, session_id: int, scan_id: int) -> HttpResponse:
    """The scan itself: never cached, never sniffed, never shown inside our own pages."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = scan_in(session_in(cohort, request.actor, session_id), scan_id)
    allow(perms.can_print_sheets(request.actor, cohort))
    name = f"feuille-signee-{found.pk}.{found.file.name.rpartition('.')[2]}"
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type=found.mime
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@reads
def export(request: ActorRequest, cohort_id: int, suffix: str) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, int(cohort_id))
    allow(perms.can_print_sheets(request.actor, cohort))
    if suffix not in ("csv", "xlsx"):
        raise Http404
    make = attendance_csv if suffix == "csv" else attendance_workbook
    response = HttpResponse(
        make(cohort=cohort, at=clock.now()),
        content_type="text/csv; charset=utf-8" if suffix == "csv" else _XLSX,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="presences.{suffix}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
