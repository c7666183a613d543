"""Voting on a phone: one question, one screen, one button; for oneself or for whom one represents."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from decisions import perms
from decisions.forms.voting import BallotForm, ObjectionForm, ballot_form
from decisions.models import Poll
from decisions.selectors.results import result_of
from decisions.selectors.taking_part import Stage, VoterSheet, represented_in, voter_sheet
from decisions.services import ballots, objections
from decisions.services.urn import require_castable
from decisions.views import confirming
from decisions.views.receipts import after_casting


def _poll(request: ActorRequest, poll_id: int) -> Poll:
    seen = Poll.objects.visible_to(request.actor).announced()
    found: Poll = get_object_or_404(seen.select_related("proposal__cohort", "version"), pk=poll_id)
    allow(perms.may_take_part(request.actor))
    return found


@sensitive_post_parameters()
@form_page
def poll(request: ActorRequest, poll_id: int) -> HttpResponse:
    """One question: to answer, answered, waiting for the count, or counted."""
    return _vote(request, _poll(request, poll_id), None)


@sensitive_post_parameters()
@form_page
def poll_for(request: ActorRequest, poll_id: int, represented_id: int) -> HttpResponse:
    """The same page for the voice of somebody else; unknown to who does not carry it."""
    asked = _poll(request, poll_id)
    if represented_in(asked, request.actor, represented_id) is None:
        raise Http404
    return _vote(request, asked, represented_id)


@sensitive_variables()
def _vote(request: ActorRequest, asked: Poll, represented_id: int | None) -> HttpResponse:
    at = clock.now()
    sheet = voter_sheet(asked, request.actor, at, represented_id)
    form = ballot_form(sheet, _typed(request))
    if form.is_bound and confirming.CHANGE not in request.POST and form.is_valid():
        said = {"ballot": form.ballot, "actor": request.actor, "at": at}
        said |= {"poll": asked, "represented_id": represented_id}
        try:
            if asked.is_secret and confirming.CAST not in request.POST:
                require_castable(**said)
                return confirming.confirm_page(request, sheet, form)
            return after_casting(request, asked, ballots.cast(**said))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _sheet_page(request, sheet, form)


def _typed(request: ActorRequest) -> QueryDict | None:
    """What was sent, also when it is empty: an empty answer deserves its sentence."""
    return request.POST if request.method == "POST" else None


@sensitive_variables()
def _sheet_page(request: ActorRequest, sheet: VoterSheet, form: BallotForm) -> HttpResponse:
    may_change = sheet.stage is Stage.VOTED and sheet.own is not None
    changing = may_change and ("changer" in request.GET or form.is_bound)
    name = Stage.VOTE if changing else sheet.stage
    context = {"sheet": sheet, "poll": sheet.poll, "form": form, "changing": changing}
    if sheet.stage is Stage.COUNTED:
        context["result"] = result_of(sheet.poll, request.actor)
    template = f"decisions/poll_{name}.html"
    if sheet.poll.is_secret and form.is_bound:
        bare = context | {"form": ballot_form(sheet, None)}
        return confirming.secret_page(request, template, context, bare)
    return render(request, template, context)


@writes
def settle_objection(request: ActorRequest, poll_id: int) -> HttpResponse:
    """Withdraw one's own objection, say it is taken in, or open it again; after the count, lift it."""
    asked, form = _poll(request, poll_id), ObjectionForm(request.POST)
    if form.is_valid():
        state, at = form.cleaned_data["state"], clock.now()
        if asked.is_counted and state == "withdrawn":
            objections.lift(poll=asked, actor=request.actor, at=at)
        else:
            objections.settle(poll=asked, state=state, actor=request.actor, at=at)
    return redirect("decisions:poll", poll_id)
