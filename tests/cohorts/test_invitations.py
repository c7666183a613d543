"""Guests: written down once each, invited once, told what changes."""

import datetime as dt
import smtplib
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from cohorts.models import Event, EventGuest, EventMessage
from cohorts.selectors.events import event_page, invitations_of
from cohorts.services import event_guests, event_messages
from cohorts.services.event_letters import letters_pdf
from cohorts.services.event_links import link_of
from ct_platform.kit.clock import NBSP
from ct_platform.kit.errors import Refused
from tests.cohorts.event_verbs import (
    SATURDAY,
    add,
    answer,
    cancel,
    hold,
    invite,
    invited,
    move,
    path_of,
    said,
    send_all,
)
from tests.factories import NOW

DAY = dt.timedelta(days=1)
AFTER = NOW + 4 * DAY


@pytest.fixture
def event(people):
    return hold(people)


# --- writing guests down


@pytest.mark.parametrize(
    "twin",
    [
        said("M. MARTIN Rose"),
        said("rose   martin", organisation="Autre maison"),
        said("R. M.", email="rose@exemple.test"),
    ],
)
def test_the_same_guest_in_two_spellings_or_one_mail_is_kept_once(people, event, twin):
    add(people, event, said("Rose Martin", email="rose@exemple.test"))
    added = event_guests.add_guests(event=event, said=[twin], actor=people.actor("driss"), at=NOW)
    assert added.guests == [] and "sous le nom Rose Martin" in added.passed_over[0]
    assert EventGuest.objects.count() == 1


def test_two_names_in_another_alphabet_stay_two_people(people, event):
    assert len(add(people, event, said("Олена"), said("Марія"))) == 2


def test_a_list_is_pasted_once_for_two_taps_with_its_twins_told(people, event, enter):
    driss = enter("driss")
    sent = {
        "what": "list", "many-submission_key": str(uuid.uuid4()), "many-kind": "association",
        "many-lines": "Rose Martin ; Les Halles ; ROSE@exemple.test\n\nOmar Benali\tomar@exemple.test\n"
        "Martin Rose\n",
    }  # fmt: skip
    address = reverse("cohorts:add_guests", args=[event.cohort_id, event.pk])
    pages = [driss.post(address, sent, follow=True).content.decode() for _tap in range(2)]
    assert "Martin Rose est déjà dans la liste, sous le nom Rose Martin." in pages[0]
    assert set(EventGuest.objects.values_list("name", "organisation", "email")) == {
        ("Rose Martin", "Les Halles", "rose@exemple.test"),
        ("Omar Benali", "", "omar@exemple.test"),
    }


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_kept(people, event, enter):
    sent = {
        "what": "list", "many-submission_key": str(uuid.uuid4()), "many-kind": "firm",
        "many-lines": "Rose Martin\nOmar ; omar@",
    }  # fmt: skip
    page = enter("driss").post(
        reverse("cohorts:add_guests", args=[event.cohort_id, event.pk]), sent
    )
    assert "Ligne 2" in page.content.decode() and not EventGuest.objects.exists()


def test_nobody_is_added_to_what_is_over_or_cancelled(people, event):
    with pytest.raises(Refused):
        event_guests.add_guests(
            event=event, said=[said("Rose")], actor=people.actor("driss"), at=AFTER
        )
    cancel(people, event)
    with pytest.raises(Refused):
        add(people, event, said("Rose"))


# --- inviting


def test_an_invitation_says_when_where_how_to_answer_and_how_to_be_erased(people, event):
    guest = invited(people, event)
    assert send_all() == 1
    [letter] = mail.outbox
    assert letter.to == ["rose@exemple.test"] and "Marché de Noël" in letter.subject
    for word in ("samedi 28 novembre", f"10{NBSP}h", "Place des Halles", link_of(guest), "effacés 90 jours",
                 "L’équipe du Plateau", people.a.host.name):  # fmt: skip
        assert word in letter.body, word


def test_two_taps_and_two_tasks_invite_once(
    people, event, enter, django_capture_on_commit_callbacks
):
    [guest] = add(people, event, said("Rose Martin", email="rose@exemple.test"))
    address = reverse("cohorts:invite", args=[event.cohort_id, event.pk])
    driss, sent = (
        enter("driss"),
        {"submission_key": str(uuid.uuid4()), "guests": [guest.pk], "word": ""},
    )
    for _tap in range(2):
        driss.post(address, sent)
    driss.post(address, sent | {"submission_key": str(uuid.uuid4())})
    assert EventMessage.objects.count() == 1
    send_all()
    send_all()
    assert len(mail.outbox) == 1


def test_nobody_is_invited_to_what_is_past_or_cancelled(people, event):
    [guest] = add(people, event, said("Rose Martin", email="rose@exemple.test"))
    with pytest.raises(Refused):
        invite(people, event, guest, at=AFTER)
    cancel(people, event)
    with pytest.raises(Refused):
        invite(people, event, guest)
    assert not EventMessage.objects.exists()


def test_an_invitation_that_waits_past_its_event_or_cancellation_never_leaves(people, event):
    invited(people, event)
    assert send_all(at=AFTER) == 0
    other = hold(people, title="Autre")
    invited(people, other)
    cancel(people, other)
    assert send_all() == 0
    assert mail.outbox == []
    other.refresh_from_db()
    assert invitations_of(other).failed == []  # nothing to mend: it says what is no more


