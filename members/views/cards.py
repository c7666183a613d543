"""Entering with a printed card. Showing the page never consumes: scanners and previews open links."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ct_platform.kit import clock
from ct_platform.kit.http import form_page, refuse_in
from members.forms import CardCodeForm
from members.limits import Limit, address_of
from members.middleware import public
from members.services import sign_in
from members.services.join_cards import CardRefused, find_card, use_card, who_may_enter

# Wrong codes only: a whole group may type its right ones from one connection.
PER_ADDRESS = Limit("join-code", tries=5, seconds=600)
# Against many addresses guessing together. Scanned cards are not held by it.
OVERALL = Limit("join-code-overall", tries=300, seconds=3600)


@public
@form_page
def join(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    try:
        if request.method == "POST":
            entry = use_card(token=token, browser=_browser(request), at=at)
            sign_in.open_session(request, user=entry.user, seat=entry.seat)
            return _unseen(redirect(settings.LOGIN_REDIRECT_URL))
        card = find_card(token=token)
        seat = who_may_enter(card=card, at=at)
    except CardRefused as refusal:
        status = 410 if refusal.known else 404
        return _unseen(
            render(request, "members/card_refused.html", {"sentence": str(refusal)}, status=status)
        )
    page = {"called": card.person.called, "seat": seat}
    return _unseen(render(request, "members/join.html", page))


@public
@form_page
def join_code(request: HttpRequest) -> HttpResponse:
    form = CardCodeForm(request.POST or None)
    address = address_of(request)
    if request.method == "POST" and form.is_valid():
        if not (PER_ADDRESS.take(address) and OVERALL.take("all")):
            return _unseen(_too_many(request))
        try:
            entry = use_card(
                code=form.cleaned_data["code"], browser=_browser(request), at=clock.now()
            )
        except CardRefused as refusal:
            if refusal.known:
                _give_back(address)
            refuse_in(form, refusal)
        else:
            _give_back(address)
            sign_in.open_session(request, user=entry.user, seat=entry.seat)
            return _unseen(redirect(settings.LOGIN_REDIRECT_URL))
    return _unseen(render(request, "members/join_code.html", {"form": form}))


def _give_back(address: str) -> None:
    PER_ADDRESS.give_back(address)
    OVERALL.give_back("all")


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(PER_ADDRESS.seconds)
    return response


def _browser(request: HttpRequest) -> str:
    """The secret of this browser's session: the page of the form put it there (CSRF_USE_SESSIONS)."""
    return str(request.session.get("_csrftoken", ""))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache, and the address, which is a key, out of every Referer.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
