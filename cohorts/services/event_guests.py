"""Guests of an event: written down once each, answered for, ticked on the day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.events import AnsweredBy, EventState, GuestAnswer
from cohorts.models import Event, EventGuest
from cohorts.rules.events import MOST_AT_ONCE, MOST_PEOPLE, name_key
from cohorts.services import event_messages
from cohorts.services.session_wishes import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.rules import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestSaid:
    """What is written down of a guest. `email` lower case, `phone` E.164, both checked by the form."""

    kind: str
    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    guests: list[EventGuest]
    passed_over: list[str]  # sentences: who is there already, and as whom


@transaction.atomic
def add_guests(*, event: Event, said: Sequence[GuestSaid], actor: Actor, at: dt.datetime) -> Added:
    """Write guests down, each once: the same mail, or the same name in another spelling, is passed
    over and told. Raises Refused for an event cancelled or over, or an archived cohort. Three queries.
    """
    row = _open(event, at)
    if len(said) > MOST_AT_ONCE:
        raise Refused(_("C’est trop en une fois : %(n)d personnes au plus.") % {"n": MOST_AT_ONCE})
    there = list(row.guests.standing())
    by_mail = {one.email: one.name for one in there if one.email}
    by_name = {one.name_key: one.name for one in there}
    fresh, passed = [], []
    for one in said:
        guest = EventGuest(event=row, added_by_id=actor.person_id, **_columns(one))
        if twin := by_mail.get(guest.email) or by_name.get(guest.name_key):
            passed.append(_twin(guest.name, twin))
            continue
        if guest.email:
            by_mail[guest.email] = guest.name
        by_name[guest.name_key] = guest.name
        fresh.append(guest)
    return Added(EventGuest.objects.bulk_create(fresh), passed)


def _twin(name: str, twin: str) -> str:
    if name == twin:
        return _("%(name)s est déjà dans la liste.") % {"name": name}
    return _("%(name)s est déjà dans la liste, sous le nom %(twin)s.") % {
        "name": name,
        "twin": twin,
    }


@transaction.atomic
def correct_guest(*, guest: EventGuest, said: GuestSaid, actor: Actor, at: dt.datetime) -> bool:
    """Correct what is written of a guest. Another mail gets another link, and the invitation anew:
    True when it leaves again. Raises Refused for a twin, or somebody erased."""
    # The event first: two hands writing the same guest wait for each other.
    Event.objects.select_for_update(of=("self",)).get(pk=guest.event_id)
    row = _locked(guest)
    if row.erased_at is not None:
        raise Refused(_("Cette personne est effacée."))
    typed = _columns(said)
    others = row.event.guests.standing().exclude(pk=row.pk)
    if typed["email"] and others.filter(email=typed["email"]).exists():
        raise Refused(_("Cette adresse e-mail est déjà invitée."), field="email")
    if others.filter(name_key=typed["name_key"]).exists():
        raise Refused(_("Cette personne est déjà invitée."), field="name")
    is_elsewhere = typed["email"] != row.email
    link = row.link_version + is_elsewhere
    EventGuest.objects.filter(pk=row.pk).update(**typed, link_version=link)
    if not is_elsewhere or row.event.is_cancelled or row.event.ends_at <= at:
        return False
    row.refresh_from_db()
    return event_messages.invite_again(guest=row, at=at)


@transaction.atomic
def answer_invitation(
    *, guest: EventGuest, answer: str, people: int, by: AnsweredBy, at: dt.datetime
) -> None:
    """Keep what a guest says: they come, with how many in all (themselves counted), or not.

    Answering again replaces the answer; the same answer twice is quiet. Raises Refused once the event
    is cancelled or over, or the guest erased.
    """
    row = _locked(guest)
    event: Event = row.event
    if row.erased_at is not None:
        raise Refused(_("Cette personne est effacée."))
    if event.is_cancelled:
        raise Refused(_("Cet événement est annulé."))
    if event.ends_at <= at:
        raise Refused(_("Cet événement est passé."))
    if answer not in (GuestAnswer.YES, GuestAnswer.NO):
        raise Refused(_("Dites si vous venez."), field="answer")
    count = people if answer == GuestAnswer.YES else 0
    if answer == GuestAnswer.YES and not 1 <= count <= MOST_PEOPLE:
        raise Refused(
            _("Entre 1 et %(n)d personnes. Pour un groupe, appelez-nous.") % {"n": MOST_PEOPLE},
            field="people",
        )
    if (row.answer, row.people, row.answered_day) == (answer, count, event.day):
        return
    EventGuest.objects.filter(pk=row.pk).update(
        answer=answer, people=count, answered_at=at, answered_day=event.day, answered_by=by
    )


@transaction.atomic
def note_who_came(*, event: Event, came: Mapping[int, int], actor: Actor, at: dt.datetime) -> None:
    """Tick who came, guest → how many people; the others did not. Noting again replaces.

    Raises Refused before the day, or for an event cancelled.
    """
    row: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if row.is_cancelled:
        raise Refused(_("Cet événement est annulé."))
    if civil_day(at) < row.day:
        raise Refused(_("L’événement n’a pas encore eu lieu."))
    guests = list(row.guests.standing())
    for one in guests:
        one.came = one.pk in came
        one.came_people = min(max(came.get(one.pk, 0), 1), MOST_PEOPLE) if one.came else 0
    EventGuest.objects.bulk_update(guests, ["came", "came_people"])


def _columns(said: GuestSaid) -> dict[str, str]:
    name = clean_text(said.name)
    return {
        "kind": said.kind,
        "name": name,
        "name_key": name_key(name),
        "organisation": clean_text(said.organisation),
        "email": said.email,
        "phone": said.phone,
        "address": clean_text(said.address),
        "postcode": clean_text(said.postcode),
        "city": clean_text(said.city),
    }


def _open(event: Event, at: dt.datetime) -> Event:
    """Locked: two hands adding the same guest wait for each other."""
    row: Event = (
        Event.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=event.pk)
    )
    refuse_archived(row.cohort)
    if row.state != EventState.PLANNED:
        raise Refused(_("Cet événement est annulé : on n’y invite plus."))
    if row.ends_at <= at:
        raise Refused(_("Cet événement est passé : on n’y invite plus."))
    return row


def _locked(guest: EventGuest) -> EventGuest:
    row: EventGuest = (
        EventGuest.objects.select_for_update(of=("self",))
        .select_related("event__cohort")
        .get(pk=guest.pk)
    )
    return row
