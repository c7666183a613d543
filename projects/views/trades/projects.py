"""A project in the words of its trade, its team, and the list a coopérant chooses from."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from projects import perms, selectors
from projects.forms.hours import DayOfWeekForm
from projects.forms.trades import TeamForm
from projects.selectors.trades import (
    members_of,
    people_of,
    preparation_of,
    project_page,
    projects_with_team,
)
from projects.services import trades
from projects.views.trades.scope import attempt, room_at, show


@reads
def my_projects(request: ActorRequest) -> HttpResponse:
    allow(perms.may_read_tasks(request.actor))
    own = selectors.own_enrolment(request.actor)
    page = {"projects": projects_with_team(own.cohort_id)}
    return render(request, "projects/trades/mine.html", page)


@reads
def project(request: ActorRequest, project_id: int) -> HttpResponse:
    room = room_at(request, project_id)
    return show(request, room, "project", page=project_page(room.project, clock.today()))


@reads
def prepare(request: ActorRequest, project_id: int) -> HttpResponse:
    """The orders of one day, to print and to take to the kitchen or the garden."""
    room = room_at(request, project_id)
    day = DayOfWeekForm.read(request.GET.get("jour", "")) or clock.today()
    return show(request, room, "prepare", page=preparation_of(room.project, day))


@form_page
def team(request: ActorRequest, project_id: int) -> HttpResponse:
    room = room_at(request, project_id)
    allow(room.may_sell)
    people = people_of(room.project)
    form = TeamForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        act = partial(
            trades.set_team,
            project=room.project,
            members=form.cleaned_data["members"],
            referents=form.cleaned_data["referents"],
        )
        attempt(request, act, _("L’équipe est notée."))
        return redirect("projects:project", project_id=project_id)
    standing = {one.enrolment_id: one for one in members_of(room.project)}
    lines = [(one, standing.get(one.pk)) for one in people]
    return show(request, room, "team", lines=lines)
