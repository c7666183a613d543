"""Pay is approved by somebody who has just shown their second factor, not by an open session."""

import functools
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ct_platform.kit.http import View
from members.middleware import DEMO_ENTRY_KEY


def _asked(request: HttpRequest) -> bool:
    """Not in the demo, whose people have no factor and whose door says so."""
    in_demo = settings.DEMO and bool(request.session.get(DEMO_ENTRY_KEY))
    return settings.SECOND_FACTOR_REQUIRED and not in_demo


def fresh(view: View) -> View:
    """Ask for the second factor again when it was last shown too long ago (allauth's own page)."""
    guarded: View = reauthentication_required(view, enabled=_asked)
    return guarded


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
