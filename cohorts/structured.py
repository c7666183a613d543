"""What schema.org says of a cohort: its meetings and the doors it opens, as events. Dates, places, no person."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.selectors.event_days import EventLine
from cohorts.selectors.recruiting import MeetingRow
from ct_platform.kit.clock import PARIS


def events_of(
    cohort: Cohort, meetings: Sequence[MeetingRow], events: Sequence[EventLine]
) -> list[dict[str, Any]]:
    """No query beyond those that read the rows."""
    page = settings.PUBLIC_ORIGIN + reverse("cohorts:cooperative", args=[cohort.pk])
    told = [
        _event(
            cohort,
            page,
            name=_("Réunion d’information : %(name)s") % {"name": cohort.name},
            start=row.meeting.starts_at.astimezone(PARIS).isoformat(),
            place=row.meeting.place,
        )
        for row in meetings
    ]
    told += [
        _event(
            cohort,
            page,
            name=line.event.title,
            start=line.event.starts_at.astimezone(PARIS).isoformat(),
            end=line.event.ends_at.astimezone(PARIS).isoformat(),
            place=line.event.place,
        )
        for line in events
    ]
    return told


def _event(
    cohort: Cohort, page: str, *, name: str, start: str, place: str, end: str = ""
) -> dict[str, Any]:
    said = {
        "@type": "Event",
        "name": name,
        "startDate": start,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {
            "@type": "Place",
            "name": place,
            "address": f"{place}, {cohort.territory.city}",
        },
        "organizer": {"@type": "Organization", "name": cohort.host.name},
        "isAccessibleForFree": True,
        "url": page,
    }
    return said | ({"endDate": end} if end else {})
