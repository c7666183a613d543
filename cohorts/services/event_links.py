"""The link of an invitation: a keyed hash of public facts. Nothing is stored, a copy of the database
answers for nobody; it opens until the event is over."""

import datetime as dt
import hmac

from django.conf import settings
from django.urls import reverse

from cohorts.models import EventGuest
from ct_platform.kit.crypto import blind_indexes

_LENGTH = 32  # 128 bits, in an address


def link_of(guest: EventGuest) -> str:
    """The whole address where this guest answers."""
    path = reverse("cohorts:invitation", args=[guest.pk, _secrets(guest)[0]])
    return f"{settings.PUBLIC_ORIGIN}{path}"


def opens(guest: EventGuest, secret: str) -> bool:
    return any(hmac.compare_digest(good.encode(), secret.encode()) for good in _secrets(guest))


def is_over(guest: EventGuest, at: dt.datetime) -> bool:
    """The link opens nothing any more."""
    over: bool = guest.event.ends_at <= at
    return over


def _secrets(guest: EventGuest) -> list[str]:
    text = f"{guest.pk}|{guest.event_id}|{guest.link_version}"
    return [one[:_LENGTH] for one in blind_indexes("event|invitation", text)]
