"""Contracts as the host and the coordinator read them, and the batch: prepare, ask, issue, follow."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums.contracts import ContractState
from cohorts.forms.contracts import ContractKeysForm, QuestionsForm
from cohorts.models import Cohort
from cohorts.papers.contracts import batch_of
from cohorts.perms import contracts as perms
from cohorts.selectors import contracts as selectors
from cohorts.selectors.contract_pages import chosen_of, contract_rows, page_of_contract
from cohorts.services import contracts as services
from cohorts.services.contract_preview import preview_contract
from cohorts.services.contract_questions import note_answers
from cohorts.views.contract_scope import contract_in, file_in, hand_out
from cohorts.views.scope import cohort_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from documents.selectors import batch_progress


@reads
def of_host(request: ActorRequest) -> HttpResponse:
    """Every cohort of the host, with where its contracts stand."""
    allow(perms.can_set_contracts(request.actor))
    page = {
        "cohorts": selectors.cohorts_of_host(request.actor),
        "waiting": selectors.host_waiting(request.actor, clock.today()),
    }
    return render(request, "cohorts/contracts/of_host.html", page)


@form_page
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The contracts of a cohort; the host ticks those that are complete, and issues them together."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_contracts(request.actor, cohort))
    form = ContractKeysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        allow(perms.can_write_contracts(request.actor, cohort))
        try:
            chosen = chosen_of(cohort, form.cleaned_data["contracts"])
            services.issue_contracts(contracts=chosen, actor=request.actor, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _issued(len(chosen)))
            return redirect("cohorts:contract_papers", cohort_id=cohort.pk)
    return render(request, "cohorts/contracts/of_cohort.html", _list(request, cohort, form))


def _list(request: ActorRequest, cohort: Cohort, form: ContractKeysForm) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "rows": contract_rows(cohort, clock.today()),
        "without": selectors.people_without(cohort),
        "ending": selectors.ending_soon(clock.today(), cohort.pk),
        "form": form,
        "chosen": form.data.getlist("contracts") if form.is_bound else [],
        "can_write": perms.can_write_contracts(request.actor, cohort),
        "can_prepare": perms.can_prepare_contracts(request.actor, cohort),
    }


def _issued(count: int) -> str:
    return ngettext(
        "%(n)d contrat est à signer. Son papier se prépare.",
        "%(n)d contrats sont à signer. Leurs papiers se préparent.",
        count,
    ) % {"n": count}


@writes
def prepare(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_prepare_contracts(request.actor, cohort))
    count = services.prepare_contracts(cohort=cohort, actor=request.actor, at=clock.now())
    said = ngettext("%(n)d contrat préparé.", "%(n)d contrats préparés.", count) % {"n": count}
    messages.success(request, said if count else _("Tout était déjà préparé."))
    return redirect("cohorts:contracts", cohort_id=cohort.pk)


@form_page
def questions(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The question of a full-time job, put to everybody whose contract is a draft."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_write_contracts(request.actor, cohort))
    drafts = selectors.contracts_of(cohort, ContractState.DRAFT)
    typed = request.POST if request.method == "POST" else None
    form = QuestionsForm(typed, drafts=drafts, initial={"stated_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            note_answers(
                drafts=drafts,
                answers=form.answers,
                stated_on=form.cleaned_data["stated_on"],
                actor=request.actor,
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Les réponses sont notées."))
            return redirect("cohorts:contracts", cohort_id=cohort.pk)
    return render(request, "cohorts/contracts/questions.html", {"cohort": cohort, "form": form})


@reads
def papers(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The progress of the papers; htmx asks for the fragment alone, a reload works as well."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_contracts(request.actor, cohort))
    page = {
        "cohort": cohort,
        "progress": batch_progress(batch_of(cohort.pk)),
        "fragment_url": request.path,
        "page_url": request.path,
        "can_retry": True,
        "sealed_kinds": [],
    }
    fragment = bool(request.headers.get("HX-Request"))
    name = "documents/_progress.html" if fragment else "cohorts/contracts/papers.html"
    return render(request, name, page)


@reads
def contract(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    found = contract_in(request.actor, cohort_id, contract_id)
    allow(perms.can_see_contracts(request.actor, found.enrolment.cohort))
    page = page_of_contract(found, clock.today())
    page["can_write"] = perms.can_write_contracts(request.actor, found.enrolment.cohort)
    page["can_renew"] = perms.can_renew(request.actor, found)
    return render(request, "cohorts/contracts/contract.html", page)


@reads
def preview(request: ActorRequest, cohort_id: int, contract_id: int) -> HttpResponse:
    """The paper as it would be today, without a code or a trace."""
    found = contract_in(request.actor, cohort_id, contract_id)
    allow(perms.can_write_contracts(request.actor, found.enrolment.cohort))
    content = preview_contract(contract=found, at=clock.now())
    return HttpResponse(content, content_type="application/pdf")


@reads
def contract_file(request: ActorRequest, file_id: int) -> HttpResponse:
    found = file_in(request.actor, file_id)
    allow(perms.can_open_file(request.actor, found))
    return hand_out(found)


@reads
def mine(request: ActorRequest) -> HttpResponse:
    """A coopérant reads what binds them to the host, in plain words."""
    allow(request.actor.is_cooperant)
    page = {"mine": selectors.my_contract(request.actor, clock.today()), "today": clock.today()}
    return render(request, "cohorts/contracts/mine.html", page)
