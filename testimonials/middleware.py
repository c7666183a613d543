"""The frame that other sites show is the same for everybody: whoever looks stays a stranger there."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_FRAME = re.compile(r"^/t/[-\w]+/integrer/$")


class NobodyInTheFrame:
    """Before sessions: the cookies of a visitor are not even read, and none is given back.

    A hostile page that frames it can then learn nothing, not even whether somebody is signed in here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        framed = _FRAME.match(request.path) is not None
        if framed:
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if framed:
            response.cookies.clear()
            response.headers.pop("Vary", None)
        return response
