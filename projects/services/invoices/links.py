"""The customer's link to an issued invoice: signed, so that nothing is kept and nothing can be guessed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "projects.invoice.link"


def link_of(invoice_id: int) -> str:
    """The address to send or to copy; the same each time, for the ten years an invoice is kept."""
    token = signing.Signer(salt=_SALT).sign_object(invoice_id)
    return f"{settings.PUBLIC_ORIGIN}{reverse('projects:invoice_link', args=[token])}"


def invoice_of(token: str) -> int | None:
    """The invoice a link opens; None for anything we did not sign."""
    try:
        key = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return key if isinstance(key, int) else None