def test_who_has_no_mail_has_a_letter_printed_and_posted_once(people, event):
    guest = invited(people, event, email="", address="3 rue des Lilas")
    assert send_all() == 0
    content = letters_pdf(
        event=Event.objects.select_related("cohort__territory", "cohort__host").get(), at=NOW
    )
    assert content and content.startswith(b"%PDF")
    keys = [guest.messages.get().pk]
    assert event_messages.note_posted(event=event, keys=keys, seen_version=1, at=NOW) == 1
    assert event_messages.note_posted(event=event, keys=keys, seen_version=1, at=NOW) == 0
    assert letters_pdf(event=event, at=NOW) is None


def test_a_mail_that_does_not_leave_is_tried_again_then_put_on_paper(people, event, monkeypatch):
    guest = invited(people, event)

    def down(*_args, **_more):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    for n in range(3):
        send_all(at=NOW + n * dt.timedelta(minutes=30))
    assert [one.guest for one in invitations_of(event).failed] == [guest]
    assert event_messages.put_on_paper(event=event, at=NOW) == 1
    assert [one.guest for one in invitations_of(event).letters] == [guest]


def test_a_wrong_address_mended_sends_the_invitation_anew_under_another_link(people, event, client):
    guest = invited(people, event)
    send_all()
    before = path_of(guest)
    assert event_guests.correct_guest(
        guest=guest, said=said("Rose Martin", email="rose.martin@exemple.test"),
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    send_all()
    guest.refresh_from_db()
    assert [one.to for one in mail.outbox] == [["rose@exemple.test"], ["rose.martin@exemple.test"]]
    assert client.get(before).status_code == 404
    assert client.get(path_of(guest)).status_code == 200


# --- changes


def test_who_was_invited_is_told_of_a_move_once_and_asked_again(people, event):
    guest = invited(people, event)
    add(people, event, said("Omar Benali", email="omar@exemple.test"))
    send_all()
    answer(guest, count=2)
    assert event_page(event, NOW).coming == 2
    assert move(people, event, day=SATURDAY + DAY) == 1
    event.refresh_from_db()
    assert event_page(event, NOW).coming == 0  # a yes for Saturday is not a yes for Sunday
    send_all()
    assert [one.to for one in mail.outbox] == [["rose@exemple.test"]] * 2
    assert "Changement" in mail.outbox[1].subject and "dimanche 29 novembre" in mail.outbox[1].body
    event_messages.sweep(at=NOW)
    assert EventMessage.objects.count() == 2
    answer(guest, count=3)
    assert event_page(event, NOW).coming == 3


def test_new_words_alone_are_told_to_nobody(people, event):
    invited(people, event)
    send_all()
    assert move(people, event, title="Grand marché", description="Autre chose.") == 0
    assert EventMessage.objects.count() == 1


def test_two_moves_before_the_mail_leaves_tell_the_last_one_only(people, event):
    invited(people, event)
    send_all()
    move(people, event, place="Salle A")
    move(people, event, place="Salle B")
    send_all()
    assert len(mail.outbox) == 2
    assert "Salle B" in mail.outbox[1].body


def test_an_invitation_that_leaves_after_the_move_says_the_new_place_and_is_enough(people, event):
    invited(people, event)
    assert move(people, event, place="Salle A") == 0
    send_all()
    event_messages.sweep(at=NOW)
    send_all()
    [letter] = mail.outbox
    assert "Salle A" in letter.body


def test_cancelling_tells_who_was_invited_and_nobody_else(people, event):
    invited(people, event)
    send_all()
    invited(people, event, "Omar Benali", email="omar@exemple.test")  # still waits: never leaves
    assert cancel(people, event) == 1
    send_all()
    assert [(one.to, one.subject) for one in mail.outbox[1:]] == [
        (["rose@exemple.test"], "Annulé : Marché de Noël")
    ]
    assert "Il neige." in mail.outbox[1].body


def test_an_invitation_caught_leaving_by_the_cancellation_is_followed_by_its_news(people, event):
    guest = invited(people, event)
    message = guest.messages.get()
    cancel(people, event)
    # It had read the event just before: it arrives all the same.
    EventMessage.objects.filter(pk=message.pk).update(status="done", finished_at=NOW)
    event_messages.sweep(at=NOW)
    event_messages.sweep(at=NOW)
    assert EventMessage.objects.filter(kind="cancelled").count() == 1


def test_a_letter_printed_before_the_move_is_followed_by_its_news(people, event):
    guest = invited(people, event, email="", address="3 rue des Lilas")
    move(people, event, place="Salle A")
    event.refresh_from_db()
    keys = [guest.messages.get().pk]
    event_messages.note_posted(event=event, keys=keys, seen_version=1, at=NOW)
    assert [one.kind for one in invitations_of(event).letters] == ["moved"]


def test_a_letter_posted_and_noted_after_the_cancellation_is_followed_by_its_news(people, event):
    guest = invited(people, event, email="", address="3 rue des Lilas")
    cancel(people, event)
    event.refresh_from_db()
    assert [one.kind for one in invitations_of(event).letters] == ["invitation"]
    assert (
        letters_pdf(event=event, at=NOW) is None
    )  # nobody prints an invitation to what is no more
    keys = [guest.messages.get().pk]
    event_messages.note_posted(event=event, keys=keys, seen_version=1, at=NOW)
    assert [one.kind for one in invitations_of(event).letters] == ["cancelled"]
