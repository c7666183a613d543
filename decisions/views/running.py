"""What a coordinator does with votes: open, follow, close, cancel, vote again. Never votes."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, refuse_in, writes
from decisions import perms
from decisions.forms.register import DayForm
from decisions.forms.running import CancelForm, CloseForm
from decisions.models import Poll
from decisions.selectors import outcomes_of, secrecy, turnout_of
from decisions.selectors.discussion import under_discussion
from decisions.selectors.keys import holder_of, key_progress
from decisions.selectors.made import law_of
from decisions.selectors.register import blocked_of
from decisions.selectors.results import result_of
from decisions.selectors.running import said_before, uncounted_of
from decisions.selectors.statutes import rules_on
from decisions.selectors.urns import is_lost, void_reason
from decisions.services import polls

PAGE = 25


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    cohort: Cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    request.page_cohort = cohort
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
    uncounted = uncounted_of(request.actor, cohort_id, clock.now())
    # Some fifty decisions in a cohort's life: read once, for the page, the law and what is blocked.
    register = list(outcomes_of(request.actor, cohort_id))
    context = {
        "cohort": cohort,
        "proposals": under_discussion(request.actor, cohort_id)[:PAGE],
        "turnouts": uncounted.open,
        "awaiting_keys": uncounted.awaiting_keys,
        "page": Paginator(register, PAGE).get_page(request.GET.get("page")),
        "cancelled": uncounted.cancelled[:PAGE],
        "rules": rules_on(cohort_id, clock.today()),
        "form": form,
        "law": law_of(cohort_id, day, clock.today(), register),
        "blocked": blocked_of(register),
    }
    return render(request, "decisions/of_cohort.html", context)


@reads
def poll_of_cohort(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    return _poll_page(request, poll, CloseForm(), CancelForm())


def _poll_page(
    request: ActorRequest, poll: Poll, close_form: CloseForm, cancel_form: CancelForm
) -> HttpResponse:
    void = void_reason() if is_lost(poll) else ""
    cancel_form.initial["reason"] = void
    context: dict[str, Any] = {
        "poll": poll,
        "said_before": said_before(poll),
        "promise": secrecy.said(poll),
        "key_progress": key_progress(poll),
        "my_key": holder_of(poll, request.actor) if poll.is_sealed else None,
        "void_reason": void,
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
