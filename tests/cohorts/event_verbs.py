"""Events, guests and contacts, as tests say it."""

import datetime as dt
from typing import Any

from cohorts.models import Contact, Event, EventGuest, EventMessage
from cohorts.services import contacts, event_guests, event_messages, events
from cohorts.services.event_links import link_of
from tests.factories import NOW, TODAY
from tests.personas import People

SATURDAY = TODAY + dt.timedelta(days=3)


def event_wishes(**changes: Any) -> events.EventWishes:
    usual: dict[str, Any] = {
        "kind": "market",
        "title": "Marché de Noël",
        "place": "Place des Halles",
        "day": SATURDAY,
        "starts": dt.time(10),
        "ends": dt.time(17),
        "description": "Nos bouquets et nos soupes.",
    }
    return events.EventWishes(**{**usual, **changes})


def hold(people: People, *, by: str = "driss", **changes: Any) -> Event:
    cohort = changes.pop("cohort", people.a.cohort)
    return events.plan_event(
        cohort=cohort, wishes=event_wishes(**changes), actor=people.actor(by), at=NOW
    )


def said(name: str, **more: Any) -> event_guests.GuestSaid:
    return event_guests.GuestSaid(**{"kind": "firm", "name": name, **more})


def add(people: People, event: Event, *guests: event_guests.GuestSaid) -> list[EventGuest]:
    return event_guests.add_guests(
        event=event, said=guests, actor=people.actor("driss"), at=NOW
    ).guests


def invited(people: People, event: Event, name: str = "Rose Martin", **more: Any) -> EventGuest:
    """Added, and their invitation written; by mail unless told otherwise."""
    more.setdefault("email", "rose@exemple.test")
    [guest] = add(people, event, said(name, **more))
    invite(people, event, guest)
    return guest


def invite(people: People, event: Event, *guests: EventGuest, at=NOW) -> list[EventMessage]:
    return event_messages.invite(
        event=event, keys=[one.pk for one in guests], word="", actor=people.actor("driss"), at=at
    )


def send_all(at: dt.datetime = NOW) -> int:
    keys = EventMessage.objects.sendable().filter(status="waiting").values_list("pk", flat=True)
    return sum(event_messages.tell(message_id=key, at=at) for key in list(keys))


def move(people: People, event: Event, *, at=NOW, **changes: Any) -> int:
    event.refresh_from_db()
    return events.edit_event(
        event=event, wishes=event_wishes(**changes), seen_version=event.version,
        actor=people.actor("driss"), at=at,
    )  # fmt: skip


def cancel(people: People, event: Event, reason: str = "Il neige.", at=NOW) -> int:
    return events.cancel_event(event=event, reason=reason, actor=people.actor("driss"), at=at)


def answer(guest: EventGuest, word: str = "yes", count: int = 1, at=NOW) -> None:
    event_guests.answer_invitation(guest=guest, answer=word, people=count, by="link", at=at)
    guest.refresh_from_db()


def met(people: People, name: str = "Rose Martin", *, by: str = "driss", **more: Any) -> Contact:
    cohort = more.pop("cohort", people.a.cohort)
    event, consent = more.pop("event", None), more.pop("consent", None)
    more.setdefault("phone", "+33639980012")
    return contacts.add_contact(
        cohort=cohort, said=contacts.ContactSaid(name=name, **more), event=event, met_by=None,
        consent=consent, actor=people.actor(by), at=NOW,
    )  # fmt: skip


def agree(people: People, contact: Contact, *, on: dt.date = TODAY) -> Contact:
    contacts.record_consent(
        contact=contact, consent=contacts.Consent(on=on, way="aloud", words="oui"),
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    contact.refresh_from_db()
    return contact


def path_of(guest: EventGuest) -> str:
    """The address of a guest's link, without the machine."""
    return "/" + link_of(guest).split("/", 3)[3]
