"""What is said of a proposal: each act leads back to its page, or shows what was wrong there."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, refuse_in, writes
from decisions import perms
from decisions.forms.proposals import AnswerForm, DeclineForm, SayForm
from decisions.models import Contribution, Proposal
from decisions.selectors.discussion import discussion_of
from decisions.services import discussion


def page_of(request: ActorRequest, proposal: Proposal, **troubled: Any) -> HttpResponse:
    """The page of a proposal; `troubled`: the bound form of a refused act, and what it was about."""
    actor = request.actor
    context = {
        "proposal": proposal,
        "sheet": discussion_of(proposal, actor, clock.today()),
        "may_discuss": perms.may_discuss(actor, proposal),
        "may_answer": perms.may_answer(actor, proposal),
        "may_carry": perms.may_carry(actor, proposal),
        "may_run": perms.may_run_votes(actor, proposal.cohort),
        "say_form": SayForm(),
        **troubled,
    }
    name = "proposal" if actor.is_cooperant else "proposal_desk"
    return render(request, f"decisions/{name}.html", context)


def proposal_at(request: ActorRequest, proposal_id: int) -> Proposal:
    """A proposal of a cohort this person works in, which then frames the page."""
    seen = Proposal.objects.visible_to(request.actor)
    found: Proposal = get_object_or_404(
        seen.select_related("cohort", "owner__person", "written_by"), pk=proposal_id
    )
    request.page_cohort = found.cohort
    return found


def _contribution(request: ActorRequest, contribution_id: int) -> Contribution:
    seen = Contribution.objects.visible_to(request.actor)
    found: Contribution = get_object_or_404(
        seen.select_related("proposal__cohort", "proposal__owner__person", "proposal__written_by"),
        pk=contribution_id,
    )
    request.page_cohort = found.proposal.cohort
    return found


def _back(proposal_id: int, mark: str) -> HttpResponse:
    return redirect(f"{reverse('decisions:proposal', args=[proposal_id])}#{mark}")


@writes
def say(request: ActorRequest, proposal_id: int) -> HttpResponse:
    proposal = proposal_at(request, proposal_id)
    allow(perms.may_discuss(request.actor, proposal))
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            said = discussion.contribute(
                proposal=proposal, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            return _back(proposal_id, f"dit-{said.pk}")
        except Refused as refusal:
            refuse_in(form, refusal)
    return page_of(request, proposal, say_form=form)


@writes
def answer(request: ActorRequest, contribution_id: int) -> HttpResponse:
    question = _contribution(request, contribution_id)
    allow(perms.may_answer(request.actor, question.proposal))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            discussion.answer(question=question, text=text, actor=request.actor, at=clock.now())
            return _back(question.proposal_id, f"dit-{question.pk}")
        except Refused as refusal:
            refuse_in(form, refusal)
    return _trouble(request, question, form)


@writes
def decline(request: ActorRequest, contribution_id: int) -> HttpResponse:
    change = _contribution(request, contribution_id)
    allow(perms.may_carry(request.actor, change.proposal))
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            why = form.cleaned_data["why"]
            discussion.decline(change=change, why=why, actor=request.actor, at=clock.now())
            return _back(change.proposal_id, f"dit-{change.pk}")
        except Refused as refusal:
            refuse_in(form, refusal)
    return _trouble(request, change, form)


@writes
def withdraw(request: ActorRequest, contribution_id: int) -> HttpResponse:
    own = _contribution(request, contribution_id)
    allow(own.author_id == request.actor.person_id)
    try:
        discussion.withdraw(contribution=own, actor=request.actor, at=clock.now())
    except Refused as refusal:
        return page_of(request, own.proposal, refusal=str(refusal))
    return _back(own.proposal_id, f"dit-{own.pk}")


@writes
def withdraw_proposal(request: ActorRequest, proposal_id: int) -> HttpResponse:
    proposal = proposal_at(request, proposal_id)
    allow(perms.may_carry(request.actor, proposal))
    try:
        discussion.withdraw_proposal(proposal=proposal, actor=request.actor, at=clock.now())
    except Refused as refusal:
        return page_of(request, proposal, refusal=str(refusal))
    return redirect("decisions:proposal", proposal_id)


def _trouble(request: ActorRequest, about: Contribution, form: forms.Form) -> HttpResponse:
    return page_of(request, about.proposal, troubled_form=form, troubled_id=about.pk)
