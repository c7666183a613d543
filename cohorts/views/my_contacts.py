"""On a phone: the people we met, and those I keep and leave with."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums.events import ConsentWay
from cohorts.exports.contacts import contacts_csv, contacts_vcf
from cohorts.forms.contacts import ProposeForm
from cohorts.models import Enrolment
from cohorts.perms import events as perms
from cohorts.selectors import contacts as selectors
from cohorts.selectors.my_agenda import own_enrolment
from cohorts.services import contacts as acts
from cohorts.views.scope import contact_held_by, contact_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once

_TYPES = {"csv": "text/csv; charset=utf-8", "vcf": "text/vcard; charset=utf-8"}


@reads
def contacts(request: ActorRequest) -> HttpResponse:
    allow(perms.has_contacts(request.actor))
    own = own_enrolment(request.actor)
    page = {
        "page": selectors.my_contacts(request.actor, own),
        "may_propose": perms.can_propose_contact(request.actor, own),
    }
    return render(request, "cohorts/contacts/mine.html", page)


@form_page
def propose(request: ActorRequest) -> HttpResponse:
    allow(perms.has_contacts(request.actor))
    own = own_enrolment(request.actor)
    allow(perms.can_propose_contact(request.actor, own))
    sent = request.POST if request.method == "POST" else None
    form = ProposeForm(
        sent,
        events=selectors.event_choices(own.cohort, clock.today()),
        initial={"event": request.GET.get("evenement", "")[:18]},
    )
    if sent is not None and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _proposed(request, own, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/contacts/propose.html", {"form": form})


def _proposed(request: ActorRequest, own: Enrolment, form: ProposeForm) -> str:
    agreed = form.cleaned_data["agreed"]
    acts.add_contact(
        cohort=own.cohort,
        said=form.said,
        event=form.cleaned_data["event"],
        met_by=None,
        consent=acts.Consent(on=clock.today(), way=ConsentWay.ALOUD) if agreed else None,
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Merci ! La coordination relit, puis tout le groupe le verra."))
    return reverse("cohorts:my_contacts")


@writes
def keep(request: ActorRequest, contact_id: int) -> HttpResponse:
    found = contact_in_sight(request.actor, contact_id)
    allow(perms.has_contacts(request.actor))
    allow(perms.can_keep_contact(request.actor, own_enrolment(request.actor), found))
    try:
        acts.keep_for_oneself(contact=found, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est gardé dans tes contacts."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:my_contacts")


@writes
def let_go(request: ActorRequest, contact_id: int) -> HttpResponse:
    found = contact_held_by(request.actor, contact_id)
    allow(perms.has_contacts(request.actor))
    acts.let_go(contact=found, actor=request.actor)
    messages.success(request, _("Ce n’est plus dans tes contacts."))
    return redirect("cohorts:my_contacts")


@reads
def export(request: ActorRequest, suffix: str) -> HttpResponse:
    """To leave with: only those who agreed, only those I keep."""
    allow(perms.has_contacts(request.actor))
    if suffix not in _TYPES:
        raise Http404
    mine = [one.contact for one in selectors.kept_rows(request.actor)]
    content = contacts_csv(mine) if suffix == "csv" else contacts_vcf(mine)
    response = HttpResponse(content, content_type=_TYPES[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="mes-contacts.{suffix}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
