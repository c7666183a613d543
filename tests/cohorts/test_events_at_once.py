"""Two hands, two taps or a change at the very same moment. PostgreSQL only: SQLite serialises writers."""

import pytest

from cohorts.models import Contact, EventGuest, EventMessage, KeptContact
from cohorts.services import contacts, event_messages
from cohorts.services.contact_erasing import erase_contact
from ct_platform.kit.errors import Refused
from tests.cohorts.event_verbs import (
    add,
    agree,
    cancel,
    hold,
    invite,
    invited,
    met,
    move,
    said,
    send_all,
)
from tests.factories import NOW
from tests.projects.races import while_uncommitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_guest_written_by_two_hands_is_one(people):
    event = hold(people)
    while_uncommitted(
        lambda: add(people, event, said("Rose Martin")),
        lambda: add(people, event, said("MARTIN Rose")),
    )
    assert EventGuest.objects.get().name == "Rose Martin"


def test_two_sendings_at_once_invite_once(people):
    event = hold(people)
    [guest] = add(people, event, said("Rose Martin", email="rose@exemple.test"))

    def press():
        return invite(people, event, guest)

    first, second = while_uncommitted(press, press)
    assert (len(first), len(second)) == (1, 0)
    assert EventMessage.objects.count() == 1


def test_nobody_is_invited_while_the_event_is_cancelled(people):
    event = hold(people)
    [guest] = add(people, event, said("Rose Martin", email="rose@exemple.test"))
    _told, error = while_uncommitted(
        lambda: cancel(people, event), lambda: invite(people, event, guest)
    )
    assert isinstance(error, Refused) and not EventMessage.objects.exists()


def test_a_cancellation_and_the_sweep_at_once_tell_once(people):
    event = hold(people)
    invited(people, event)
    send_all()
    while_uncommitted(lambda: cancel(people, event), lambda: event_messages.sweep(at=NOW))
    event_messages.sweep(at=NOW)
    assert EventMessage.objects.filter(kind="cancelled").count() == 1


def test_two_sweeps_at_once_owe_one_message(people):
    event = hold(people)
    guest = invited(people, event)
    move(people, event, place="Ailleurs")
    EventMessage.objects.filter(guest=guest).update(status="done", finished_at=NOW)

    def sweep():
        return event_messages.sweep(at=NOW)

    while_uncommitted(sweep, sweep)
    assert EventMessage.objects.filter(kind="moved").count() == 1


def test_one_person_proposed_by_two_is_one_contact(people):
    _first, error = while_uncommitted(
        lambda: met(people, by="amina"), lambda: met(people, by="bastien")
    )
    assert isinstance(error, Refused)
    assert Contact.objects.get().added_by == people.amina


def test_nobody_keeps_who_is_being_erased(people):
    one = agree(people, met(people))
    _gone, error = while_uncommitted(
        lambda: erase_contact(contact=one, at=NOW),
        lambda: contacts.keep_for_oneself(contact=one, actor=people.actor("amina"), at=NOW),
    )
    assert isinstance(error, Refused)
    assert not KeptContact.objects.exists()


def test_nobody_keeps_who_takes_back_their_consent(people):
    one = agree(people, met(people))
    _kept, gone = while_uncommitted(
        lambda: contacts.keep_for_oneself(contact=one, actor=people.actor("amina"), at=NOW),
        lambda: erase_contact(contact=one, at=NOW),
    )
    assert not isinstance(gone, Exception) and not KeptContact.objects.exists()
