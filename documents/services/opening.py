"""A person opens their paper for the first time: from then on it is no longer "nouveau"."""

import datetime as dt

from documents.models import Document


def mark_opened(*, document: Document, at: dt.datetime) -> None:
    """Stamp the first opening; later ones change nothing."""
    Document.objects.filter(pk=document.pk, first_opened_at__isnull=True).update(first_opened_at=at)
