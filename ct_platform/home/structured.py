"""What schema.org says of the site: who it is, and what comes. No person is in it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import InformationMeeting
from cohorts.selectors.recruiting import MeetingRow
from cohorts.structured import events_of


def organisation() -> dict[str, Any]:
    origin = settings.PUBLIC_ORIGIN
    return {
        "@type": "Organization",
        "name": _("Coopératives de territoire"),
        "url": origin + reverse("home:public"),
        "logo": origin + static("img/icon-512.png"),
    }


def meetings(rows: Iterable[InformationMeeting]) -> list[dict[str, Any]]:
    """Each with its cohort already read."""
    return [
        event for row in rows for event in events_of(row.cohort, [MeetingRow(row, row.seats)], [])
    ]
