"""The people of a cohort: the list, one more, one who leaves, and everybody's papers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts import perms
from cohorts.enums import ImportState, LeavingReason
from cohorts.forms.people import LeaveForm, PersonForm
from cohorts.models import Cohort
from cohorts.perms.afterwards import can_take_back
from cohorts.perms.recruiting import can_welcome
from cohorts.selectors.papers import papers_of_cohort
from cohorts.selectors.people import people_counts, people_page
from cohorts.services.enrolments import mark_left
from cohorts.services.imports import enter_one
from cohorts.views.scope import cohort_in_sight, enrolment_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once


@reads
def people(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_people(request.actor, cohort))
    page = {
        "cohort": cohort,
        "page": people_page(cohort, request.GET.get("page"), clock.now()),
        "counts": people_counts(cohort),
        "can_enrol": perms.can_enrol(request.actor, cohort),
        "can_note_departure": perms.can_note_departure(request.actor, cohort),
        "can_welcome": can_welcome(request.actor, cohort),
        "can_print": perms.can_print_cards(request.actor, cohort),
        "can_take_back": can_take_back(request.actor, cohort),
    }
    return render(request, "cohorts/people.html", page)


@form_page
def add_person(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """One person typed by hand."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_enrol(request.actor, cohort))
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _entered(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/add_person.html", {"form": form, "cohort": cohort})


def _entered(request: ActorRequest, cohort: Cohort, form: PersonForm) -> str:
    """Where to go next: the list, or the question "is it the same person?"."""
    found = enter_one(cohort=cohort, values=form.values, actor=request.actor, at=clock.now())
    if found.state != ImportState.CONFIRMED:
        return reverse(
            "cohorts:import_preview", kwargs={"cohort_id": cohort.pk, "import_id": found.pk}
        )
    messages.success(request, _("C’est fait : la personne est dans la coopérative."))
    return reverse("cohorts:people", kwargs={"cohort_id": cohort.pk})


@form_page
def leave(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Note that somebody left, when and why."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_note_departure(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    form = LeaveForm(
        request.POST if request.method == "POST" else None, initial={"left_on": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            mark_left(
                enrolment=enrolment,
                left_on=form.cleaned_data["left_on"],
                reason=LeavingReason(form.cleaned_data["reason"]),
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Le départ est noté."))
            return redirect("cohorts:people", cohort_id=cohort.pk)
    page = {"form": form, "cohort": cohort, "enrolment": enrolment}
    return render(request, "cohorts/leave.html", page)


@reads
def papers(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_papers(request.actor, cohort))
    found = papers_of_cohort(
        cohort, request.actor, request.GET.get("type", ""), request.GET.get("page")
    )
    return render(request, "cohorts/papers.html", {"cohort": cohort, "papers": found})
