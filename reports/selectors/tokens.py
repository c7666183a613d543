"""The tokens a seat may see, and where each stands today."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from reports.enums import ClosedWhy, TokenState
from reports.models import ApiToken

TOKENS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class TokenLine:
    """`tone`, `icon`, `sentence`: its badge. `is_open`: it may be closed."""

    token: ApiToken
    tone: str
    icon: str
    sentence: str
    is_open: bool


def tokens_page(actor: Actor, day: dt.date, number: str | None) -> Page[Any]:
    """Open ones first, then the latest. Two queries."""
    rows = ApiToken.objects.visible_to(actor).select_related("organisation", "made_by")
    found: Page[Any] = Paginator(
        rows.order_by("-state", "-made_at", "-pk"), TOKENS_ON_A_PAGE
    ).get_page(number)
    found.object_list = [_line(one, day) for one in found.object_list]
    return found


def _line(token: ApiToken, day: dt.date) -> TokenLine:
    if token.state == TokenState.CLOSED:
        why = str(ClosedWhy(token.closed_why).label)
        return TokenLine(token, "warn", "non-rond", _("Fermé : %(why)s") % {"why": why}, False)
    if token.expires_on < day:
        return TokenLine(token, "warn", "non-rond", _("Fermé : son jour est passé"), False)
    until = _("Ouvert jusqu’au %(day)s") % {"day": format_day(token.expires_on)}
    return TokenLine(token, "ok", "ok", until, True)
