"""The cash box, for coopérants on their phone and for the coordination: the same pages, other words."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from projects import perms, selectors
from projects.forms.cash import CounterForm, DecideForm, OpenCountForm, SplitForm, TallyForm
from projects.models import CashCount
from projects.selectors.cash import CountView, count_rows, count_view, counts_page
from projects.selectors.selling import rates_decided
from projects.services import cash


def _cohort_to_count(request: ActorRequest, cohort_id: int | None) -> Cohort:
    """The coopérant's own, or one in sight (404) whose box one may count (403)."""
    rows = Cohort.objects.visible_to(request.actor).select_related("host", "territory")
    cohort: Cohort = get_object_or_404(rows, pk=cohort_id or request.actor.cohort_id)
    own = selectors.own_enrolment(request.actor) if request.actor.is_cooperant else None
    allow(perms.may_count_cash(request.actor, cohort, own))
    return cohort


def _found(request: ActorRequest, count_id: int) -> CountView:
    count: CashCount = get_object_or_404(count_rows(request.actor), pk=count_id)
    request.page_cohort = count.project.cohort
    return count_view(count, request.actor.person_id)


def _page(request: ActorRequest, name: str, **context: Any) -> HttpResponse:
    """On a phone for coopérants, on a desk for the others."""
    phone = request.actor.is_cooperant
    context["layout"] = "layouts/phone.html" if phone else "layouts/desk.html"
    context["phone"] = phone
    return render(request, f"projects/cash/{name}.html", context)


def count_url(count: CashCount) -> str:
    return reverse("projects:cash_count", args=[count.pk])


@reads
def cash_counts(request: ActorRequest) -> HttpResponse:
    """The coopérant's door: what is being counted, what was."""
    allow(request.actor.is_cooperant)
    own = selectors.own_enrolment(request.actor)
    page = counts_page(request.actor, own.cohort_id, request.GET.get("page", ""))
    may = perms.may_count_cash(request.actor, own.cohort, own)
    return _page(request, "mine", page=page, may_count=may, cohort=own.cohort)


@form_page
def open_count(request: ActorRequest, cohort_id: int | None = None) -> HttpResponse:
    """Which stall, which day, how much was in the box before the first sale."""
    cohort = _cohort_to_count(request, cohort_id)
    projects = selectors.projects_of(cohort.pk)
    initial = {"day": clock.today(), "float_amount": ""}
    form = OpenCountForm(request.POST or None, projects=projects, initial=initial)
    if form.is_valid():
        try:
            made = cash.open_count(actor=request.actor, at=clock.now(), **form.values())
            return redirect("projects:tally_cash", made.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, "open", form=form, cohort=cohort, projects=projects)


@reads
def cash_count(request: ActorRequest, count_id: int) -> HttpResponse:
    """One count: who counted, what is agreed, what was sold; figures of the other only once both are in."""
    view = _found(request, count_id)
    cohort = view.count.project.cohort
    own = selectors.own_enrolment(request.actor) if request.actor.is_cooperant else None
    return _page(
        request, "count", view=view, cohort=cohort,
        may_count=perms.may_count_cash(request.actor, cohort, own),
        may_decide=perms.may_run(request.actor, cohort),
    )  # fmt: skip


@form_page
def tally(request: ActorRequest, count_id: int) -> HttpResponse:
    """Notes and coins, one by one; the sum is the server's."""
    view = _found(request, count_id)
    cohort = _cohort_to_count(request, view.count.project.cohort_id)
    form = TallyForm(request.POST or None)
    if form.is_valid():
        try:
            cash.tally(
                count=view.count,
                counted=form.counted(),
                client_uuid=form.cleaned_data["client_uuid"],
                actor=request.actor,
                at=clock.now(),
            )
            return HttpResponseRedirect(count_url(view.count))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, "tally", form=form, view=view, cohort=cohort)


@form_page
def split(request: ActorRequest, count_id: int) -> HttpResponse:
    """What was sold, and how: the VAT depends on it."""
    view = _found(request, count_id)
    cohort = _cohort_to_count(request, view.count.project.cohort_id)
    if view.agreement is None:
        return HttpResponseRedirect(count_url(view.count))
    form = SplitForm(
        request.POST or None,
        takings=view.agreement.total,
        decided=rates_decided(cohort.host_id),
        day=view.count.day,
    )
    if form.is_valid():
        try:
            cash.split_takings(
                count=view.count, parts=form.parts(), actor=request.actor, at=clock.now()
            )
            messages.success(request, _("La recette du jour est notée. Elle entre dans le pot."))
            return HttpResponseRedirect(count_url(view.count))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, "split", form=form, view=view, cohort=cohort)


@form_page
def decide(request: ActorRequest, count_id: int) -> HttpResponse:
    """Two figures differ: the coordination writes the right one, and why."""
    view = _found(request, count_id)
    allow(perms.may_run(request.actor, view.count.project.cohort))
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            cash.decide(count=view.count, actor=request.actor, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("C’est tranché. Les chiffres de chacun restent lisibles."))
            return HttpResponseRedirect(count_url(view.count))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, "decide", form=form, view=view, cohort=view.count.project.cohort)


@form_page
def counter(request: ActorRequest, count_id: int) -> HttpResponse:
    """An agreed count was wrong: a counter count takes it back."""
    view = _found(request, count_id)
    allow(perms.may_run(request.actor, view.count.project.cohort))
    form = CounterForm(request.POST or None)
    if form.is_valid():
        try:
            cash.counter_count(
                count=view.count, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Le comptage est repris. La caisse peut être recomptée."))
            return HttpResponseRedirect(count_url(view.count))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, "counter", form=form, view=view, cohort=view.count.project.cohort)
