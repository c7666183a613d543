"""The people a cohort met, for the coordination: read, written down, agreed with, erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms.contacts import ConsentForm, ContactForm
from cohorts.models import Cohort, Contact
from cohorts.perms import events as perms
from cohorts.selectors.contacts import (
    contacts_page,
    event_choices,
    kept_until,
    people_who_meet,
    same_person,
)
from cohorts.services import contacts as acts
from cohorts.services.contact_erasing import erase_contact
from cohorts.views.scope import cohort_in_sight, contact_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_contacts(request.actor, cohort))
    page = {"cohort": cohort, "page": contacts_page(cohort)}
    return render(request, "cohorts/contacts/of_cohort.html", page)


@form_page
def add(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_hold_contacts(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    first = {"met_by": request.actor.person_id, "event": request.GET.get("evenement", "")[:18]}
    form = _form(sent, cohort, first)
    if sent is not None and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _added(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/contacts/add.html", {"cohort": cohort, "form": form})


def _form(sent: object, cohort: Cohort, initial: dict[str, object]) -> ContactForm:
    return ContactForm(
        sent,
        initial=initial,
        people=people_who_meet(cohort),
        events=event_choices(cohort, clock.today()),
    )


def _added(request: ActorRequest, cohort: Cohort, form: ContactForm) -> str:
    added = acts.add_contact(
        cohort=cohort,
        said=form.said,
        event=form.cleaned_data["event"],
        met_by=form.cleaned_data["met_by"],
        consent=None,
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Le contact est gardé. Notez son accord dès que vous l’avez."))
    return reverse("cohorts:contact", args=[cohort.pk, added.pk])


@form_page
def contact(request: ActorRequest, cohort_id: int, contact_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = contact_in(cohort, request.actor, contact_id)
    allow(perms.can_hold_contacts(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    form = _form(sent, cohort, ContactForm.initial_of(found))
    if sent is not None and form.is_valid() and _changed(request, found, form):
        return redirect("cohorts:contact", cohort.pk, found.pk)
    page = {
        "cohort": cohort,
        "contact": found,
        "form": form,
        "consent": ConsentForm(initial={"consented_on": clock.today()}),
        "until": kept_until(found),
    }
    return render(request, "cohorts/contacts/contact.html", page)


def _changed(request: ActorRequest, found: Contact, form: ContactForm) -> bool:
    try:
        acts.change_contact(
            contact=found,
            said=form.said,
            event=form.cleaned_data["event"],
            met_by=form.cleaned_data["met_by"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, _("C’est corrigé."))
    return True


@writes
def accept(request: ActorRequest, cohort_id: int, contact_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = contact_in(cohort, request.actor, contact_id)
    allow(perms.can_hold_contacts(request.actor, cohort))
    acts.accept_contact(contact=found, actor=request.actor, at=clock.now())
    messages.success(request, _("Le contact est gardé : tout le groupe le voit."))
    return redirect("cohorts:contacts", cohort.pk)


@writes
def consent(request: ActorRequest, cohort_id: int, contact_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = contact_in(cohort, request.actor, contact_id)
    allow(perms.can_hold_contacts(request.actor, cohort))
    form = ConsentForm(request.POST)
    try:
        if form.is_valid():
            acts.record_consent(
                contact=found, consent=form.consent, actor=request.actor, at=clock.now()
            )
            messages.success(
                request, _("L’accord est noté : chacun du groupe peut garder ce contact.")
            )
        else:
            messages.error(request, _("Un accord dit quel jour, et comment."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:contact", cohort.pk, found.pk)


@writes
def withdraw(request: ActorRequest, cohort_id: int, contact_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = contact_in(cohort, request.actor, contact_id)
    allow(perms.can_hold_contacts(request.actor, cohort))
    acts.withdraw_consent(contact=found, actor=request.actor, at=clock.now())
    messages.success(request, _("L’accord est retiré : plus personne ne garde ce contact ici."))
    return redirect("cohorts:contact", cohort.pk, found.pk)


@form_page
def erase(request: ActorRequest, cohort_id: int, contact_id: int) -> HttpResponse:
    """A page that asks, then the act: it cannot be undone."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = contact_in(cohort, request.actor, contact_id)
    allow(perms.can_erase_people(request.actor, cohort))
    if request.method == "POST":
        erase_contact(contact=found, at=clock.now())
        messages.success(request, _("La personne est effacée."))
        return redirect("cohorts:contacts", cohort.pk)
    back = reverse("cohorts:contact", args=[cohort.pk, found.pk])
    names = same_person(found, cohort).names
    page = {"cohort": cohort, "name": found.name, "names": names, "back": back}
    return render(request, "cohorts/events/erase.html", page)
