"""The link of a message. Showing its page never consumes nor votes: scanners and previews open links."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ct_platform.kit import clock
from ct_platform.kit.http import form_page
from decisions.services import vote_links
from decisions.services.vote_links import LinkRefused, Opened
from members.limits import Limit, address_of
from members.middleware import public
from members.services import sign_in

# Addresses that are not links of ours only: a group may follow its own from one connection.
WRONG = Limit("vote-link", tries=20, seconds=600)


@public
@form_page
def vote_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            return _unseen(_go(request, token))
        opened = vote_links.look(token=token, at=clock.now())
    except LinkRefused as refusal:
        return _unseen(_refused(request, refusal))
    page = {
        "opened": opened,
        "poll": opened.notice.poll,
        "somebody_else": _is_somebody_else(request, opened),
        "inside": _is_inside(request),
    }
    return _unseen(render(request, "decisions/vote_link.html", page))


def _is_somebody_else(request: HttpRequest, opened: Opened) -> bool:
    return request.user.is_authenticated and request.user.pk != opened.person.user_id


def _is_inside(request: HttpRequest) -> bool:
    """In by the usual door; a session that came by a link opens one vote, not the next."""
    return request.user.is_authenticated and sign_in.ONLY_KEY not in request.session


def _go(request: HttpRequest, token: str) -> HttpResponse:
    """Enter and see the vote, or be asked for more first. Nobody takes over another's session."""
    address, at = address_of(request), clock.now()
    if not WRONG.take(address):
        answer = render(request, "429.html", status=429)
        answer.headers["Retry-After"] = str(WRONG.seconds)
        return answer
    known = True
    try:
        if request.user.is_authenticated:
            opened = vote_links.look(token=token, at=at)
            if _is_somebody_else(request, opened):
                return redirect("decisions:vote_link", token)
            if _is_inside(request):
                return redirect(_vote(opened))
        same_browser = request.session.get(sign_in.MARK_KEY) == token.partition("-")[0]
        return _enter(request, vote_links.use(token=token, same_browser=same_browser, at=at))
    except LinkRefused as refusal:
        known = refusal.known
        raise
    finally:
        if known:
            WRONG.give_back(address)


def _enter(request: HttpRequest, opened: Opened) -> HttpResponse:
    user = opened.person.user
    if opened.seat is None or user is None:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': _vote(opened)})}")
    sign_in.open_session(
        request, user=user, seat=opened.seat, only=_vote(opened), mark=str(opened.notice.pk)
    )
    return redirect(_vote(opened))


def _vote(opened: Opened) -> str:
    return reverse("decisions:poll", args=[opened.notice.poll_id])


def _refused(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    page = {"sentence": str(refusal)}
    return render(
        request, "decisions/vote_link_refused.html", page, status=410 if refusal.known else 404
    )


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache, and the address, which is a key, out of every Referer.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
