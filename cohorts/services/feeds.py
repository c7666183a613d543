"""The calendar a phone subscribes to (RFC 5545): titles, places and hours. Nobody's name, no reason.

The address is the key: whoever holds it reads it, so it carries nothing of other people.
"""

import datetime as dt
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cohorts.gatherings import Gathering, gatherings_of, own_gatherings_of
from cohorts.models import Agenda, CoordinatorSeat, Session, Slot
from cohorts.models import Event as Occasion
from cohorts.models.agenda import FEED_PLACE
from cohorts.selectors.event_days import feed_events
from cohorts.selectors.my_agenda import coordinated_slots, feed_cohorts, feed_slots
from ct_platform.kit.clock import PARIS, civil_day
from ct_platform.kit.crypto import blind_indexes

PAST = dt.timedelta(days=90)


def feed_of(*, secret: str, at: dt.datetime) -> bytes | None:
    """The calendar behind an address, or None when it opens nothing. Ten queries or so.

    A closed account enters by no door: this one closes with it.
    """
    indexes = blind_indexes(FEED_PLACE, secret)
    standing = Agenda.objects.exclude(person__user__is_active=False)
    agenda = standing.filter(secret_index__in=indexes).first()
    if agenda is None:
        return None
    today = civil_day(at)
    seats = CoordinatorSeat.objects.in_force(today).filter(person_id=agenda.person_id)
    territories = list(seats.values_list("territory_id", flat=True))
    slots = {
        slot.pk: slot
        for slot in chain(
            feed_slots(agenda.person_id, today - PAST),
            coordinated_slots(territories, today - PAST) if territories else (),
        )
    }
    cohorts, first = feed_cohorts(agenda.person_id, territories), today - PAST
    occasions = list(feed_events(cohorts, territories, first))
    others = [*gatherings_of(cohorts, first), *own_gatherings_of(agenda.person_id, first)]
    return _written(list(slots.values()), occasions, others, at)


def _written(
    slots: list[Slot], occasions: list[Occasion], others: list[Gathering], at: dt.datetime
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Coopératives de territoire//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Mon agenda de coopérative"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", "PT2H")
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost"
    for slot in slots:
        calendar.add_component(_event(slot, host, at))
    for occasion in occasions:
        calendar.add_component(_occasion(occasion, host, at))
    for gathering in others:
        calendar.add_component(_gathering_event(gathering, host, at))
    days = [one.session.day for one in slots] + [one.day for one in occasions]
    days += [one.day for one in others]
    if days:
        calendar.add_missing_timezones(
            first_date=min(days) - dt.timedelta(days=366), last_date=max(days) + PAST
        )
    written: bytes = calendar.to_ical()
    return written


def _event(slot: Slot, host: str, at: dt.datetime) -> Event:
    event = _about(slot.session, at)
    event.add("uid", f"demi-journee-{slot.pk}@{host}")
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    return event


def _occasion(occasion: Occasion, host: str, at: dt.datetime) -> Event:
    """What the cohort opens its doors for: no guest is named, none is counted."""
    event = _about(occasion, at)
    event.add("uid", f"evenement-{occasion.pk}@{host}")
    event.add("dtstart", occasion.starts_at)
    event.add("dtend", occasion.ends_at)
    return event


def _about(session: Session | Occasion, at: dt.datetime) -> Event:
    """What sessions and events share: title, place, kind, whether it stands."""
    event = Event()
    event.add("dtstamp", at)
    event.add("sequence", session.version)
    event.add("location", session.place)
    event.add("categories", [str(session.get_kind_display())])
    event.add("description", session.cohort.name)
    return _titled(event, session.title, cancelled=session.is_cancelled)


def _gathering_event(one: Gathering, host: str, at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key.replace(':', '-')}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", one.version)
    # In civil hours of Paris, as sessions are: a phone that travels still reads the hour on the wall.
    event.add("dtstart", one.starts_at.astimezone(PARIS))
    if one.ends_at is not None:
        event.add("dtend", one.ends_at.astimezone(PARIS))
    event.add("location", one.place)
    event.add("categories", [one.category])
    event.add("description", one.cohort_name)
    return _titled(event, one.title, cancelled=one.is_cancelled)


def _titled(event: Event, title: str, *, cancelled: bool) -> Event:
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _("Annulé : %s") % title if cancelled else title)
    return event
