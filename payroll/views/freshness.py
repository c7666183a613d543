"""Pay is approved by somebody who has just shown their second factor, not by an open session."""

import functools
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ct_platform.kit.http import View
from members.fresh import fresh

__all__ = ["fresh", "fresh_and_forgetful"]


def fresh_and_forgetful(view: View) -> View:
    """As `fresh`, for a page whose form holds a secret.

    While it asks for the factor, allauth keeps the whole POST in the session, in clear: an IBAN would
    lie in the database. What was sent is dropped instead, and the page is asked for again, empty.
    """
    guarded = fresh(view)

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return guarded(request, *args, **kwargs)
        except ReauthenticationRequired:
            if request.method == "POST":
                return HttpResponseRedirect(request.get_full_path())
            raise

    return door
