"""Putting a question to the vote: how it will be decided is proposed in one sentence, then chosen."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once
from decisions import effects, perms
from decisions.enums import Method
from decisions.forms.opening import EndForm, OpenVoteForm, typed_or_initial
from decisions.forms.terms import TermsForm
from decisions.models import Outcome, Poll, Proposal, Statutes
from decisions.selectors.discussion import discussion_of
from decisions.selectors.opening import frozen_of, next_round_of, roll_of
from decisions.selectors.results import result_of
from decisions.selectors.running import voters_today, what_if
from decisions.selectors.statutes import statutes_in_force, voting_rules
from decisions.selectors.terms import asked_again
from decisions.services import opening, proposals

# People need a night to think: the proposed end is the day after tomorrow.
USUAL_LENGTH = dt.timedelta(days=2)


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    cohort: Cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    request.page_cohort = cohort
    return cohort


def _typed(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _terms(
    request: ActorRequest, cohort: Cohort, effect: effects.Effect, settings: effects.Settings
) -> TermsForm:
    today = clock.today()
    statutes = statutes_in_force(cohort.pk, today) or Statutes()
    roll = roll_of(cohort.pk, effect, settings, statutes, today)
    return TermsForm(
        _typed(request), effect=effect, settings=settings, statutes=statutes, roll=roll
    )


def _end(statutes_hours: int) -> dt.date:
    """The proposed last day: two nights, or the notice of the statutes and one more."""
    notice = dt.timedelta(days=-(-statutes_hours // 24) + 1 if statutes_hours else 0)
    return clock.today() + max(USUAL_LENGTH, notice)


def _context(
    cohort: Cohort, terms_form: TermsForm, proposal: Proposal | None = None
) -> dict[str, Any]:
    today, effect, settings = clock.today(), terms_form.effect, terms_form.settings
    return {
        "cohort": cohort,
        "effect": effect,
        "terms_form": terms_form,
        "choices": effect.choices(settings),
        "tried": what_if(effect, cohort.pk, settings, today),
        "frozen": frozen_of(terms_form.statutes, terms_form.roll, secret=terms_form.is_secret),
        "again": asked_again(cohort.pk, effect, settings, today, proposal)
        if terms_form.is_secret
        else None,
        "rules": voting_rules(cohort.pk, today, voters_today(cohort.pk, today)),
    }


@reads
def choose_effect(request: ActorRequest, cohort_id: int) -> HttpResponse:
    context = {"cohort": _cohort(request, cohort_id), "effects": effects.all_effects()}
    return render(request, "decisions/choose_effect.html", context)


@form_page
def open_vote(request: ActorRequest, cohort_id: int, effect_code: str) -> HttpResponse:
    """A new question: put to the vote, or first to the discussion; "voir" tries and opens nothing."""
    cohort = _cohort(request, cohort_id)
    effect = effects.find(effect_code)
    if effect is None:
        raise Http404
    typed, begin = _typed(request), clock.today() + USUAL_LENGTH
    effect_form = effect.form(typed, cohort=cohort, initial={"in_force_from": begin})
    terms_form = _terms(request, cohort, effect, effect.settings(typed_or_initial(effect_form)))
    last_day = _end(terms_form.statutes.notice_hours)
    form = OpenVoteForm(typed, initial={"title": effect.question, "closes_on": last_day})
    if _asked(request, form, effect_form, terms_form):
        try:
            return _write(request, cohort, form, effect_form, terms_form)
        except Refused as refusal:
            _refuse(refusal, form, effect_form, terms_form)
    context = _context(cohort, terms_form) | {"form": form, "effect_form": effect_form}
    return render(request, "decisions/open_vote.html", context)


def _asked(request: ActorRequest, *parts: Any) -> bool:
    """Everything is bound and valid, and the button was not the one that only looks."""
    valid = [part.is_bound and part.is_valid() for part in parts]
    return all(valid) and "voir" not in request.POST


def _refuse(refusal: Refused, *parts: Any) -> None:
    """Beside the field it speaks of, in whichever form has it; else above the first."""
    for part in parts:
        if refusal.field in part.fields:
            refuse_in(part, refusal)
            return
    refuse_in(parts[0], refusal)


def _write(
    request: ActorRequest,
    cohort: Cohort,
    form: OpenVoteForm,
    effect_form: effects.EffectForm,
    terms_form: TermsForm,
) -> HttpResponse:
    text = {
        "cohort": cohort,
        "title": form.cleaned_data["title"],
        "text": form.cleaned_data["text"],
        "effect_code": terms_form.effect.code,
        "effect_settings": terms_form.effect.settings(effect_form.cleaned_data),
        "actor": request.actor,
        "at": clock.now(),
    }

    def discuss() -> str:
        return reverse("decisions:proposal", args=[proposals.write_proposal(**text).pk])

    def vote() -> str:
        end = form.cleaned_data["closes_at"]
        poll = opening.put_to_vote(**text, closes_at=end, terms=terms_form.terms)
        return reverse("decisions:poll_of_cohort", args=[cohort.pk, poll.pk])

    act = discuss if "discuter" in request.POST else vote
    return once(request, form.cleaned_data["submission_key"], act)


@form_page
def put_to_vote(request: ActorRequest, cohort_id: int, proposal_id: int) -> HttpResponse:
    """A discussed proposal, on its latest wording."""
    cohort = _cohort(request, cohort_id)
    proposal = get_object_or_404(
        Proposal.objects.of_cohort(cohort_id).undecided().select_related("cohort"), pk=proposal_id
    )
    sheet = discussion_of(proposal, request.actor, clock.today())
    last = sheet.last_poll
    if last is not None and last.is_counted:
        return redirect("decisions:next_round", cohort_id, last.pk)
    terms_form = _terms(request, cohort, sheet.effect, sheet.version.effect_settings)
    form = EndForm(_typed(request), initial={"closes_on": _end(terms_form.statutes.notice_hours)})
    if _asked(request, form, terms_form):
        try:
            poll = opening.open_poll(
                proposal=proposal,
                closes_at=form.cleaned_data["closes_at"],
                actor=request.actor,
                at=clock.now(),
                terms=terms_form.terms,
            )
            return redirect("decisions:poll_of_cohort", cohort_id, poll.pk)
        except Refused as refusal:
            _refuse(refusal, form, terms_form)
    context = _context(cohort, terms_form, proposal)
    context |= {"form": form, "proposal": proposal, "sheet": sheet}
    return render(request, "decisions/open_vote.html", context)


@form_page
def next_round(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    seen = Poll.objects.of_cohort(cohort_id).announced().select_related("proposal", "version")
    poll = get_object_or_404(seen, pk=poll_id)
    outcome = getattr(poll, "outcome", None)
    if outcome is None or outcome.is_adopted:
        raise Http404
    statutes = statutes_in_force(cohort_id, clock.today()) or Statutes()
    form = EndForm(_typed(request), initial={"closes_on": _end(statutes.notice_hours)})
    if form.is_bound and form.is_valid():
        try:
            end, at = form.cleaned_data["closes_at"], clock.now()
            opened = opening.open_next_round(poll=poll, closes_at=end, actor=request.actor, at=at)
            return redirect("decisions:poll_of_cohort", cohort_id, opened.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    result = result_of(poll, request.actor)
    context = {"cohort": cohort, "poll": poll, "form": form, "result": result}
    return render(request, "decisions/next_round.html", context | _again(poll, outcome, statutes))


def _again(poll: Poll, outcome: Outcome, statutes: Statutes) -> dict[str, Any]:
    again = next_round_of(poll, outcome, statutes)
    proposal = poll.proposal
    effect, settings = effects.get(proposal.effect_code), again.version.effect_settings
    asked = (proposal.cohort_id, effect, settings, clock.today(), proposal)
    return {
        "round": again,
        "method": Method(again.terms.method).label,
        "again": asked_again(*asked) if poll.is_secret else None,
    }
