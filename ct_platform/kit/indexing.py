"""Search engines keep nothing of ours but what is said to be for everybody: closed by default."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
_MARK = "for_everybody"


def indexed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that search engines may keep, when it is the page itself and not an error."""

    @functools.wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        setattr(response, _MARK, response.status_code == 200)
        return response

    return marked


def kept_out(response: HttpResponse) -> HttpResponse:
    """A page for everybody, shown here as somebody prepares it."""
    setattr(response, _MARK, False)
    return response


class NotIndexed:
    """Pages by a link, drafts, acts, homes: whoever forgets the mark forgets on the safe side."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(response, _MARK, False):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
