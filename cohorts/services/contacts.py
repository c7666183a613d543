"""The people a cohort met: proposed, kept, agreed with, taken along by each."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.events import CONTACT_ALLOWED, ConsentWay, ContactState, Opening
from cohorts.models import Cohort, Contact, Event, KeptContact
from cohorts.rules.events import name_key
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.models import Person
from members.rules import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaid:
    """What is written of somebody met. `email` lower case, `phone` E.164, both checked by the form."""

    name: str
    organisation: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    reach: str = ""
    opens: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """They agreed, on that day and in that way, that each of the group keeps their address."""

    on: dt.date
    way: str
    words: str = ""


@transaction.atomic
def add_contact(
    *,
    cohort: Cohort,
    said: ContactSaid,
    event: Event | None,
    met_by: Person | None,
    consent: Consent | None,
    actor: Actor,
    at: dt.datetime,
) -> Contact:
    """Write down somebody the group met, once each. The coordination's are kept at once; the others'
    are proposed. `met_by` None: the writer met them.

    Raises Refused for somebody already there, no way to reach them, or a consent that cannot be.
    """
    # Locked: two people writing the same contact wait for each other.
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    typed = _columns(said)
    _refuse(cohort, typed, None, actor)
    contact: Contact = Contact.objects.create(
        cohort=cohort,
        event=event,
        state=ContactState.KEPT if actor.is_coordinator else ContactState.PROPOSED,
        met_by_id=met_by.pk if met_by else actor.person_id,
        added_by_id=actor.person_id,
        **typed,
    )
    if consent is not None:
        record_consent(contact=contact, consent=consent, actor=actor, at=at)
    return contact


@transaction.atomic
def change_contact(
    *,
    contact: Contact,
    said: ContactSaid,
    event: Event | None,
    met_by: Person,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Correct what is written of somebody. Raises Refused as `add_contact`."""
    Cohort.objects.select_for_update(of=("self",)).get(pk=contact.cohort_id)
    row = _standing(contact)
    typed = _columns(said)
    _refuse(row.cohort, typed, row.pk, actor)
    Contact.objects.filter(pk=row.pk).update(event=event, met_by=met_by, **typed)


@transaction.atomic
def accept_contact(*, contact: Contact, actor: Actor, at: dt.datetime) -> None:
    """Keep for the whole group what somebody proposed. Twice is quiet."""
    row = _standing(contact)
    if row.state != ContactState.KEPT:
        move(row, ContactState.KEPT, allowed=CONTACT_ALLOWED, by_person_id=actor.person_id, at=at)


@transaction.atomic
def record_consent(*, contact: Contact, consent: Consent, actor: Actor, at: dt.datetime) -> None:
    """Write down that they agreed: when, how, and who writes it (GDPR art. 7(1)).

    The newest replaces the one before. Raises Refused for a day to come, or without saying how.
    """
    row = _standing(contact)
    if consent.way not in (ConsentWay.ALOUD, ConsentWay.WRITTEN, ConsentWay.MAIL):
        raise Refused(_("Dites comment la personne a donné son accord."), field="consent_way")
    if consent.on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="consented_on")
    Contact.objects.filter(pk=row.pk).update(
        consented_on=consent.on,
        consent_way=consent.way,
        consent_words=clean_text(consent.words),
        consent_noted_by_id=actor.person_id,
        consent_noted_at=at,
    )


@transaction.atomic
def withdraw_consent(*, contact: Contact, actor: Actor, at: dt.datetime) -> int:
    """They changed their mind, as easily as they agreed (GDPR art. 7(3)): nobody keeps them here any
    more; how many did. Twice is quiet."""
    row = _standing(contact)
    gone, _by = KeptContact.objects.filter(contact=row).delete()
    Contact.objects.filter(pk=row.pk).update(
        consented_on=None, consent_way="", consent_words="", consent_noted_by=None,
        consent_noted_at=None,
    )  # fmt: skip
    return gone


@transaction.atomic
def keep_for_oneself(*, contact: Contact, actor: Actor, at: dt.datetime) -> None:
    """Take a contact as one's own. Twice is quiet. Raises Refused without their consent."""
    row = _standing(contact)
    if row.consented_on is None or row.state != ContactState.KEPT:
        raise Refused(
            _("Cette personne n’a pas encore dit oui. Demande-lui, ou demande à la coordination.")
        )
    KeptContact.objects.get_or_create(
        contact=row, person_id=actor.person_id, defaults={"kept_at": at}
    )


@transaction.atomic
def let_go(*, contact: Contact, actor: Actor) -> None:
    """No longer keep a contact as one's own. Twice is quiet."""
    KeptContact.objects.filter(contact=contact, person_id=actor.person_id).delete()


def _standing(contact: Contact) -> Contact:
    """Locked: an erasure and a keeping never cross."""
    row: Contact = (
        Contact.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=contact.pk)
    )
    if row.erased_at is not None:
        raise Refused(_("Cette personne est effacée."))
    return row


def _columns(said: ContactSaid) -> dict[str, object]:
    name = clean_text(said.name)
    known = set(Opening.values)
    return {
        "name": name,
        "name_key": name_key(name),
        "organisation": clean_text(said.organisation),
        "role": clean_text(said.role),
        "phone": said.phone,
        "email": said.email,
        "reach": clean_text(said.reach),
        "opens": [code for code in Opening.values if code in set(said.opens) & known],
        "note": clean_text(said.note),
    }


def _refuse(cohort: Cohort, typed: dict[str, object], own: int | None, actor: Actor) -> None:
    if not (typed["phone"] or typed["email"] or typed["reach"] or typed["organisation"]):
        raise Refused(_("Donnez un moyen de retrouver la personne."), field="phone")
    there = Contact.objects.of_cohort(cohort.pk).standing().filter(name_key=typed["name_key"])
    twin = there.exclude(pk=own).first()
    if twin is not None:
        # A proposal of somebody else is not shown to a third: its name is not repeated either.
        hidden = twin.is_proposed and not (
            actor.is_coordinator or twin.added_by_id == actor.person_id
        )
        said = (
            _("Quelqu’un a déjà proposé cette personne.")
            if hidden
            else _("Cette personne est déjà dans les contacts : %(name)s.") % {"name": twin.name}
        )
        raise Refused(said, field="name")
