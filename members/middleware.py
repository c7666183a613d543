"""The door: signed in unless the page is marked public, in one seat, with a second factor if staff."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from ct_platform.kit import clock
from ct_platform.kit.actor import NEEDS_SECOND_FACTOR, Actor, Seat
from members.models import Person
from members.seats import seat_by_key, seats_of
from members.services.sign_in import ONLY_KEY, SEAT_KEY, factors_shown

Next = Callable[[HttpRequest], HttpResponse]
# Set by the demo door only; read only when settings.DEMO (see home.views.demo).
DEMO_ENTRY_KEY = "entered_by_demo_door"

public = login_not_required  # marks a view that strangers may open

# What one may reach without a seat or before the second factor is set up.
_BEFORE_SEAT = ("/compte/", "/entrer/", "/sortir/", "/mes-places/", "/static/", "/sante/")


class LoginRequired(LoginRequiredMiddleware):
    """Closed by default. allauth's pages carry the mark of Django where they are open."""


class CurrentActor:
    """`request.actor`: the person in the seat kept in the session, checked afresh at each request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """A signed-in account without a seat has nothing to open but its own doors."""
        if (
            getattr(view_func, "login_required", True)
            and request.user.is_authenticated
            and request.actor is None  # type: ignore[attr-defined]
            and not request.path.startswith(_BEFORE_SEAT)
        ):
            return HttpResponseRedirect(reverse("members:seats"))
        return None

    def _actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        person = Person.objects.filter(user_id=request.user.pk).first()
        if person is None:
            return None
        seat = self._seat(request, person.pk)
        if seat is None:
            return None
        return Actor(request.user.pk, person.pk, person.full_name, seat)

    def _seat(self, request: HttpRequest, person_id: int) -> Seat | None:
        day = clock.today()
        kept = request.session.get(SEAT_KEY)
        seat = seat_by_key(person_id, kept, day) if kept else None
        if seat is None:
            seat = next(iter(seats_of(person_id, day)), None)
            if seat is not None:
                request.session[SEAT_KEY] = seat.key
            elif kept:
                del request.session[SEAT_KEY]
        return seat


class SecondFactorRequired:
    """Staff and partner seats, and the administration, open nothing to a session that has not shown
    its second factor.

    That a factor exists is not enough: a session opened before it was set up (an old phone, a join
    card of somebody who became staff since) has never shown it. Costs one query for those seats.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if (
            not settings.SECOND_FACTOR_REQUIRED
            or not getattr(view_func, "login_required", True)
            or request.path.startswith(_BEFORE_SEAT)
            or not _needs_second_factor(request)
        ):
            return None
        if settings.DEMO and request.session.get(DEMO_ENTRY_KEY):
            return None
        factors = set(
            Authenticator.objects.filter(user_id=request.user.pk).values_list("pk", flat=True)
        )
        if factors.intersection(factors_shown(request)):
            return None
        if not factors:
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        here = (
            request.get_full_path() if request.method == "GET" else str(settings.LOGIN_REDIRECT_URL)
        )
        return HttpResponseRedirect(
            f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: here})}"
        )


class OnlyWhatTheLinkOpens:
    """A session that came by the link of a message sees the page of that link: a forwarded message
    must not show somebody's pay, nor change their account."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True) or not request.user.is_authenticated:
            return None
        only = request.session.get(ONLY_KEY)
        if not only or request.path.startswith(only):
            return None
        return render(request, "members/only_this.html", {"only": only}, status=403)


def _needs_second_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    actor = request.actor  # type: ignore[attr-defined]
    return request.user.is_staff or (actor is not None and actor.kind in NEEDS_SECOND_FACTOR)
