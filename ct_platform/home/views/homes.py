"""The homes of the kinds of people: Ma coop, Tableau de bord, À valider, the network."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cohorts.models import Cohort
from cohorts.selectors.recovery import count_waiting
from ct_platform.home.cohort_board import cohort_board, projects_of
from ct_platform.home.my_coop import my_coop as coop_page
from ct_platform.home.rooms import network as network_page
from ct_platform.home.rooms import to_approve as approval_page
from ct_platform.home.territory_view import TerritoryView, territory_view
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.http import ActorRequest, allow, reads
from testimonials.selectors.asking import asked_of, own_stay

_HOMES = {
    SeatKind.COOPERANT: "home:my_coop",
    SeatKind.COORDINATOR: "home:dashboard",
    SeatKind.HOST: "home:to_approve",
    SeatKind.PARTNER: "reports:follow",
    SeatKind.NETWORK: "home:network",
}


@reads
def arrive(request: ActorRequest) -> HttpResponse:
    """After the door: each to their own home."""
    return redirect(_HOMES[request.actor.kind])


@reads
def my_coop(request: ActorRequest) -> HttpResponse:
    allow(request.actor.is_cooperant)
    page = {"coop": coop_page(request.actor, clock.now()), "today": clock.today()}
    stay = own_stay(request.actor)
    if stay is not None:
        request.page_cohort = stay.cohort
        page["story_asked"] = asked_of(stay, clock.today())
    return render(request, "home/my_coop.html", page)


@reads
def dashboard(request: ActorRequest) -> HttpResponse:
    """All the coordinator's cohorts; each opens on its own board."""
    allow(request.actor.is_coordinator)
    page = {"view": _cohorts(request), "recoveries": count_waiting(request.actor)}
    return render(request, "home/dashboard.html", page)


@reads
def network_cohorts(request: ActorRequest) -> HttpResponse:
    """The same table over the whole network, without a door into any cohort."""
    allow(request.actor.is_network)
    return render(request, "home/network_cohorts.html", {"view": _cohorts(request)})


def _cohorts(request: ActorRequest) -> TerritoryView:
    asked = request.GET.dict()
    return territory_view(request.actor, asked, clock.today(), request.GET.get("page"))


@reads
def cohort_dashboard(request: ActorRequest, cohort_id: int) -> HttpResponse:
    in_scope = Cohort.objects.visible_to(request.actor).select_related("territory", "host")
    cohort = get_object_or_404(in_scope, pk=cohort_id)
    allow(request.actor.is_coordinator)
    today, projects = clock.today(), projects_of(cohort)
    request.page_cohort, request.page_trades = cohort, [project.trade for project in projects]
    page = {
        "cohort": cohort,
        "board": cohort_board(cohort, projects, request.actor, today),
        "today": today,
    }
    return render(request, "home/cohort_dashboard.html", page)


@reads
def to_approve(request: ActorRequest) -> HttpResponse:
    allow(request.actor.is_host)
    page = approval_page(request.actor, clock.today())
    recoveries = count_waiting(request.actor)
    return render(request, "home/to_approve.html", {"page": page, "recoveries": recoveries})


@reads
def network(request: ActorRequest) -> HttpResponse:
    allow(request.actor.is_network)
    page = network_page(request.actor, request.GET.get("page"))
    return render(request, "home/network.html", {"page": page})
