""" "J'ai noté pour Awa": the form, and the yes or no of the person concerned."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, acted, allow, form_page, refuse_in, writes
from projects import perms, selectors
from projects.forms.hours import DayOfWeekForm, OfferForm
from projects.models import WorkEntry
from projects.services import work
from projects.strip import day_url
from projects.views.cohort_hours import cohort_to_run

LOOK_BACK = dt.timedelta(days=31)


@form_page
def offer(request: ActorRequest) -> HttpResponse:
    """A colleague notes for a colleague."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.may_offer(request.actor, own))
    form = _form(request, own.cohort_id)
    if form.is_valid() and _offer(request, form):
        return redirect("projects:offer_hours")
    since = clock.today() - LOOK_BACK
    written = selectors.offers_by(request.actor.person_id, own.cohort_id, since)
    return render(request, "projects/offer.html", {"form": form, "written": written})


@form_page
def cohort_offer(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The coordination notes for a coopérant; only that person says yes."""
    cohort = cohort_to_run(request, cohort_id)
    form = _form(request, cohort.pk)
    if form.is_valid() and _offer(request, form):
        return redirect("projects:cohort_hours", cohort_id=cohort.pk)
    return render(request, "projects/cohort_offer.html", {"form": form, "cohort": cohort})


def _form(request: ActorRequest, cohort_id: int) -> OfferForm:
    day = DayOfWeekForm.read(request.GET.get("jour", "")) or clock.today()
    return OfferForm(
        request.POST or None,
        projects=selectors.projects_of(cohort_id),
        people=selectors.people_to_offer(cohort_id, besides=request.actor.person_id),
        initial={"day": day},
    )


def _offer(request: ActorRequest, form: OfferForm) -> bool:
    person = form.people[form.cleaned_data["person"]]
    try:
        entry = work.offer_hours(
            enrolment=person,
            day=form.cleaned_data["day"],
            minutes=form.cleaned_data["duration"],
            kind=form.cleaned_data["kind"],
            project=form.cleaned_data["project"],
            starts_at=form.cleaned_data["start_minute"],
            client_uuid=form.cleaned_data["client_uuid"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    words = {"name": person.person.called, "time": clock.format_minutes(entry.minutes)}
    said = _("C’est noté pour %(name)s : %(time)s. Ces heures compteront après son oui.")
    messages.success(request, said % words)
    return True


def _in_sight(request: ActorRequest, entry_id: int) -> WorkEntry:
    allow(perms.may_open_my_hours(request.actor))
    rows = WorkEntry.objects.visible_to(request.actor).for_page()
    found: WorkEntry = get_object_or_404(rows, pk=entry_id)
    return found


def _act(request: ActorRequest, row: WorkEntry, act: Callable[..., None], done: str) -> None:
    acted(request, lambda: act(entry=row, actor=request.actor, at=clock.now()), done)


@writes
def accept(request: ActorRequest, entry_id: int) -> HttpResponse:
    row = _in_sight(request, entry_id)
    allow(perms.may_answer(request.actor, row))
    _act(request, row, work.accept_hours, _("C’est dans tes heures. Un collègue confirmera."))
    return HttpResponseRedirect(day_url(row.day))


@writes
def decline(request: ActorRequest, entry_id: int) -> HttpResponse:
    row = _in_sight(request, entry_id)
    allow(perms.may_answer(request.actor, row))
    _act(request, row, work.decline_hours, _("Ces heures ne comptent pas."))
    return HttpResponseRedirect(day_url(row.day))


@writes
def take_back(request: ActorRequest, entry_id: int) -> HttpResponse:
    row = _in_sight(request, entry_id)
    allow(perms.may_take_back(request.actor, row))
    _act(request, row, work.take_back_hours, _("C’est repris. Ces heures ne comptent pas."))
    return redirect("projects:offer_hours")
