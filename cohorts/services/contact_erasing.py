"""Erasing guests and contacts: when they ask, and when their time is over. Rows stay, without anybody.

How many were invited, said yes and came remains: figures name nobody.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cohorts.enums import CohortState
from cohorts.models import Cohort, Contact, EventGuest, EventMessage, KeptContact
from cohorts.rules.ages import add_months
from cohorts.rules.events import CONSENT_KEPT_MONTHS, CONTACTS_KEPT_DAYS, GUESTS_KEPT_DAYS
from cohorts.selectors.contacts import SamePerson, same_person
from ct_platform.kit.clock import civil_day
from ct_platform.kit.models import TransitionLog

_GUEST = ("name", "organisation", "email", "phone", "address", "postcode", "city", "name_key")
_CONTACT = ("name", "organisation", "role", "phone", "email", "reach", "note", "name_key")


@transaction.atomic
def erase_guest(*, guest: EventGuest, at: dt.datetime) -> None:
    """Erase this person from every event and contact of the territory (GDPR art. 17; who is one person:
    selectors.contacts.same_person). Twice is quiet."""
    if guest.erased_at is None:
        _erase(same_person(guest, guest.event.cohort), at)


@transaction.atomic
def erase_contact(*, contact: Contact, at: dt.datetime) -> None:
    """Erase this person, likewise; whoever kept them no longer finds them here."""
    if contact.erased_at is None:
        _erase(same_person(contact, contact.cohort), at)


def _erase(found: SamePerson, at: dt.datetime) -> None:
    _blank_guests([one.pk for one in found.guests], at)
    _blank_contacts([one.pk for one in found.contacts], at)


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _blank_guests(keys: Collection[int], at: dt.datetime) -> int:
    EventMessage.objects.filter(guest__in=keys).update(word="", error="")
    standing = EventGuest.objects.standing().filter(pk__in=keys)
    return standing.update(**dict.fromkeys(_GUEST, ""), erased_at=at)


def _blank_contacts(keys: Collection[int], at: dt.datetime) -> int:
    # Locked first: whoever keeps them at this very moment is waited for, then loses them too.
    held = Contact.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    keys = [one.pk for one in held]
    KeptContact.objects.filter(contact__in=keys).delete()
    standing = Contact.objects.standing().filter(pk__in=keys)
    return standing.update(
        **dict.fromkeys(_CONTACT, ""), opens=[], consented_on=None, consent_way="", consent_words="",
        consent_noted_by=None, consent_noted_at=None, erased_at=at,
    )  # fmt: skip


@transaction.atomic
def erase_old_guests(*, at: dt.datetime) -> int:
    """Guests, ninety days after their event, held or not; how many.

    Source: GDPR art. 5(1)(c) and (e): they were asked their address for that day only.
    """
    last = civil_day(at) - dt.timedelta(days=GUESTS_KEPT_DAYS)
    return _blank_guests(_keys(EventGuest.objects.standing().filter(event__day__lt=last)), at)


@transaction.atomic
def erase_old_contacts(*, at: dt.datetime) -> int:
    """Contacts without consent, ninety days after their cohort is archived: time to ask them, no more.
    Contacts with consent, three years after it. How many.

    Source: GDPR art. 5(1)(c) and (e); CNIL, référentiel « gestion commerciale »: three years after
    the last contact.
    """
    before = at - dt.timedelta(days=CONTACTS_KEPT_DAYS)
    lately = TransitionLog.objects.filter(
        model=Cohort._meta.label_lower,
        row_id=OuterRef("cohort_id"),
        new=CohortState.ARCHIVED,
        at__gte=before,
    )
    silent = Contact.objects.standing().filter(
        ~Exists(lately),
        consented_on__isnull=True,
        cohort__state=CohortState.ARCHIVED,
        cohort__ends_on__lt=civil_day(before),
    )
    agreed = Contact.objects.standing().filter(
        consented_on__lte=add_months(civil_day(at), -CONSENT_KEPT_MONTHS)
    )
    return _blank_contacts([*_keys(silent), *_keys(agreed)], at)
