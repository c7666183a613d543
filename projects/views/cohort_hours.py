"""The coordination's page of hours: the week of everybody, and what waits for a confirmation."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, writes
from projects import perms
from projects.cohort_pages import cohort_hours_page, person_hours_page
from projects.forms.all_hours import HoursFilterForm
from projects.forms.hours import CohortQuestionForm, DayOfWeekForm
from projects.models import WorkEntry
from projects.selectors.all_hours import all_hours, choices_of
from projects.views.confirmation import ask, confirm_seen


def cohort_to_run(request: ActorRequest, cohort_id: int) -> Cohort:
    """A cohort in sight (404) whose hours and money one may run (403)."""
    rows = Cohort.objects.visible_to(request.actor).select_related("territory")
    cohort: Cohort = get_object_or_404(rows, pk=cohort_id)
    allow(perms.may_run(request.actor, cohort))
    return cohort


@reads
def cohort_hours(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Persons × days of one week, who called it complete, what waits."""
    cohort = cohort_to_run(request, cohort_id)
    asked = DayOfWeekForm.read(request.GET.get("semaine", ""))
    page = cohort_hours_page(cohort, asked, clock.today())
    return render(request, "projects/cohort_hours.html", {"page": page})


@reads
def every_hour(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """All the hours since the first day, filtered, with the totals of what is listed."""
    cohort = cohort_to_run(request, cohort_id)
    form = HoursFilterForm(request.GET, **choices_of(cohort.pk))
    page = all_hours(cohort, form.asked(), request.GET.get("page", ""))
    context = {"cohort": cohort, "form": form, "page": page}
    return render(request, "projects/all_hours.html", context)


@writes
def confirm(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Confirm one entry, or a whole week of a person, as shown."""
    cohort_to_run(request, cohort_id)
    confirm_seen(request)
    back = request.POST.get("retour", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return HttpResponseRedirect(back)  # an address, never the name of a page
    return redirect("projects:cohort_hours", cohort_id=cohort_id)


@reads
def person_hours(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """One person's week with the history of each entry."""
    cohort = cohort_to_run(request, cohort_id)
    rows = Enrolment.objects.of_cohort(cohort.pk).select_related("person")
    enrolment = get_object_or_404(rows, pk=enrolment_id)
    asked = DayOfWeekForm.read(request.GET.get("semaine", ""))
    page = person_hours_page(cohort, enrolment, asked, clock.today())
    return render(request, "projects/person_hours.html", {"page": page})


@form_page
def question(request: ActorRequest, cohort_id: int, entry_id: int) -> HttpResponse:
    """Ask a person about their hours; nobody else changes them."""
    cohort = cohort_to_run(request, cohort_id)
    row = get_object_or_404(WorkEntry.objects.of_cohort(cohort.pk).for_page(), pk=entry_id)
    allow(perms.may_question(request.actor, row))
    form = CohortQuestionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and ask(request, row, form):
        return redirect("projects:cohort_hours", cohort_id=cohort.pk)
    context = {"entry": row, "form": form, "cohort": cohort}
    return render(request, "projects/cohort_question.html", context)
