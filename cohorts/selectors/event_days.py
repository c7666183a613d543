"""Events by day: for the calendar of a cohort, one's agenda, a phone, and the public page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cohorts.enums.sessions import Half
from cohorts.models import Cohort, Event
from ct_platform.kit.templatetags.words import hour_fr


def moment_of(event: Event) -> str:
    """ "le matin", or "10 h – 16 h 30". No query."""
    if event.starts is None or event.ends is None:
        return {
            Half.MORNING: _("le matin"),
            Half.AFTERNOON: _("l’après-midi"),
            Half.EVENING: _("le soir"),
        }[Half(event.half)]
    return f"{hour_fr(event.starts)} – {hour_fr(event.ends)}"


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list, with how many are invited and how many people come."""

    event: Event
    moment: str
    guests: int = 0
    coming: int = 0  # people, not guests

    @property
    def is_cancelled(self) -> bool:
        return self.event.is_cancelled


def events_between(cohort_id: int, first: dt.date, last: dt.date) -> dict[dt.date, list[EventLine]]:
    """By day, in order of hours; both days included. One query."""
    rows = Event.objects.of_cohort(cohort_id).between(first, last)
    found: dict[dt.date, list[EventLine]] = {}
    for one in sorted(rows, key=lambda event: (event.starts_at, event.pk)):
        found.setdefault(one.day, []).append(EventLine(one, moment_of(one)))
    return found


def public_events(cohort: Cohort, today: dt.date) -> list[EventLine]:
    """What the coordination shows to everybody: to come, planned, without a name. One query."""
    rows = Event.objects.of_cohort(cohort.pk).shown_to_all().filter(day__gte=today)
    return [EventLine(one, moment_of(one)) for one in rows.order_by("day", "pk")]


def feed_events(
    cohorts: Sequence[int], territories: Sequence[int], first: dt.date
) -> QuerySet[Event]:
    """For a phone's calendar: events of one's cohorts, or of the territories one coordinates."""
    found: QuerySet[Event] = (
        Event.objects.filter(
            Q(cohort__in=cohorts)
            | Q(cohort__territory__in=territories) & ~Q(cohort__state="archived"),
            day__gte=first,
        )
        .select_related("cohort")
        .order_by("day", "pk")
    )
    return found
