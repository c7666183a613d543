"""Signing on one's own phone: the code of the room, a page that asks, one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.after_signing import proposals_for
from cohorts.enums.sessions import Way
from cohorts.forms.sessions import CodeForm
from cohorts.models import Slot
from cohorts.perms import sessions as perms
from cohorts.rules.attendance import comes_late
from cohorts.selectors.attendance import cell_page
from cohorts.selectors.my_agenda import own_enrolment, signable_slots
from cohorts.services.attendance import sign as sign_slot
from cohorts.services.slot_codes import accepts, ticket_for, ticket_holds, token_for
from cohorts.views.scope import slot_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from members.limits import Limit

# By person: whoever guesses codes is known.
WRONG = Limit("typed-code", tries=10, seconds=600)


@form_page
def typed(request: ActorRequest) -> HttpResponse:
    """For who has no camera: the short code under the square."""
    allow(perms.has_presences(request.actor))
    own = own_enrolment(request.actor)
    allow(perms.can_sign(request.actor, own))
    at = clock.now()
    slots = signable_slots(own, at)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not WRONG.take(str(request.actor.person_id)):
            return render(request, "429.html", status=429)
        for slot in slots:
            token = token_for(slot=slot, typed=form.cleaned_data["code"], at=at)
            if token is not None:
                WRONG.give_back(str(request.actor.person_id))
                return redirect("cohorts:sign", slot.pk, token)
        form.add_error(
            "code", _("Ce n’est pas le code de maintenant. Regarde l’écran encore une fois.")
        )
    page = {"form": form, "slots": slots, "own": own}
    return render(request, "cohorts/sessions/type_code.html", page)


@form_page
def sign(request: ActorRequest, slot_id: int, token: str) -> HttpResponse:
    """The page of a code. Showing it signs nothing: cameras and previews open addresses by themselves."""
    slot = slot_in_sight(request.actor, slot_id)
    own = own_enrolment(request.actor) if perms.has_presences(request.actor) else None
    allow(own is not None and perms.can_sign(request.actor, own))
    at = clock.now()
    if request.method == "POST":
        return _sign(request, slot, own)
    if cell_page(slot, own).cell.is_signed:
        return redirect("cohorts:signed", slot.pk)
    fresh = accepts(slot=slot, token=token, at=at)
    page = {
        "slot": slot,
        "own": own,
        "fresh": fresh and slot.is_signable(at),
        "is_open": slot.is_signable(at),
        "ticket": ticket_for(slot=slot, enrolment=own, at=at) if fresh else "",
        "may_be_late": comes_late(slot.starts_at, at),
    }
    return _unseen(
        render(request, "cohorts/sessions/sign.html", page, status=200 if page["fresh"] else 410)
    )


def _sign(request: ActorRequest, slot: Slot, own) -> HttpResponse:  # type: ignore[no-untyped-def]
    at = clock.now()
    ticket = request.POST.get("ticket", "")
    if not ticket_holds(slot=slot, enrolment=own, ticket=ticket, at=at):
        messages.error(request, _("Trop de temps a passé. Scanne encore le code de la salle."))
        return redirect("cohorts:type_code")
    try:
        sign_slot(
            slot=slot,
            enrolment=own,
            way=Way.PHONE,
            says_late=request.POST.get("late") == "yes",
            actor=request.actor,
            at=at,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:my_agenda")
    return redirect("cohorts:signed", slot.pk)


@reads
def signed(request: ActorRequest, slot_id: int) -> HttpResponse:
    """It is signed, at what hour; and the hours it proposes, in one press."""
    slot = slot_in_sight(request.actor, slot_id)
    allow(perms.has_presences(request.actor))
    own = own_enrolment(request.actor)
    page = {
        "slot": slot,
        "page": cell_page(slot, own),
        "proposals": proposals_for(request.actor, slot),
    }
    return render(request, "cohorts/sessions/signed.html", page)


def _unseen(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
