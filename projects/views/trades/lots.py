"""Harvests, pickings, batches: what came in, and where it went."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, form_page
from projects.forms.trades import LotForm, LotMoveForm
from projects.selectors.trades import latest_offers, lots_of, products_of
from projects.services import trades
from projects.views.trades.scope import make, room_at, show


@form_page
def add_lot(request: ActorRequest, project_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    form = LotForm(
        request.POST or None,
        products=products_of(room.project),
        words=room.words,
        initial={"day": clock.today(), "done_by": request.actor.person_name},
    )
    back = reverse("projects:project", args=[project_id])

    def act(**by: object) -> None:
        trades.note_lot(project=room.project, **form.values(), **by)  # type: ignore[arg-type]

    done = make(request, form, act, _("C’est noté."), back)
    return done or show(request, room, "form", form=form, title=room.words.new_lot, back=back)


@form_page
def lot(request: ActorRequest, project_id: int, lot_id: int) -> HttpResponse:
    """One lot, what left it, and the form that notes another move."""
    room = room_at(request, project_id, keep=request.method == "POST")
    found = get_object_or_404(lots_of(room.project), pk=lot_id)
    offers = latest_offers(room.project)
    form = LotMoveForm(request.POST or None, offers=offers)

    def act(**by: object) -> None:
        trades.note_lot_move(lot=found, **form.values(), **by)  # type: ignore[arg-type]

    done = make(request, form, act, _("C’est noté."), request.path)
    moves = found.moves.select_related("offer", "noted_by")
    return done or show(request, room, "lot", lot=found, moves=moves, form=form)
