"""Oneself: who the platform thinks I am, and where I act from."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ct_platform.kit import clock
from ct_platform.kit.actor import NEEDS_SECOND_FACTOR
from ct_platform.kit.http import ActorRequest, form_page, reads
from members.models import Person
from members.seats import seats_of
from members.selectors import second_factor_of
from members.services import sign_in

LAYOUTS = {True: "layouts/phone.html", False: "layouts/desk.html"}


@form_page
def seats(request: HttpRequest) -> HttpResponse:
    """The page of who has no seat as well: it says what to do."""
    person = Person.objects.of_user(request.user).first()
    if request.method == "POST" and person is not None:
        sign_in.take_seat(
            request, person=person, key=request.POST.get("seat", ""), day=clock.today()
        )
        return redirect(settings.LOGIN_REDIRECT_URL)
    found = seats_of(person.pk, clock.today()) if person is not None else []
    return render(request, "members/seats.html", {"person": person, "seats": found})


@reads
def profile(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    context = {
        "layout": LAYOUTS[actor.is_cooperant],
        "person": Person.objects.of_user(request.user).get(),
        "seat_count": len(seats_of(actor.person_id, clock.today())),
        "wants_factor": actor.kind in NEEDS_SECOND_FACTOR,
        "factor": second_factor_of(actor.user_id),
    }
    return render(request, "members/profile.html", context)
