"""On a phone: our events, who comes, and who came, ticked at the door by those who organise."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.guests import CameForm
from cohorts.perms import events as perms
from cohorts.selectors.events import event_lines, event_page, who_comes
from cohorts.selectors.my_agenda import own_enrolment
from cohorts.services.event_guests import note_who_came
from cohorts.views.scope import event_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in


@reads
def events(request: ActorRequest) -> HttpResponse:
    allow(perms.can_read_events(request.actor))
    own = own_enrolment(request.actor)
    today = clock.today()
    lines = event_lines(own.cohort_id)
    page = {
        "coming": [one for one in reversed(lines) if one.event.day >= today],
        "past": [one for one in lines if one.event.day < today],
    }
    return render(request, "cohorts/events/mine.html", page)


@reads
def event(request: ActorRequest, event_id: int) -> HttpResponse:
    found = event_in_sight(request.actor, event_id)
    allow(perms.can_read_events(request.actor))
    own = own_enrolment(request.actor)
    page = {
        "event": found,
        "page": who_comes(found),
        "has_begun": found.day <= clock.today(),
        "may_propose": perms.can_propose_contact(request.actor, own),
        "may_tick": perms.can_tick_guests(request.actor, found, own),
    }
    return render(request, "cohorts/events/my_event.html", page)


@form_page
def came(request: ActorRequest, event_id: int) -> HttpResponse:
    found = event_in_sight(request.actor, event_id)
    allow(perms.can_read_events(request.actor))
    allow(perms.can_tick_guests(request.actor, found, own_enrolment(request.actor)))
    page = event_page(found, clock.now())
    guests = [one.guest for one in page.guests]
    form = CameForm(request.POST if request.method == "POST" else None, guests=guests)
    if request.method == "POST" and form.is_valid():
        try:
            note_who_came(event=found, came=form.came, actor=request.actor, at=clock.now())
            messages.success(request, _("C’est noté."))
            return redirect("cohorts:my_event", found.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"event": found, "page": page, "form": form}
    return render(request, "cohorts/events/my_came.html", context)
