"""The door of archived cohorts: nothing is written there (cohorts.archive says what still may be)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cohorts import archive
from cohorts.services.closing import archived_sentence
from ct_platform.kit.actor import Actor

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ArchivedCohorts:
    """Refuse every act on an archived cohort, with one sentence, before its view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        if request.method in SAFE or actor is None or match is None:
            return None
        if not archive.is_refused(match.view_name, kwargs, actor):
            return None
        return _refusal(request)


def _refusal(request: HttpRequest) -> HttpResponse:
    """The sentence on the page one came from, else on a page of its own."""
    back = request.headers.get("Referer", "")
    same_site = back.startswith(f"{request.scheme}://{request.get_host()}/")
    if same_site and not request.headers.get("HX-Request"):
        messages.error(request, archived_sentence())
        return HttpResponseRedirect(back)
    return render(request, "409.html", {"sentence": archived_sentence()}, status=409)
