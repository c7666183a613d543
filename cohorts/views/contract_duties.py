"""What a host owes about its contracts: telling the authorities, and its own terms."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums.contracts import ContractKind
from cohorts.forms.contracts import SendingForm, TermsForm, typed
from cohorts.models import Organisation
from cohorts.perms import contracts as perms
from cohorts.rules.contract_kinds import NATURES
from cohorts.selectors.contract_terms import kinds_of_host, proposed
from cohorts.selectors.contracts import notices_of_host
from cohorts.services.authority_notices import record_sending, write_letter
from cohorts.services.contract_terms import add_contract_terms
from cohorts.views.contract_scope import notice_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once


@reads
def notices(request: ActorRequest) -> HttpResponse:
    """What is to be told to URSSAF and France Travail, and the proof of what was."""
    allow(perms.can_set_contracts(request.actor))
    due, sent = notices_of_host(request.actor, clock.today())
    return render(request, "cohorts/contracts/notices.html", {"due": due, "sent": sent})


@form_page
def notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    """One of them: its letter, then when and how it was sent."""
    found = notice_in(request.actor, notice_id)
    allow(perms.can_write_contracts(request.actor, found.contract.enrolment.cohort))
    form = SendingForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"sent_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_sending(notice=found, sending=form.sending, actor=request.actor, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("L’envoi est noté, avec sa preuve."))
            return redirect("cohorts:contract_notices")
    page = {"notice": found, "form": form, "is_late": found.is_late(clock.today())}
    return render(request, "cohorts/contracts/notice.html", page)


@writes
def letter(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Write the letter; it is drawn by a worker, and opened from the page of the notice."""
    found = notice_in(request.actor, notice_id)
    allow(perms.can_write_contracts(request.actor, found.contract.enrolment.cohort))
    write_letter(notice=found, actor=request.actor, at=clock.now())
    messages.success(request, _("La lettre se prépare. Elle s’ouvre dans un instant."))
    return redirect("cohorts:contract_notice", notice_id=found.pk)


@reads
def kinds(request: ActorRequest) -> HttpResponse:
    allow(perms.can_set_contracts(request.actor))
    page = {"kinds": kinds_of_host(request.actor, clock.today())}
    return render(request, "cohorts/contracts/kinds.html", page)


@form_page
def terms(request: ActorRequest, kind: str) -> HttpResponse:
    """A new version of what the host proposes for a kind."""
    allow(perms.can_set_contracts(request.actor))
    if kind not in ContractKind.values:
        raise Http404
    host = get_object_or_404(
        Organisation.objects.visible_to(request.actor), pk=request.actor.organisation_id
    )
    today = clock.today()
    now = proposed(host.pk, kind, today)
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        nature=NATURES[kind], answers=now.answers(), initial=typed(now.terms, today),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _written(request, host, form, kind))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"form": form, "label": ContractKind(kind).label, "nature": NATURES[kind]}
    return render(request, "cohorts/contracts/terms.html", page)


def _written(request: ActorRequest, host: Organisation, form: TermsForm, kind: str) -> str:
    add_contract_terms(host=host, wishes=form.wishes(kind), actor=request.actor)
    messages.success(
        request, _("Réglages enregistrés. Les contrats déjà préparés gardent les leurs.")
    )
    return reverse("cohorts:contract_kinds")
