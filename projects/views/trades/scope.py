"""The project somebody stands in: one address for phone and desk, each in its own layout."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.http import ActorRequest, allow, refuse_in
from ct_platform.kit.once import once
from projects import perms, selectors
from projects.models import Project
from projects.trade_words import TradeWords, words_of


@dataclass(frozen=True, slots=True)
class Room:
    """A project, its words, and what the reader may do in it."""

    project: Project
    words: TradeWords
    own: Enrolment | None
    layout: str
    on_phone: bool
    may_keep: bool
    may_sell: bool


def room_at(request: ActorRequest, project_id: int, *, keep: bool = False) -> Room:
    """A project in sight (404) that one may read (403); `keep`: and act in."""
    rows = Project.objects.visible_to(request.actor).select_related("cohort__territory")
    project: Project = get_object_or_404(rows, pk=project_id)
    allow(perms.may_read_project(request.actor, project))
    # The frame of the page need not read the cohort again.
    request.page_cohort = project.cohort
    own = selectors.own_enrolment(request.actor) if request.actor.is_cooperant else None
    room = Room(
        project=project,
        words=words_of(project.trade),
        own=own,
        layout="layouts/phone.html" if request.actor.is_cooperant else "layouts/desk.html",
        on_phone=request.actor.is_cooperant,
        may_keep=perms.may_keep_project(request.actor, project, own),
        may_sell=perms.may_sell_for(request.actor, project),
    )
    if keep:
        allow(room.may_keep)
    return room


def show(request: ActorRequest, room: Room, name: str, **more: Any) -> HttpResponse:
    context = {"room": room, "project": room.project, "words": room.words, "layout": room.layout}
    return render(request, f"projects/trades/{name}.html", context | more)


def make(request: ActorRequest, form: Any, act: Any, said: str, url: str) -> HttpResponse | None:
    """Create once and go to `url`; None while a refusal stands in the form."""
    if not form.is_valid():
        return None

    def run() -> str:
        act(actor=request.actor, at=clock.now())
        messages.success(request, said)
        return url

    try:
        return once(request, form.cleaned_data["submission_key"], run)
    except Refused as refusal:
        refuse_in(form, refusal)
        return None


def attempt(request: ActorRequest, act: Any, said: str) -> None:
    """An act of one button: its sentence, or its refusal, on the next page."""
    try:
        act(actor=request.actor, at=clock.now())
        messages.success(request, said)
    except (Refused, Stale) as refusal:
        messages.error(request, str(refusal))


def change(request: ActorRequest, form: Any, act: Any, said: str) -> bool:
    """Whether the page may go on; False while a refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        act(seen_version=form.cleaned_data["version"], actor=request.actor, at=clock.now())
        messages.success(request, said)
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except Stale as refusal:
        messages.error(request, str(refusal))
    return True
