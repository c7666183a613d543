"""What a coordinator does with votes: open, follow, close, cancel, vote again. Never votes."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from decisions import effects, perms
from decisions.forms.opening import EndForm, OpenVoteForm, typed_or_initial
from decisions.forms.register import DayForm
from decisions.forms.running import CancelForm, CloseForm
from decisions.models import Poll
from decisions.selectors import all_in_force, open_polls_of, outcomes_of, turnout_of
from decisions.selectors.results import result_of
from decisions.selectors.running import cancelled_of, said_before, voters_today, what_if
from decisions.selectors.statutes import voting_rules
from decisions.services import opening, polls

PAGE = 25
# People need a night to think: the proposed end is the day after tomorrow.
USUAL_LENGTH = dt.timedelta(days=2)


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    cohort: Cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    return cohort


def _poll(request: ActorRequest, cohort_id: int, poll_id: int) -> Poll:
    seen = Poll.objects.visible_to(request.actor).of_cohort(cohort_id).announced()
    poll: Poll = get_object_or_404(seen.select_related("proposal__cohort", "version"), pk=poll_id)
    return poll


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["jour"]) or clock.today()
    register = outcomes_of(request.actor, cohort_id)
    context = {
        "cohort": cohort,
        "turnouts": open_polls_of(request.actor, cohort_id, clock.now()),
        "page": Paginator(register, PAGE).get_page(request.GET.get("page")),
        "cancelled": cancelled_of(request.actor, cohort_id)[:PAGE],
        "rules": voting_rules(cohort_id, clock.today(), voters_today(cohort_id, clock.today())),
        "form": form,
        "day": day,
        "in_force": all_in_force(cohort_id, day),
    }
    return render(request, "decisions/of_cohort.html", context)


@reads
def choose_effect(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    context = {"cohort": cohort, "effects": effects.all_effects()}
    return render(request, "decisions/choose_effect.html", context)


@form_page
def open_vote(request: ActorRequest, cohort_id: int, effect_code: str) -> HttpResponse:
    """The form and its "Et si ?"; the button "voir" tries other settings and opens nothing."""
    cohort = _cohort(request, cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    effect = effects.find(effect_code)
    if effect is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    last_day = clock.today() + USUAL_LENGTH
    form = OpenVoteForm(typed, initial={"title": effect.question, "closes_on": last_day})
    effect_form = effect.form(typed, cohort=cohort, initial={"in_force_from": last_day})
    asked = "voir" not in request.POST
    if form.is_bound and all([form.is_valid(), effect_form.is_valid()]) and asked:
        try:
            return _put_to_vote(request, cohort, effect, form, effect_form)
        except Refused as refusal:
            refuse_in(effect_form if refusal.field in effect_form.fields else form, refusal)
    return render(request, "decisions/open_vote.html", _opening(cohort, effect, form, effect_form))


def _opening(
    cohort: Cohort, effect: effects.Effect, form: OpenVoteForm, effect_form: effects.EffectForm
) -> dict[str, Any]:
    today = clock.today()
    settings = effect.settings(typed_or_initial(effect_form))
    return {
        "cohort": cohort,
        "effect": effect,
        "form": form,
        "effect_form": effect_form,
        "choices": effect.choices(settings),
        "tried": what_if(effect, cohort.pk, settings, today),
        "rules": voting_rules(cohort.pk, today, voters_today(cohort.pk, today)),
    }


def _put_to_vote(
    request: ActorRequest,
    cohort: Cohort,
    effect: effects.Effect,
    form: OpenVoteForm,
    effect_form: effects.EffectForm,
) -> HttpResponse:
    def act() -> str:
        poll = opening.put_to_vote(
            cohort=cohort,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            effect_code=effect.code,
            effect_settings=effect.settings(effect_form.cleaned_data),
            closes_at=form.cleaned_data["closes_at"],
            actor=request.actor,
            at=clock.now(),
        )
        return reverse("decisions:poll_of_cohort", args=[cohort.pk, poll.pk])

    return once(request, form.cleaned_data["submission_key"], act)


@reads
def poll_of_cohort(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    return _poll_page(request, poll, CloseForm(), CancelForm())


def _poll_page(
    request: ActorRequest, poll: Poll, close_form: CloseForm, cancel_form: CancelForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "poll": poll,
        "said_before": said_before(poll),
        "close_form": close_form,
        "cancel_form": cancel_form,
    }
    if poll.is_counted:
        context["result"] = result_of(poll, request.actor)
    else:
        context["turnout"] = turnout_of(poll, clock.now())
    return render(request, "decisions/poll_of_cohort.html", context)


@writes
def close(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            polls.close_poll(poll=poll, actor=request.actor, at=clock.now(), reason=reason)
            return redirect("decisions:poll_of_cohort", cohort_id, poll_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _poll_page(request, poll, form, CancelForm())


@writes
def cancel(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            polls.cancel_poll(poll=poll, reason=reason, actor=request.actor, at=clock.now())
            return redirect("decisions:poll_of_cohort", cohort_id, poll_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _poll_page(request, poll, CloseForm(), form)


@form_page
def next_round(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    if not poll.is_counted:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = EndForm(typed, initial={"closes_on": clock.today() + USUAL_LENGTH})
    if form.is_bound and form.is_valid():
        try:
            end = form.cleaned_data["closes_at"]
            opened = opening.open_next_round(
                poll=poll, closes_at=end, actor=request.actor, at=clock.now()
            )
            return redirect("decisions:poll_of_cohort", cohort_id, opened.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"poll": poll, "form": form, "result": result_of(poll, request.actor)}
    return render(request, "decisions/next_round.html", context)
