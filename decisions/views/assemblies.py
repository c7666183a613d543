"""An assembly on screen: convened and run by the coordinator, held and written down together."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from decisions import perms
from decisions.forms.assemblies import AttendanceForm, ConveneForm, DebateForm, TableForm
from decisions.models import Assembly
from decisions.selectors import assemblies as selectors
from decisions.services import assemblies


def find(request: ActorRequest, assembly_id: int) -> Assembly:
    found: Assembly = get_object_or_404(selectors.assemblies_for(request.actor), pk=assembly_id)
    request.page_cohort = found.cohort
    return found


def sheet_of(request: ActorRequest, found: Assembly) -> selectors.AssemblySheet:
    return selectors.assembly_sheet(
        found,
        runs=perms.may_run_votes(request.actor, found.cohort),
        writes=perms.may_write_assembly(request.actor, found),
        role=perms.minutes_role(request.actor, found),
        at=clock.now(),
    )


def page(request: ActorRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The same page on the phone of a coopérant and on the desk of a coordinator."""
    phone = request.actor.is_cooperant
    layout = "layouts/phone.html" if phone else "layouts/desk.html"
    return render(request, template, context | {"layout": layout, "is_phone": phone})


@reads
def mine(request: ActorRequest) -> HttpResponse:
    allow(perms.may_take_part(request.actor))
    rows = selectors.assemblies_for(request.actor)[: selectors.MOST]
    return page(request, "decisions/assemblies.html", {"assemblies": rows})


@form_page
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    rows = selectors.assemblies_for(request.actor).of_cohort(cohort_id)
    typed = request.POST if request.method == "POST" else None
    form = ConveneForm(typed, proposals=selectors.to_convene(request.actor, cohort_id))
    if form.is_bound and form.is_valid():
        try:
            return _convene(request, cohort, form)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "assemblies": rows[: selectors.MOST], "form": form}
    return page(request, "decisions/assemblies.html", context)


def _convene(request: ActorRequest, cohort: Cohort, form: ConveneForm) -> HttpResponse:
    asked = form.cleaned_data

    def act() -> str:
        convened = assemblies.convene(
            cohort=cohort,
            starts_at=asked["starts_at"],
            place=asked["place"],
            word=asked["word"],
            proposals=list(asked["proposals"]),
            points=asked["titles"],
            actor=request.actor,
            at=clock.now(),
        )
        return reverse("decisions:assembly", args=[convened.pk])

    return once(request, asked["submission_key"], act)


@reads
def assembly(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_read_assembly(request.actor, found))
    return _assembly_page(request, found, None)


def _assembly_page(request: ActorRequest, found: Assembly, form: TableForm | None) -> HttpResponse:
    form = form or TableForm(present=selectors.present_in(found))
    context = {"sheet": sheet_of(request, found), "form": form}
    return page(request, "decisions/assembly.html", context)


@writes
def open_it(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_run_votes(request.actor, found.cohort))
    form = TableForm(request.POST, present=selectors.present_in(found))
    if form.is_valid():
        try:
            assemblies.open_assembly(
                assembly=found,
                chair_id=form.cleaned_data["chair"].pk,
                secretary_id=form.cleaned_data["secretary"].pk,
                actor=request.actor,
                at=clock.now(),
            )
            return redirect("decisions:assembly", assembly_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _assembly_page(request, found, form)


@writes
def close(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_run_votes(request.actor, found.cohort))
    assemblies.close_assembly(assembly=found, actor=request.actor, at=clock.now())
    return redirect("decisions:assembly", assembly_id)


@writes
def cancel(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_run_votes(request.actor, found.cohort))
    assemblies.cancel_assembly(assembly=found, actor=request.actor, at=clock.now())
    return redirect("decisions:assembly", assembly_id)


@writes
def leave_open(request: ActorRequest, assembly_id: int, point_id: int) -> HttpResponse:
    """A vote of the agenda goes on without the assembly."""
    found = find(request, assembly_id)
    allow(perms.may_run_votes(request.actor, found.cohort))
    point = get_object_or_404(found.agenda.all(), pk=point_id)
    try:
        assemblies.leave_open(point=point, actor=request.actor, at=clock.now())
        messages.success(request, _("Ce vote continue sans l’assemblée."))
    except (Refused, Frozen) as refusal:
        messages.error(request, str(refusal))
    return redirect("decisions:assembly", assembly_id)


@form_page
def attendance(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_write_assembly(request.actor, found))
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        people=selectors.people_of(found),
        noted=selectors.noted_presence(found),
        initial={"observers": found.observers},
    )
    if form.is_bound and form.is_valid():
        try:
            assemblies.note_attendance(
                assembly=found,
                present=form.present,
                represented=form.represented,
                observers=form.cleaned_data["observers"],
            )
            return redirect("decisions:assembly", assembly_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return page(request, "decisions/attendance.html", {"assembly": found, "form": form})


@form_page
def debate(request: ActorRequest, assembly_id: int) -> HttpResponse:
    found = find(request, assembly_id)
    allow(perms.may_write_assembly(request.actor, found))
    form = DebateForm(
        request.POST if request.method == "POST" else None,
        points=list(found.agenda.all()),
        initial={"papers_shown": found.papers_shown, "incidents": found.incidents},
    )
    if form.is_bound and form.is_valid():
        try:
            _write(found, form)
            return redirect("decisions:assembly", assembly_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return page(request, "decisions/debate.html", {"assembly": found, "form": form})


def _write(found: Assembly, form: DebateForm) -> None:
    typed = form.cleaned_data
    assemblies.write_debate(
        assembly=found,
        said=form.said,
        papers_shown=typed["papers_shown"],
        incidents=typed["incidents"],
        new_point=typed["new_point"],
    )
