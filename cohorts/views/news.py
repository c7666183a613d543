"""The page of a link: three questions, one button. Opening it writes nothing: previews open links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cohorts.after_news import proposals_for
from cohorts.forms.follow_ups import NewsForm
from cohorts.selectors.follow_ups import worked_at_entry
from cohorts.services import follow_up_links
from cohorts.services.follow_up_choices import stop_by_link
from cohorts.services.follow_up_links import LinkRefused, Opened
from cohorts.services.follow_ups import answer_by_link
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import form_page, refuse_in
from members.limits import Limit, address_of
from members.middleware import public

WRONG = Limit("news-link", tries=20, seconds=600)


@public
@form_page
def news(request: HttpRequest, token: str) -> HttpResponse:
    """Without an account; signed in or not changes nothing here."""
    address = address_of(request)
    if request.method == "POST" and not WRONG.take(address):
        answer = render(request, "429.html", status=429)
        answer.headers["Retry-After"] = str(WRONG.seconds)
        return answer
    try:
        opened = follow_up_links.look(token=token, at=clock.now())
    except LinkRefused as refusal:
        page = {"sentence": str(refusal)}
        status = 410 if refusal.known else 404
        return _unseen(render(request, "cohorts/after/link_refused.html", page, status=status))
    if request.method == "POST":
        WRONG.give_back(address)
        return _unseen(_sent(request, token, opened))
    return _unseen(_shown(request, opened, _form(request, opened)))


def _sent(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    if "stop" in request.POST:
        stop_by_link(enrolment=opened.follow_up.enrolment, at=clock.now())
        return redirect("cohorts:news", token)
    form = _form(request, opened)
    if not opened.stopped and form.is_valid():
        try:
            answer_by_link(follow_up=opened.follow_up, said=form.said, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            return redirect("cohorts:news", token)
    return _shown(request, opened, form)


def _form(request: HttpRequest, opened: Opened) -> NewsForm:
    return NewsForm(
        request.POST if request.method == "POST" else None,
        answer=opened.answer,
        worked_before=worked_at_entry(opened.follow_up.enrolment_id),
    )


def _shown(request: HttpRequest, opened: Opened, form: NewsForm) -> HttpResponse:
    correcting = form.is_bound or "corriger" in request.GET
    page = {
        "opened": opened,
        "row": opened.follow_up,
        "person": opened.follow_up.enrolment.person,
        "form": form,
        "asks": not opened.stopped and (opened.answer is None or correcting),
    }
    if not opened.stopped and not page["asks"]:
        page["proposals"] = proposals_for(opened.follow_up.enrolment, clock.today())
    return render(request, "cohorts/after/news.html", page, status=422 if form.errors else 200)


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache, and the address, which is a key, out of every Referer.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
