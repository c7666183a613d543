"""The files of a cohort: how complete they are, who misses what, and the FSE+ file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.exports.participants import csv_file, workbook
from cohorts.forms.entry_files import OperationForm
from cohorts.perms import can_edit_cohort
from cohorts.perms import entry_files as perms
from cohorts.selectors.participants import meter_of, participants_of
from cohorts.services.questionnaires import name_operation
from cohorts.services.sensitive import export_sensitive
from cohorts.views.scope import cohort_in_sight
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes

MAKERS = {"xlsx": workbook, "csv": csv_file}


@reads
def meter(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_read_file(request.actor, cohort))
    page = {
        "cohort": cohort,
        "meter": meter_of(cohort, clock.today()),
        "form": OperationForm(initial={"operation": cohort.operation}),
        "can_edit": can_edit_cohort(request.actor, cohort),
    }
    return render(request, "cohorts/file/meter.html", page)


@writes
def operation(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(can_edit_cohort(request.actor, cohort))
    form = OperationForm(request.POST)
    if form.is_valid():
        name_operation(cohort=cohort, operation=form.cleaned_data["operation"], actor=request.actor)
        messages.success(request, _("C’est enregistré."))
    else:
        messages.error(request, _("Ce numéro est trop long."))
    return redirect("cohorts:files", cohort_id=cohort.pk)


@writes
def export(request: ActorRequest, cohort_id: int, suffix: str) -> HttpResponse:
    """POST: the file holds sensitive answers, and leaves a record for each person."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_export_participants(request.actor, cohort))
    rows = participants_of(cohort, clock.today())
    sensitive = export_sensitive(
        cohort=cohort,
        enrolments=[one.first.enrolment for one in rows],
        actor=request.actor,
        at=clock.now(),
    )
    made = MAKERS[suffix](cohort, rows, sensitive, clock.today())
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
