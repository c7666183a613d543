"""Some acts ask for the second factor just before, whatever the session has shown since it opened."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest

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
