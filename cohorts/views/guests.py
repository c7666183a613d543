"""Guests of an event: written down, corrected, answered for, ticked on the day, erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums.events import AnsweredBy
from cohorts.forms.guests import CameForm, GuestForm, GuestListForm, NotedAnswerForm
from cohorts.models import Event, EventGuest
from cohorts.perms import events as perms
from cohorts.selectors.contacts import same_person
from cohorts.selectors.events import event_page
from cohorts.services import event_guests
from cohorts.services.contact_erasing import erase_guest
from cohorts.services.event_links import link_of
from cohorts.views.scope import cohort_in_sight, event_in, guest_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once


@form_page
def add(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    """One guest in full, or a list pasted: two forms on one page."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    is_list = request.POST.get("what") == "list"
    sent = request.POST if request.method == "POST" else None
    one = GuestForm(None if is_list else sent, prefix="one")
    many = GuestListForm(sent if is_list else None, prefix="many")
    form = many if is_list else one
    if sent is not None and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _added(request, found, one, many))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"cohort": cohort, "event": found, "one": one, "many": many}
    return render(request, "cohorts/events/add_guests.html", page)


def _added(request: ActorRequest, found: Event, one: GuestForm, many: GuestListForm) -> str:
    said = list(many.said) if many.is_bound else [one.said]
    added = event_guests.add_guests(event=found, said=said, actor=request.actor, at=clock.now())
    words = ngettext("%(n)d personne ajoutée.", "%(n)d personnes ajoutées.", len(added.guests))
    if added.guests:
        messages.success(request, words % {"n": len(added.guests)})
    for sentence in added.passed_over:
        messages.warning(request, sentence)
    return reverse("cohorts:add_guests", args=[found.cohort_id, found.pk])


@form_page
def guest(request: ActorRequest, cohort_id: int, event_id: int, guest_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    invited = guest_in(found, request.actor, guest_id)
    allow(perms.can_see_guests(request.actor, cohort))
    can_hold = perms.can_hold_events(request.actor, cohort)
    form = GuestForm(
        request.POST if request.method == "POST" else None, initial=GuestForm.initial_of(invited)
    )
    if request.method == "POST":
        allow(can_hold)
        if form.is_valid() and _corrected(request, invited, form):
            return redirect("cohorts:event", cohort.pk, found.pk)
    page = {
        "cohort": cohort, "event": found, "guest": invited, "form": form, "can_hold": can_hold,
        "is_open": not found.is_cancelled and found.ends_at > clock.now(),
        "answer": NotedAnswerForm(initial={"answer": invited.answer, "people": invited.people or 1}),
        "link": link_of(invited),
    }  # fmt: skip
    return render(request, "cohorts/events/guest.html", page)


def _corrected(request: ActorRequest, invited: EventGuest, form: GuestForm) -> bool:
    try:
        again = event_guests.correct_guest(
            guest=invited, said=form.said, actor=request.actor, at=clock.now()
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(
        request,
        _("C’est corrigé. L’invitation repart à la nouvelle adresse.")
        if again
        else _("C’est corrigé."),
    )
    return True


@writes
def note_answer(
    request: ActorRequest, cohort_id: int, event_id: int, guest_id: int
) -> HttpResponse:
    """What they said on the telephone."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    invited = guest_in(found, request.actor, guest_id)
    allow(perms.can_hold_events(request.actor, cohort))
    form = NotedAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez une réponse, et un nombre de personnes."))
        return redirect("cohorts:guest", cohort.pk, found.pk, invited.pk)
    answer, count, by = form.cleaned_data["answer"], form.count, AnsweredBy.NOTED
    try:
        event_guests.answer_invitation(
            guest=invited, answer=answer, people=count, by=by, at=clock.now()
        )
        messages.success(request, _("La réponse est notée."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:event", cohort.pk, found.pk)


@form_page
def erase(request: ActorRequest, cohort_id: int, event_id: int, guest_id: int) -> HttpResponse:
    """A page that asks, then the act: it cannot be undone."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    invited = guest_in(found, request.actor, guest_id)
    allow(perms.can_erase_people(request.actor, cohort))
    if request.method == "POST":
        erase_guest(guest=invited, at=clock.now())
        messages.success(request, _("La personne est effacée."))
        return redirect("cohorts:event", cohort.pk, found.pk)
    back = reverse("cohorts:guest", args=[cohort.pk, found.pk, invited.pk])
    names = same_person(invited, cohort).names
    page = {"cohort": cohort, "name": invited.name, "names": names, "back": back}
    return render(request, "cohorts/events/erase.html", page)


@form_page
def came(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    """Ticked on the day."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    page = event_page(found, clock.now())
    guests = [one.guest for one in page.guests]
    form = CameForm(request.POST if request.method == "POST" else None, guests=guests)
    if request.method == "POST" and form.is_valid():
        try:
            event_guests.note_who_came(
                event=found, came=form.came, actor=request.actor, at=clock.now()
            )
            messages.success(request, _("Les présences sont notées."))
            return redirect("cohorts:event", cohort.pk, found.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "event": found, "page": page, "form": form}
    return render(request, "cohorts/events/came.html", context)
