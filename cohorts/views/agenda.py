"""*Mon agenda* and *Mes présences* on a phone; and the calendar a phone subscribes to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.sessions import AnswerForm, CorrectionForm, ReminderForm
from cohorts.perms import sessions as perms
from cohorts.selectors import my_agenda as selectors
from cohorts.selectors.attendance import cell_page
from cohorts.selectors.feeds import address_of
from cohorts.services import agendas
from cohorts.services.corrections import answer_correction, ask_correction
from cohorts.services.feeds import feed_of
from cohorts.views.scope import correction_in_sight, slot_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from ct_platform.kit.keys import key_of
from members.limits import Limit
from members.limits import address_of as source_of
from members.middleware import public
from members.models import Person

# Addresses that are not ours only: a phone asks every few hours.
WRONG = Limit("agenda-feed", tries=30, seconds=600)


@reads
def my_agenda(request: ActorRequest) -> HttpResponse:
    allow(perms.has_presences(request.actor))
    own = selectors.own_enrolment(request.actor)
    page = selectors.my_agenda(own, clock.now())
    way = page.agenda.remind_by if page.agenda else ""
    context = {
        "page": page,
        "feed": address_of(page.agenda),
        "reminder": ReminderForm(initial={"way": way}),
        "can_sign": perms.can_sign(request.actor, own),
    }
    return render(request, "cohorts/sessions/my_agenda.html", context)


@reads
def my_presences(request: ActorRequest) -> HttpResponse:
    allow(perms.has_presences(request.actor))
    own = selectors.own_enrolment(request.actor)
    page = {"own": own, "cells": selectors.my_presences(own, clock.now())}
    return render(request, "cohorts/sessions/my_presences.html", page)


@reads
def my_presence(request: ActorRequest, slot_id: int) -> HttpResponse:
    """One half-day of mine, its history, and asking for a correction."""
    slot = slot_in_sight(request.actor, slot_id)
    allow(perms.has_presences(request.actor))
    own = selectors.own_enrolment(request.actor)
    page = {
        "page": cell_page(slot, own),
        "form": CorrectionForm(),
        "can_ask": perms.can_ask_correction(request.actor, own) and slot.starts_at <= clock.now(),
    }
    return render(request, "cohorts/sessions/my_presence.html", page)


@writes
def ask(request: ActorRequest, slot_id: int) -> HttpResponse:
    slot = slot_in_sight(request.actor, slot_id)
    allow(perms.has_presences(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.can_ask_correction(request.actor, own))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisis ce qui est juste, et dis ce qui s’est passé."))
    else:
        try:
            ask_correction(
                slot=slot, enrolment=own, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("C’est demandé. La coordination te répond ici."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("cohorts:my_presence", slot.pk)


@writes
def answer(request: ActorRequest, request_id: int) -> HttpResponse:
    """I answer what the coordination asks of my presence."""
    asked = correction_in_sight(request.actor, request_id)
    allow(asked.enrolment_id == request.actor.enrolment_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisis oui ou non."))
    else:
        try:
            answer_correction(
                request=asked, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Merci, c’est répondu."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect("cohorts:my_presence", asked.slot_id)


def _me(request: ActorRequest) -> Person:
    found: Person = Person.objects.of_user(request.user).get()
    return found


def _back(request: ActorRequest) -> HttpResponse:
    """To the agenda; a coordinator has theirs beside each calendar."""
    if request.actor.is_cooperant:
        return redirect("cohorts:my_agenda")
    named = request.POST.get("cohort", "")
    if (key := key_of(named)) is not None:
        return redirect("cohorts:calendar", key)
    return redirect("members:profile")


@writes
def renew_feed(request: ActorRequest) -> HttpResponse:
    allow(perms.has_agenda(request.actor))
    agendas.renew_feed(person=_me(request), at=clock.now())
    messages.success(request, _("Voici une nouvelle adresse. L’ancienne n’ouvre plus rien."))
    return _back(request)


@writes
def close_feed(request: ActorRequest) -> HttpResponse:
    allow(perms.has_agenda(request.actor))
    agendas.close_feed(person=_me(request))
    messages.success(request, _("L’adresse est fermée."))
    return _back(request)


@writes
def choose_reminder(request: ActorRequest) -> HttpResponse:
    allow(perms.has_presences(request.actor))
    form = ReminderForm(request.POST)
    if form.is_valid():
        try:
            agendas.choose_reminder(
                person=_me(request), way=form.cleaned_data["way"], at=clock.now()
            )
            messages.success(request, _("C’est enregistré."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return _back(request)


@public
@reads
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the address reads the agenda: out of every cache, out of every search."""
    source = source_of(request)
    if not WRONG.take(source):
        return render(request, "429.html", status=429)
    content = feed_of(secret=secret, at=clock.now())
    if content is None:
        raise Http404
    WRONG.give_back(source)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
