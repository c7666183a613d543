"""The link that takes words back: it needs no account, opens nothing else, and never runs out."""

import datetime as dt
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.crypto import blind_indexes
from ct_platform.kit.errors import Refused
from testimonials.models import Testimonial, WithdrawalLink

_PLACE = "testimonials_withdrawallink|index"


class LinkUnknown(Refused):
    """No such link."""

    status = 404


def make(*, testimonial: Testimonial, at: dt.datetime) -> str:
    """A fresh secret, 128 bits, kept as a keyed hash only. Earlier ones stay good: a message is
    never the last way to take one's words back."""
    secret = secrets.token_urlsafe(16)
    WithdrawalLink.objects.create(
        testimonial=testimonial, index=blind_indexes(_PLACE, secret)[0], made_at=at
    )
    return secret


def address(secret: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{reverse('testimonials:withdraw_by_link', args=[secret])}"


def look(*, secret: str) -> Testimonial:
    """What a link leads to, changing nothing. One query. Raises LinkUnknown."""
    found: WithdrawalLink | None = (
        WithdrawalLink.objects.filter(index__in=blind_indexes(_PLACE, secret))
        .select_related("testimonial__enrolment__cohort")
        .first()
        if len(secret) < 64
        else None
    )
    if found is None:
        raise LinkUnknown(
            _(
                "Ce lien n’est pas connu. Prends celui du dernier message, ou appelle la coordination."
            )
        )
    testimonial: Testimonial = found.testimonial
    return testimonial
