"""What lets *Mes heures* open without a network. Public, and the same for everybody."""

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import etag

from ct_platform.kit.http import reads
from ct_platform.kit.middleware import SAME_FOR_ALL
from members.middleware import public
from projects import offline


def _same_for_all(answer: HttpResponse) -> HttpResponse:
    """Without this a signed-in phone would fetch it again at each visit."""
    setattr(answer, SAME_FOR_ALL, True)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


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
    return _same_for_all(answer)


@reads
@public
def manifest(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(offline.manifest(), content_type="application/manifest+json")
    return _same_for_all(answer)
