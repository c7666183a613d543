"""Powers to vote for somebody: given on one's phone, or noted from paper by the coordinator."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from decisions import perms
from decisions.forms.proxies import PaperPowerForm, PowerForm
from decisions.models import Proxy
from decisions.selectors.proxies import (
    my_powers,
    others_who_vote,
    own_enrolment,
    people_who_vote,
    standing,
    votable,
)
from decisions.services import proxies


def _my_page(request: ActorRequest, typed: QueryDict | None, refusal: str = "") -> HttpResponse:
    powers = my_powers(request.actor)
    people = others_who_vote(request.actor, clock.today())
    form = PowerForm(typed, proposals=powers.proposals, people=people)
    if form.is_bound and form.is_valid():
        try:
            proxies.give_proxy(
                proposal=form.asked_for,
                giver=own_enrolment(request.actor),
                holder=form.cleaned_data["holder"],
                actor=request.actor,
                at=clock.now(),
            )
            return redirect("decisions:my_proxies")
        except Refused as refused:
            refuse_in(form, refused)
    context = {"powers": powers, "form": form, "refusal": refusal}
    return render(request, "decisions/proxies_mine.html", context)


@form_page
def mine(request: ActorRequest) -> HttpResponse:
    """What I gave, what I hold, and to whom I may give my voice."""
    allow(perms.may_take_part(request.actor))
    return _my_page(request, request.POST if request.method == "POST" else None)


@form_page
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Every power that stands, and a form for one signed on paper."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    return _cohort_page(request, cohort, request.POST if request.method == "POST" else None)


def _cohort_page(
    request: ActorRequest, cohort: Cohort, typed: QueryDict | None, refusal: str = ""
) -> HttpResponse:
    people = people_who_vote(cohort.pk, clock.today())
    form = PaperPowerForm(typed, proposals=votable(cohort.pk), people=people)
    if form.is_bound and form.is_valid():
        try:
            proxies.give_proxy(
                proposal=form.asked_for,
                giver=form.cleaned_data["giver"],
                holder=form.cleaned_data["holder"],
                actor=request.actor,
                at=clock.now(),
            )
            return redirect("decisions:proxies_of_cohort", cohort.pk)
        except Refused as refused:
            refuse_in(form, refused)
    context = {"cohort": cohort, "form": form, "powers": standing(cohort.pk), "refusal": refusal}
    return render(request, "decisions/proxies_of_cohort.html", context)


@writes
def revoke(request: ActorRequest, proxy_id: int) -> HttpResponse:
    seen = Proxy.objects.visible_to(request.actor).select_related("proposal__cohort", "poll")
    proxy, refusal = get_object_or_404(seen, pk=proxy_id), ""
    try:
        proxies.revoke_proxy(proxy=proxy, actor=request.actor, at=clock.now())
    except Refused as refused:
        refusal = str(refused)
    mine = request.actor.is_cooperant
    if refusal:
        cohort = proxy.proposal.cohort
        return (
            _my_page(request, None, refusal)
            if mine
            else _cohort_page(request, cohort, None, refusal)
        )
    if mine:
        return redirect("decisions:my_proxies")
    return redirect("decisions:proxies_of_cohort", proxy.proposal.cohort_id)
