"""The people a cohort met, for the coordination; for the group; and those one keeps as one's own."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.events import ContactState
from cohorts.models import (
    Cohort,
    Contact,
    CoordinatorSeat,
    Enrolment,
    Event,
    EventGuest,
    KeptContact,
)
from cohorts.rules.ages import add_months
from cohorts.rules.events import CONSENT_KEPT_MONTHS, CONTACTS_KEPT_DAYS, may_be_one
from cohorts.rules.vcards import Card
from ct_platform.kit.actor import Actor
from members.models import Person


@dataclass(frozen=True, slots=True)
class ContactsPage:
    proposed: list[Contact]
    kept: list[Contact]
    without_consent: int


def contacts_page(cohort: Cohort) -> ContactsPage:
    """Every contact of a cohort, what waits first. One query."""
    rows = list(
        Contact.objects.of_cohort(cohort.pk)
        .standing()
        .select_related("event", "met_by", "added_by")
        .annotate(keepers_count=Count("keepers"))
        .order_by("name", "pk")
    )
    kept = [one for one in rows if not one.is_proposed]
    return ContactsPage(
        proposed=[one for one in rows if one.is_proposed],
        kept=kept,
        without_consent=sum(one.consented_on is None for one in kept),
    )


def proposed() -> QuerySet[Contact]:
    """What groups propose and the coordination has not read yet. No query by itself."""
    found: QuerySet[Contact] = Contact.objects.standing().filter(state=ContactState.PROPOSED)
    return found


@dataclass(frozen=True, slots=True)
class SamePerson:
    """The rows that are one person, in a territory: what an erasure takes away."""

    guests: list[EventGuest]
    contacts: list[Contact]

    @property
    def names(self) -> list[str]:
        """As they are written here and there, each once."""
        met, invited = [one.name for one in self.contacts], [one.name for one in self.guests]
        return list(dict.fromkeys(met + invited))


def same_person(one: EventGuest | Contact, cohort: Cohort) -> SamePerson:
    """By mail over the territory; by phone too, with a name in common; by name inside the cohort, as
    elsewhere it may be another. Two queries."""
    same = Q(pk__in=[])
    if one.email:
        same |= Q(email=one.email)
    if one.phone:
        same |= Q(phone=one.phone)
    guests = EventGuest.objects.standing().filter(
        same | Q(name_key=one.name_key, event__cohort=cohort),
        event__cohort__territory_id=cohort.territory_id,
    )
    contacts = Contact.objects.standing().filter(
        same | Q(name_key=one.name_key, cohort=cohort), cohort__territory_id=cohort.territory_id
    )
    return SamePerson(
        [other for other in guests.order_by("pk") if _is(one, other)],
        [other for other in contacts.order_by("pk") if _is(one, other)],
    )


def _is(one: EventGuest | Contact, other: EventGuest | Contact) -> bool:
    by_mail = bool(one.email) and one.email == other.email
    return by_mail or may_be_one(one.name_key, other.name_key) or one.name_key == other.name_key


def kept_until(contact: Contact) -> dt.date:
    """The first day the contact may be erased: three years after the consent, else three months after
    the end of the cohort (later, if it is archived later). No query when joined."""
    if contact.consented_on is not None:
        return add_months(contact.consented_on, CONSENT_KEPT_MONTHS)
    ends_on: dt.date = contact.cohort.ends_on
    return ends_on + dt.timedelta(days=CONTACTS_KEPT_DAYS)


@dataclass(frozen=True, slots=True)
class ContactLine:
    contact: Contact
    is_mine: bool  # I keep it
    can_keep: bool  # they agreed


@dataclass(frozen=True, slots=True)
class MyContacts:
    mine: list[ContactLine]
    others: list[ContactLine]
    proposed: list[Contact]
    cohort: Cohort
    may_propose: bool


def my_contacts(actor: Actor, own: Enrolment) -> MyContacts:
    """What I keep, from every cohort I was in; what my group knows; what I proposed. Two queries."""
    keys = [one.contact for one in kept_rows(actor)]
    ours = list(
        Contact.objects.visible_to(actor)
        .standing()
        .select_related("event", "met_by", "cohort")
        .order_by("name", "pk")
        if own.state != EnrolmentState.LEFT
        else ()
    )
    mine = {one.pk for one in keys}
    return MyContacts(
        mine=[ContactLine(one, True, True) for one in keys],
        others=[
            ContactLine(one, False, one.consented_on is not None)
            for one in ours
            if one.pk not in mine and not one.is_proposed
        ],
        proposed=[one for one in ours if one.is_proposed],
        cohort=own.cohort,
        may_propose=own.state == EnrolmentState.ACTIVE and own.cohort.state != CohortState.ARCHIVED,
    )


def kept_rows(actor: Actor) -> list[KeptContact]:
    """The contacts a person keeps, by name. One query."""
    return list(
        KeptContact.objects.visible_to(actor)
        .filter(contact__erased_at__isnull=True, contact__consented_on__isnull=False)
        .select_related("contact__event", "contact__met_by", "contact__cohort")
    )


def cards_of(contacts: list[Contact]) -> list[Card]:
    """As an address book reads them. No query."""
    return [
        Card(
            name=one.name,
            organisation=one.organisation,
            role=one.role,
            phone=one.phone,
            email=one.email,
            note="\n".join(filter(None, [one.reach, ", ".join(one.opens_words), one.note])),
        )
        for one in contacts
    ]


def people_who_meet(cohort: Cohort) -> QuerySet[Person]:
    """Who may have met somebody: the group, and the coordination. One query."""
    members = Enrolment.objects.of_cohort(cohort.pk).exclude(state=EnrolmentState.SELECTED)
    seats = CoordinatorSeat.objects.filter(territory_id=cohort.territory_id)
    found: QuerySet[Person] = Person.objects.filter(
        Q(pk__in=members.values("person_id")) | Q(pk__in=seats.values("person_id"))
    ).order_by("last_name", "first_name", "pk")
    return found


def event_choices(cohort: Cohort, today: dt.date) -> QuerySet[Event]:
    """Where somebody may have been met: events already begun, the last first."""
    found: QuerySet[Event] = (
        Event.objects.of_cohort(cohort.pk).planned().filter(day__lte=today).order_by("-day", "-pk")
    )
    return found
