"""The stock of ideas of a project: recipes, beds, bouquets."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.http import ActorRequest, form_page, reads, writes
from projects.forms.trades import EditIdeaForm, NewIdeaForm
from projects.models import Idea
from projects.selectors.trades import every_idea_of, ideas_of
from projects.services import trades
from projects.views.trades.scope import Room, attempt, change, make, room_at, show

PER_PAGE = 25


def _idea(room: Room, idea_id: int) -> Idea:
    found: Idea = get_object_or_404(every_idea_of(room.project), pk=idea_id)
    return found


def _url(room: Room) -> str:
    return reverse("projects:ideas", args=[room.project.pk])


@reads
def ideas(request: ActorRequest, project_id: int) -> HttpResponse:
    room = room_at(request, project_id)
    page = Paginator(ideas_of(room.project), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, room, "ideas", page=page)


@reads
def idea(request: ActorRequest, project_id: int, idea_id: int) -> HttpResponse:
    room = room_at(request, project_id)
    return show(request, room, "idea", idea=_idea(room, idea_id))


@form_page
def add_idea(request: ActorRequest, project_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    form = NewIdeaForm(request.POST or None, words=room.words)

    def act(**by: object) -> None:
        trades.keep_idea(project=room.project, said=form.said(), **by)  # type: ignore[arg-type]

    done = make(request, form, act, _("C’est gardé."), _url(room))
    return done or show(
        request, room, "form", form=form, title=room.words.new_idea, back=_url(room)
    )


@form_page
def change_idea(request: ActorRequest, project_id: int, idea_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    found = _idea(room, idea_id)
    form = EditIdeaForm(
        request.POST or None, words=room.words, initial=EditIdeaForm.initial_of(found)
    )
    back = reverse("projects:idea", args=[project_id, idea_id])

    def act(**by: object) -> None:
        trades.change_idea(idea=found, said=form.said(), **by)  # type: ignore[arg-type]

    if change(request, form, act, _("C’est changé.")):
        return redirect(back)
    return show(request, room, "form", form=form, title=found.title, back=back)


@writes
def put_away_idea(request: ActorRequest, project_id: int, idea_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    act = partial(trades.archive_idea, idea=_idea(room, idea_id))
    attempt(request, act, _("C’est rangé. Rien n’est effacé."))
    return redirect(_url(room))
