"""Proposals: listed, written, read, put in other words. One address for phone and desk."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.keys import key_of
from ct_platform.kit.once import once
from decisions import effects, perms
from decisions.forms.proposals import ProposalForm, VersionForm
from decisions.models import Contribution, Proposal
from decisions.selectors.discussion import discussion_of, history_of, under_discussion
from decisions.services import discussion
from decisions.services.proposals import latest_version, write_proposal, write_version
from decisions.views.discussing import page_of, proposal_at

PAGE = 25
# Time to talk before the vote, and to vote.
USUAL_START = dt.timedelta(days=14)


def _found(request: ActorRequest, proposal_id: int) -> Proposal:
    proposal = proposal_at(request, proposal_id)
    allow(perms.may_read_proposal(request.actor, proposal))
    return proposal


def _typed(request: ActorRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _layout(request: ActorRequest) -> str:
    return "layouts/phone.html" if request.actor.is_cooperant else "layouts/desk.html"


@reads
def proposals(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    allow(perms.may_take_part(actor))
    cohort_id = actor.cohort_id or 0
    page = Paginator(under_discussion(actor, cohort_id), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_propose": perms.may_propose(actor, cohort_id)}
    return render(request, "decisions/proposals.html", context)


@reads
def choose(request: ActorRequest) -> HttpResponse:
    allow(perms.may_propose(request.actor, request.actor.cohort_id or 0))
    context = {"effects": effects.all_effects()}
    return render(request, "decisions/choose_proposal.html", context)


@form_page
def write(request: ActorRequest, effect_code: str) -> HttpResponse:
    cohort_id = request.actor.cohort_id or 0
    allow(perms.may_propose(request.actor, cohort_id))
    effect = effects.find(effect_code)
    if effect is None:
        raise Http404
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    form = ProposalForm(_typed(request), initial={"title": effect.question})
    begin = clock.today() + USUAL_START
    effect_form = effect.form(_typed(request), cohort=cohort, initial={"in_force_from": begin})
    if form.is_bound and all([form.is_valid(), effect_form.is_valid()]):
        try:
            return once(
                request,
                form.cleaned_data["submission_key"],
                lambda: _written(request, effect, form, effect_form),
            )
        except Refused as refusal:
            refuse_in(effect_form if refusal.field in effect_form.fields else form, refusal)
    context = {"effect": effect, "form": form, "effect_form": effect_form}
    return render(request, "decisions/write_proposal.html", context)


def _written(
    request: ActorRequest,
    effect: effects.Effect,
    form: ProposalForm,
    effect_form: effects.EffectForm,
) -> str:
    proposal = write_proposal(
        cohort=effect_form.cohort,
        title=form.cleaned_data["title"],
        text=form.cleaned_data["text"],
        effect_code=effect.code,
        effect_settings=effect.settings(effect_form.cleaned_data),
        actor=request.actor,
        at=clock.now(),
    )
    return reverse("decisions:proposal", args=[proposal.pk])


@reads
def proposal(request: ActorRequest, proposal_id: int) -> HttpResponse:
    return page_of(request, _found(request, proposal_id))


@reads
def history(request: ActorRequest, proposal_id: int) -> HttpResponse:
    asked = _found(request, proposal_id)
    context = {
        "proposal": asked,
        "layout": _layout(request),
        "wordings": history_of(asked, clock.today()),
    }
    return render(request, "decisions/proposal_history.html", context)


@form_page
def change(request: ActorRequest, proposal_id: int) -> HttpResponse:
    """The next wording; `?pour=` names the proposed change that it takes in."""
    asked = _found(request, proposal_id)
    allow(perms.may_carry(request.actor, asked))
    sheet = discussion_of(asked, request.actor, clock.today())
    latest = sheet.version
    change_asked = _change_asked(request, asked)
    form = VersionForm(_typed(request), initial={"text": latest.text})
    effect_form = sheet.effect.form(
        _typed(request), cohort=asked.cohort, initial=dict(latest.effect_settings)
    )
    if form.is_bound and all([form.is_valid(), effect_form.is_valid()]):
        try:
            _next_wording(request, asked, change_asked, form, effect_form)
            return redirect("decisions:proposal", proposal_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {
        "proposal": asked,
        "sheet": sheet,
        "form": form,
        "effect_form": effect_form,
        "change_asked": change_asked,
        "layout": _layout(request),
    }
    return render(request, "decisions/write_version.html", context)


def _change_asked(request: ActorRequest, asked: Proposal) -> Contribution | None:
    key = key_of(request.GET.get("pour", ""))
    if key is None:
        return None
    changes = Contribution.objects.select_related("proposal__cohort", "author")
    return get_object_or_404(changes, proposal=asked, kind="amendment", pk=key)


def _next_wording(
    request: ActorRequest,
    asked: Proposal,
    change_asked: Contribution | None,
    form: VersionForm,
    effect_form: effects.EffectForm,
) -> None:
    text, said = form.cleaned_data["text"], form.cleaned_data["change"]
    settings = effects.get(asked.effect_code).settings(effect_form.cleaned_data)
    actor, at = request.actor, clock.now()
    if change_asked is not None:
        discussion.take_in(
            change=change_asked, text=text, effect_settings=settings, said=said, actor=actor, at=at
        )
        return
    before = latest_version(asked)
    after = write_version(
        proposal=asked, text=text, effect_settings=settings, change=said, actor=actor, at=at
    )
    if after.pk == before.pk:
        raise Refused(_("Le texte n’a pas changé."), field="text")
