"""The link that takes words back. Opening it writes nothing: previews open links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ct_platform.kit import clock
from ct_platform.kit.http import form_page
from members.limits import Limit, address_of
from members.middleware import public
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial
from testimonials.selectors.own import by_link
from testimonials.services import links
from testimonials.services.links import LinkUnknown
from testimonials.services.withdrawals import withdraw_by_link
from testimonials.views.chosen import chosen

WRONG = Limit("story-link", tries=30, seconds=600)


@public
@form_page
def by_secret(request: HttpRequest, secret: str) -> HttpResponse:
    """Without an account; signed in or not changes nothing here."""
    address = address_of(request)
    if not WRONG.take(address):
        answer = render(request, "429.html", status=429)
        answer.headers["Retry-After"] = str(WRONG.seconds)
        return answer
    try:
        found = links.look(secret=secret)
    except LinkUnknown as refusal:
        page = {"sentence": str(refusal)}
        return _unseen(render(request, "testimonials/link_unknown.html", page, status=404))
    WRONG.give_back(address)
    if request.method == "POST":
        withdraw_by_link(testimonial=found, only=chosen(request), at=clock.now())
        return _unseen(redirect("testimonials:withdraw_by_link", secret))
    return _unseen(_shown(request, found))


def _shown(request: HttpRequest, found: Testimonial) -> HttpResponse:
    page = {
        "found": found,
        "agreements": by_link(found, clock.today()),
        "all_gone": found.state == TestimonialState.WITHDRAWN,
    }
    return render(request, "testimonials/by_link.html", page)


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache, and the address, which is a key, out of every Referer.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
