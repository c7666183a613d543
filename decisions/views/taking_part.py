"""What a coopérant reads of votes: what is to decide, what was decided. Voting: voting.py."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from decisions import perms
from decisions.forms.register import DayForm
from decisions.selectors import outcomes_of
from decisions.selectors import taking_part as selectors
from decisions.selectors.keys import keys_waiting
from decisions.selectors.made import law_of

PAGE = 25


@reads
def to_decide(request: ActorRequest) -> HttpResponse:
    allow(perms.may_take_part(request.actor))
    at = clock.now()
    context = {
        "now": at,
        "asked": selectors.to_decide(request.actor, at),
        "keys": keys_waiting(request.actor),
        "page": Paginator(selectors.over_for(request.actor), PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "decisions/to_decide.html", context)


@reads
def register(request: ActorRequest) -> HttpResponse:
    """What was decided, and what was the law on a day (today unless another is asked)."""
    actor = request.actor
    allow(perms.may_take_part(actor))
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["jour"]) or clock.today()
    cohort_id = actor.cohort_id or 0
    page = Paginator(outcomes_of(actor, cohort_id), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "law": law_of(cohort_id, day, clock.today()), "page": page}
    return render(request, "decisions/register.html", context)
