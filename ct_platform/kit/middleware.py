"""Request ids, private pages, and refusals turned into sentences."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control

from ct_platform.kit.errors import DomainError

Next = Callable[[HttpRequest], HttpResponse]
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId:
    """One id per request, in every log line and in the answer, so that a call can be traced."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = _request_id.get()
            return response
        finally:
            _request_id.reset(token)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


# Addresses that let somebody in, and what somebody looks for, which is most often a name: whoever
# reads the log must not. A test walks every address of the house that has a key in it.
_KEYS = re.compile(
    r"(/(?:carte|vote|facture|reprendre|nouvelles|ce-n-est-pas-moi|agenda|partage(?:/lire)?"
    r"|(?:(?<!ventes/)devis|invitations|reste-a-payer|presence)/\d+|ecran/\d+/\d+)/)[^/\s\"']{8,}"
    r"|([?&]q=)[^&\s\"']+"
)


class HideKeys(logging.Filter):
    """Django logs the address of every refused request; the key in it stays out of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _KEYS.sub(lambda found: f"{found[1] or found[2]}…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


# Set by a view on an answer in which nobody is: the script of a worker, a manifest.
SAME_FOR_ALL = "same_for_all"


class PrivatePages:
    """A page made for a signed-in person stays out of every cache, on shared phones above all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not getattr(response, SAME_FOR_ALL, False):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


class DomainErrors:
    """A refusal nobody caught: say its sentence on the page the person came from.

    On a plain POST the sentence is flashed and the page shown again; otherwise a page of its own.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        back = request.headers.get("Referer", "")
        same_site = back.startswith(f"{request.scheme}://{request.get_host()}/")
        if request.method == "POST" and same_site and not request.headers.get("HX-Request"):
            messages.error(request, str(error))
            return HttpResponseRedirect(back)
        return render(request, "409.html", {"sentence": str(error)}, status=error.status)
