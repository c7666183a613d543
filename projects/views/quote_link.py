"""The customer, without an account: reads the quote, takes its PDF, says yes or no."""

from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import form_page, reads, refuse_in
from documents.downloads import file_of
from members.limits import Limit, address_of
from members.middleware import public
from projects.forms.quotes import AnswerForm
from projects.models import Quote
from projects.selectors.quotes import quote_by_key, quote_page
from projects.services import quotes as services
from projects.services.quotes.links import opens

Answer = TypeVar("Answer", bound=HttpResponseBase)
# Addresses that are not links of ours only; and answers, of which a town hall may send some.
WRONG = Limit("quote-link", tries=20, seconds=600)
SENT = Limit("quote-answer", tries=30, seconds=3600)


# No session is asked of a customer, and none is trusted: the link is the key. A token could only
# expire while the page waits in a mailbox.
@csrf_exempt
@public
@form_page
def quote_link(request: HttpRequest, quote_id: int, secret: str) -> HttpResponse:
    """The quote, and the answer to give. Showing it answers nothing: mail scanners open links."""
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    quote = _whose(request, quote_id, secret)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _answered(request, quote, form):
        return _unseen(redirect("projects:quote_link", quote_id, secret))
    page = quote_page(quote, clock.today())
    context = {"quote": quote, "page": page, "form": form, "secret": secret}
    return _unseen(render(request, "projects/selling/public_quote.html", context))


@public
@reads
def quote_link_pdf(request: HttpRequest, quote_id: int, secret: str) -> HttpResponse | FileResponse:
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    quote = _whose(request, quote_id, secret)
    if quote.document is None or not quote.document.is_ready:
        return _unseen(render(request, "projects/selling/not_ready.html", status=202))
    return _unseen(file_of(quote.document))


def _whose(request: HttpRequest, quote_id: int, secret: str) -> Quote:
    quote = quote_by_key(quote_id)
    if quote is None or not opens(quote, secret):
        raise Http404
    WRONG.give_back(address_of(request))
    return quote


def _answered(request: HttpRequest, quote: Quote, form: AnswerForm) -> bool:
    if not form.is_valid():
        return False
    if not SENT.take(address_of(request)):
        form.add_error(None, _("Trop d’envois depuis cette connexion. Attendez un peu."))
        return False
    typed, at = form.cleaned_data, clock.now()
    try:
        if typed["answer"] == "yes":
            services.accept_quote(quote=quote, name=typed["name"], actor=None, at=at)
        else:
            services.refuse_quote(
                quote=quote, name=typed["name"], because=typed["because"], actor=None, at=at
            )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _unseen(response: Answer) -> Answer:
    """Out of every cache and of search; the address, which is a key, out of every Referer."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
