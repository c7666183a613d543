"""What a coopérant does with votes: see, vote, read the result, look up the register."""

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from decisions import perms
from decisions.forms.register import DayForm
from decisions.forms.voting import VoteForm
from decisions.models import Poll
from decisions.selectors import all_in_force, outcomes_of
from decisions.selectors import taking_part as selectors
from decisions.selectors.results import result_of
from decisions.selectors.taking_part import Stage, VoterSheet, voter_sheet
from decisions.services import ballots

PAGE = 25


@reads
def to_decide(request: ActorRequest) -> HttpResponse:
    allow(perms.may_take_part(request.actor))
    at = clock.now()
    context = {
        "now": at,
        "asked": selectors.to_decide(request.actor, at),
        "page": Paginator(selectors.over_for(request.actor), PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "decisions/to_decide.html", context)


@form_page
def poll(request: ActorRequest, poll_id: int) -> HttpResponse:
    """One question, one screen: to answer, answered, waiting for the count, or counted."""
    asked = get_object_or_404(
        Poll.objects.visible_to(request.actor)
        .announced()
        .select_related("proposal__cohort", "version"),
        pk=poll_id,
    )
    allow(perms.may_take_part(request.actor))
    at = clock.now()
    sheet = voter_sheet(asked, request.actor, at)
    form = VoteForm(_typed(request), answers=sheet.answers)
    if form.is_bound and form.is_valid():
        try:
            ballots.cast(poll=asked, ballot=form.ballot, actor=request.actor, at=at)
            return redirect("decisions:poll", poll_id=asked.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _sheet_page(request, sheet, form)


def _typed(request: ActorRequest) -> QueryDict | None:
    """What was sent, also when it is empty: an empty answer deserves its sentence."""
    return request.POST if request.method == "POST" else None


def _sheet_page(request: ActorRequest, sheet: VoterSheet, form: VoteForm) -> HttpResponse:
    changing = sheet.stage is Stage.VOTED and ("changer" in request.GET or form.is_bound)
    name = Stage.VOTE if changing else sheet.stage
    context = {"sheet": sheet, "poll": sheet.poll, "form": form, "changing": changing}
    if sheet.stage is Stage.COUNTED:
        context["result"] = result_of(sheet.poll, request.actor)
    return render(request, f"decisions/poll_{name}.html", context)


@reads
def register(request: ActorRequest) -> HttpResponse:
    """What was decided, and what was the law on a day (today unless another is asked)."""
    actor = request.actor
    allow(perms.may_take_part(actor))
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["jour"]) or clock.today()
    cohort_id = actor.cohort_id or 0
    page = Paginator(outcomes_of(actor, cohort_id), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "day": day, "in_force": all_in_force(cohort_id, day), "page": page}
    return render(request, "decisions/register.html", context)
