"""Suivi: the cohorts and territories of a seat, from the reports sent alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Territory
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from ct_platform.kit.once import once
from reports import perms
from reports.forms import RequestForm
from reports.selectors.follow import followed, territories_followed, territory_page
from reports.selectors.funding import funds_anything
from reports.selectors.overview import overview, year_of
from reports.services.preparing import ask_for_report
from reports.trends import facts_of_all


@reads
def follow(request: ActorRequest) -> HttpResponse:
    """What a seat follows at a glance, year after year; then its cohorts, with their latest report."""
    allow(perms.can_follow(request.actor))
    whole = overview(request.actor)
    year = year_of(request.GET.get("annee", ""), whole)
    page = {
        "overview": whole,
        "year": year,
        "page": followed(request.actor, request.GET.get("page"), year),
        "territories": territories_followed(request.actor, "1"),
        "can_ask": perms.can_ask_for_report(request.actor),
        "funds": request.actor.is_partner and funds_anything(request.actor),
    }
    return render(request, "reports/follow.html", page)


@reads
def territories(request: ActorRequest) -> HttpResponse:
    """Every territory a seat follows, page after page."""
    allow(perms.can_follow(request.actor))
    words = request.GET.get("q", "").strip()[:80]
    page = {
        "page": territories_followed(request.actor, request.GET.get("page"), words),
        "words": words,
    }
    return render(request, "reports/territories.html", page)


@reads
def territory(request: ActorRequest, territory_id: int) -> HttpResponse:
    """The core set over the cohorts of one territory, oldest first."""
    allow(perms.can_follow(request.actor))
    in_scope = Territory.objects.visible_to(request.actor)
    found = territory_page(request.actor, get_object_or_404(in_scope, pk=territory_id))
    page = {"page": found, "facts": facts_of_all(found.told)}
    return render(request, "reports/territory.html", page)


@writes
def ask(request: ActorRequest, cohort_id: int) -> HttpResponse:
    in_scope = Cohort.objects.visible_to(request.actor)
    cohort = get_object_or_404(in_scope, pk=cohort_id)
    allow(perms.can_ask_for_report(request.actor))
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Ce formulaire est incomplet. Ouvrez la page du suivi à nouveau."))

    def act() -> str:
        ask_for_report(
            cohort=cohort, text=form.cleaned_data["text"], actor=request.actor, at=clock.now()
        )
        messages.success(request, _("Demande envoyée à la coordination. Elle prépare le rapport."))
        return reverse("reports:follow")

    return once(request, form.cleaned_data["submission_key"], act)
