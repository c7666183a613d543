"""Events of a cohort, for the coordination: the list, one event, planning, moving, cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.events import EventCancelForm, EventEditForm, EventForm
from cohorts.forms.sessions import DayForm
from cohorts.models import Cohort, Event
from cohorts.perms import events as perms
from cohorts.selectors.calendar import nearest_day
from cohorts.selectors.events import conflicts_of, event_lines, event_page
from cohorts.selectors.roll import people_choices
from cohorts.services.events import cancel_event, edit_event, plan_event
from cohorts.views.scope import cohort_in_sight, event_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_guests(request.actor, cohort))
    page = {
        "cohort": cohort,
        "lines": event_lines(cohort.pk),
        "today": clock.today(),
        "can_hold": perms.can_hold_events(request.actor, cohort),
    }
    return render(request, "cohorts/events/of_cohort.html", page)


@reads
def event(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    allow(perms.can_see_guests(request.actor, cohort))
    page = {
        "cohort": cohort,
        "event": found,
        "page": event_page(found, clock.now()),
        "can_hold": perms.can_hold_events(request.actor, cohort),
    }
    return render(request, "cohorts/events/event.html", page)


@form_page
def plan(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_hold_events(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    day = nearest_day(DayForm.read(request.GET.get("jour", "")) or clock.today(), cohort)
    form = EventForm(sent, people=people_choices(cohort.pk), initial={"day": day})
    if sent is not None and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _planned(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/events/plan.html", {"cohort": cohort, "form": form})


def _planned(request: ActorRequest, cohort: Cohort, form: EventForm) -> str:
    planned = plan_event(cohort=cohort, wishes=form.wishes, actor=request.actor, at=clock.now())
    messages.success(request, _("L’événement est prévu."))
    for sentence in conflicts_of(planned):
        messages.warning(request, sentence)
    return reverse("cohorts:event", args=[cohort.pk, planned.pk])


@form_page
def edit(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    form = EventEditForm(
        sent, people=people_choices(cohort.pk), initial=EventEditForm.initial_of(found)
    )
    if sent is not None and form.is_valid() and _edited(request, found, form):
        return redirect("cohorts:event", cohort.pk, found.pk)
    page = {"cohort": cohort, "event": found, "form": form}
    return render(request, "cohorts/events/edit.html", page)


def _edited(request: ActorRequest, found: Event, form: EventEditForm) -> bool:
    try:
        told = edit_event(
            event=found,
            wishes=form.wishes,
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("C’est enregistré."))
    _say_told(request, told)
    return True


def _say_told(request: ActorRequest, told: int) -> None:
    if told:
        words = ngettext(
            "%(n)d personne invitée est prévenue.", "%(n)d personnes invitées sont prévenues.", told
        )
        messages.success(request, words % {"n": told})


@form_page
def cancel(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    form = EventCancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            told = cancel_event(event=found, reason=reason, actor=request.actor, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("L’événement est annulé."))
            _say_told(request, told)
            return redirect("cohorts:event", cohort.pk, found.pk)
    page = {"cohort": cohort, "event": found, "form": form}
    return render(request, "cohorts/events/cancel.html", page)
