"""The acts on one contract: each asks, binds a form, calls one service, goes back to the contract."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms import contracts as asked
from cohorts.models import Contract
from cohorts.perms import contracts as perms
from cohorts.rules.programmes import is_minor
from cohorts.selectors.contracts import points_of
from cohorts.services import contract_changes, contract_signing, contracts
from cohorts.views.contract_scope import amendment_in, contract_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in
from ct_platform.kit.once import once

TEMPLATE = "cohorts/contracts/act.html"


def _found(request: ActorRequest, cohort_id: int, contract_id: int) -> Contract:
    found = contract_in(request.actor, cohort_id, contract_id)
    allow(perms.can_write_contracts(request.actor, found.enrolment.cohort))
    return found


def _bound(request: ActorRequest, form: type[forms.Form], **more: Any) -> Any:
    if request.method == "POST":
        return form(request.POST, request.FILES, **more)
    return form(**more)


def _asked(
    request: ActorRequest,
    contract: Contract,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: str,
    done: str,
    template: str = TEMPLATE,
    note: str = "",
) -> HttpResponse:
    """Show the form; on POST run `act`, say `done`, go to the contract; a refusal stays on the page."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refusal:
            refuse_in(form, refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("cohorts:contract", contract.enrolment.cohort_id, contract.pk)
    page = {
        "contract": contract, "cohort": contract.enrolment.cohort, "form": form, "title": title, "note": note
    }  # fmt: skip
    return render(request, template, page)


def _who(request: ActorRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": clock.now()}


@form_page
def dates(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    first = {"starts_on": found.starts_on, "ends_on": found.ends_on}
    form = _bound(request, asked.DatesForm, initial=first)
    return _asked(
        request, found, form,
        lambda: contracts.change_dates(contract=found, **form.cleaned_data, **_who(request)),
        title=_("Changer les dates"), done=_("Les dates sont changées."),
    )  # fmt: skip


@form_page
def points(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.PointsForm, points=points_of(found))
    return _asked(
        request, found, form,
        lambda: contracts.answer_points(
            contract=found, answers=form.answers, files=form.uploads, **_who(request)
        ),
        title=_("Les huit points du contrat"), done=_("Les réponses sont gardées."),
        template="cohorts/contracts/points.html",
    )  # fmt: skip


@form_page
def eligibility(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    minor = is_minor(found.enrolment.person.birth_date, found.starts_on)
    form = _bound(
        request, asked.EligibilityForm, is_minor=minor, initial={"stated_on": clock.today()}
    )
    return _asked(
        request, found, form,
        lambda: contracts.note_eligibility(contract=found, **form.noted, **_who(request)),
        title=_("Avant le contrat : ce qu’il faut demander"), done=_("La réponse est notée."),
        note=_("Un CAPE s’adresse à une personne qu’aucun emploi n’occupe à temps complet (Code de "
               "commerce, L127-1)."),
    )  # fmt: skip


@form_page
def sign(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.SignatureForm)
    return _asked(
        request, found, form,
        lambda: contract_signing.sign_contract(
            contract=found, signature=form.signature, **_who(request)
        ),
        title=_("Noter les signatures"),
        done=_("Le contrat est signé. Prévenez maintenant l’URSSAF et France Travail.")
        if found.nature.is_told_to_authorities else _("Le contrat est signé."),
        note=_("Un contrat se signe par écrit, à deux. Notez le jour de chacun, et gardez la preuve."),
    )  # fmt: skip


@form_page
def renew(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.RenewForm)
    return _asked(
        request, found, form,
        lambda: contract_changes.prepare_renewal(
            contract=found, ends_on=form.cleaned_data["ends_on"], **_who(request)
        ),
        title=_("Préparer un renouvellement"), done=_("Le renouvellement est préparé."),
        note=_("Douze mois au plus, deux renouvellements au plus, signés avant la fin du terme."),
    )  # fmt: skip


@form_page
def amend(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.AmendmentForm)
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _amended(request, found, form)
            )
        except DomainError as refusal:
            refuse_in(form, refusal) if isinstance(refusal, Refused) else form.add_error(
                None, str(refusal)
            )
    page = {"contract": found, "cohort": found.enrolment.cohort, "form": form}
    return render(request, TEMPLATE, page | {"title": _("Écrire un avenant")})


def _amended(request: ActorRequest, contract: Contract, form: asked.AmendmentForm) -> str:
    contract_changes.write_amendment(contract=contract, **form.written, **_who(request))
    messages.success(request, _("L’avenant est à signer. Son papier se prépare."))
    return reverse("cohorts:contract", args=[contract.enrolment.cohort_id, contract.pk])


@form_page
def sign_amendment(request: ActorRequest, cohort_id: int, amendment_id: int) -> HttpResponse:
    amendment = amendment_in(request.actor, cohort_id, amendment_id)
    found = _found(request, cohort_id, amendment.contract_id)
    form = _bound(request, asked.SignatureForm)
    return _asked(
        request, found, form,
        lambda: contract_signing.sign_amendment(
            amendment=amendment, signature=form.signature, **_who(request)
        ),
        title=_("Noter les signatures de l’avenant n° %d") % amendment.number,
        done=_("L’avenant est signé."),
    )  # fmt: skip


@form_page
def cancel_amendment(request: ActorRequest, cohort_id: int, amendment_id: int) -> HttpResponse:
    amendment = amendment_in(request.actor, cohort_id, amendment_id)
    found = _found(request, cohort_id, amendment.contract_id)
    form = _bound(request, asked.ReasonForm)
    return _asked(
        request, found, form,
        lambda: contract_changes.cancel_amendment(
            amendment=amendment, reason=form.cleaned_data["reason"], **_who(request)
        ),
        title=_("Annuler l’avenant n° %d") % amendment.number, done=_("L’avenant est annulé."),
    )  # fmt: skip


@form_page
def end(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    last = found.enrolment.left_on or clock.today()
    form = _bound(request, asked.EndForm, initial={"ended_on": last})
    return _asked(
        request, found, form,
        lambda: contract_changes.end_contract(contract=found, **form.cleaned_data, **_who(request)),
        title=_("Mettre fin au contrat"), done=_("Le contrat est fini."),
        note=_("Une fin avant le terme se dit à l’URSSAF et à France Travail : les deux démarches "
               "s’ajouteront à votre liste."),
    )  # fmt: skip


@form_page
def withdraw(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.ReasonForm)
    return _asked(
        request, found, form,
        lambda: contracts.withdraw_contract(
            contract=found, reason=form.cleaned_data["reason"], **_who(request)
        ),
        title=_("Reprendre le contrat"), done=_("Le papier est annulé : corrigez, puis émettez."),
        note=_("Tant que personne n’a signé, le papier peut être annulé et refait."),
    )  # fmt: skip


@form_page
def cancel(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = _found(request, cohort_id, contract_id)
    form = _bound(request, asked.ReasonForm)
    return _asked(
        request, found, form,
        lambda: contracts.cancel_contract(
            contract=found, reason=form.cleaned_data["reason"], **_who(request)
        ),
        title=_("Annuler le contrat"), done=_("Le contrat est annulé."),
    )  # fmt: skip
