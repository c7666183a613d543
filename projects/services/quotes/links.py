"""The customer's link: a secret of which only a keyed digest is kept. It opens one quote."""

import hmac
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ct_platform.kit.crypto import blind_indexes
from projects.models import Quote, QuoteMessage

_PLACE = "projects_quote|link"


def fresh(quote_id: int) -> tuple[str, str]:
    """A new address of 128 bits, and the digest to keep of it."""
    secret = secrets.token_urlsafe(16)
    path = reverse("projects:quote_link", args=[quote_id, secret])
    return f"{settings.PUBLIC_ORIGIN}{path}", _digests(quote_id, secret)[0]


@transaction.atomic
def make_link(*, quote: Quote) -> str:
    """The address to copy or print, shown this once; the one copied before opens nothing any more.

    Links that left by mail keep opening.
    """
    url, digest = fresh(quote.pk)
    Quote.objects.filter(pk=quote.pk).update(link_digest=digest)
    return url


def opens(quote: Quote, secret: str) -> bool:
    """Whether this secret is the link of this quote. One query."""
    kept = [
        quote.link_digest,
        *QuoteMessage.objects.filter(quote=quote).values_list("link_digest", flat=True),
    ]
    return any(
        digest and hmac.compare_digest(good, digest)
        for good in _digests(quote.pk, secret)
        for digest in kept
    )


def _digests(quote_id: int, secret: str) -> list[str]:
    return blind_indexes(_PLACE, f"{quote_id}|{secret}")
