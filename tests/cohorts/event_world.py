"""An event of cohort A with a guest and a contact, all saying the canary: for tests/access_world.py."""

import datetime as dt
from typing import Any

from cohorts.models import Contact, Event, EventGuest, EventMessage, KeptContact
from cohorts.services.contacts import keep_for_oneself
from tests.cohorts.event_verbs import agree, hold, invited, met
from tests.factories import NOW, TODAY
from tests.personas import People


def open_doors(people: People, canary: str) -> dict[str, Any]:
    """A letter waits for the guest; Amina keeps the contact, who agreed."""
    event = hold(
        people, title=f"Portes ouvertes, {canary}", organisers=(people.enrolments["amina"].pk,)
    )
    guest = invited(people, event, f"Rose {canary}", email="", address=canary, city=canary)
    contact = agree(people, met(people, f"Luc {canary}", note=canary, event=None))
    keep_for_oneself(contact=contact, actor=people.actor("amina"), at=NOW)
    return {"event_id": event.pk, "guest_id": guest.pk, "contact_id": contact.pk}


def crowd_events(people: People, count: int) -> None:
    """As many guests, messages, contacts and events, in bulk."""
    event = Event.objects.of_cohort(people.a.cohort.pk).get()
    guests = EventGuest.objects.bulk_create(
        EventGuest(
            event=event, kind="firm", name=f"Invitée {n}", name_key=f"invitee {n}", added_by=people.driss,
            email=f"i{n}@exemple.test", answer="yes", people=1, answered_at=NOW, answered_day=event.day,
        )
        for n in range(count)
    )  # fmt: skip
    EventMessage.objects.bulk_create(
        EventMessage(
            guest=one, kind="invitation", way="letter" if n % 3 else "mail", version=1, sent_at=NOW,
            status="failed" if n % 2 else "waiting",
        )
        for n, one in enumerate(guests[: count // 2])
    )  # fmt: skip
    contacts = Contact.objects.bulk_create(
        Contact(
            cohort=people.a.cohort, event=event, state="kept" if n % 3 else "proposed", name=f"Voisin {n}",
            name_key=f"voisin {n}", phone="+33639980012", met_by=people.bastien, added_by=people.amina,
            consented_on=TODAY, consent_way="aloud", consent_noted_by=people.driss, consent_noted_at=NOW,
        )
        for n in range(count)
    )  # fmt: skip
    KeptContact.objects.bulk_create(
        KeptContact(contact=one, person=people.amina, kept_at=NOW) for one in contacts[::2]
    )
    Event.objects.bulk_create(
        Event(
            cohort=people.a.cohort, kind="visit", title=f"Visite {n}", place="Ici", half="morning",
            day=TODAY + dt.timedelta(days=n % 20 - 10), created_by=people.driss, is_public=True,
        )
        for n in range(count)
    )  # fmt: skip
