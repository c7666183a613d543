"""What lets *Mes heures* open without a network. Public, and the same for everybody."""

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import etag

from ct_platform.kit.http import reads
from members.middleware import public
from projects import offline


def _of_worker(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(offline.worker().encode()).hexdigest()[:16]}"'


@reads
@public
def shell(request: HttpRequest) -> HttpResponse:
    """The page kept by the browser. Whoever asks, nobody is in it."""
    return HttpResponse(offline.shell())


@reads
@public
@etag(_of_worker)
def worker(request: HttpRequest) -> HttpResponse:
    """Its address gives its reach: /mes-heures/ and below. Good for an hour: a phone pays by the byte."""
    answer = HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


@reads
@public
def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse(offline.manifest(), content_type="application/manifest+json")
