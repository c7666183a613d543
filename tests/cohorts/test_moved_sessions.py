"""A session moves: who asked for reminders is told, once for each move, of the facts of today."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail

from cohorts.models import Session, SessionNotice
from cohorts.services import agendas, session_notices
from cohorts.services.sessions import cancel_session, edit_session
from tests.cohorts.calendar_verbs import AFTERNOON, MORNING, plan, wishes
from tests.factories import NOW, TODAY

SOON = TODAY + dt.timedelta(days=3)


@pytest.fixture
def session(people) -> Session:
    for name in ("amina", "bastien", "chloe"):
        person = people.persons[name]
        type(person).objects.filter(pk=person.pk).update(email=f"{name}@exemple.test")
        person.refresh_from_db()
    for name in ("amina", "chloe"):
        agendas.choose_reminder(person=people.persons[name], way="mail", at=NOW)
    return plan(people, day=SOON)


def change(people, session, *, with_following=False, **changes):
    session.refresh_from_db()
    edit_session(
        session=session,
        wishes=replace(wishes(day=SOON), **changes),
        with_following=with_following,
        seen_version=session.version,
        actor=people.actor("driss"),
        at=NOW,
    )


def send(at=NOW):
    for key in SessionNotice.objects.values_list("pk", flat=True):
        session_notices.tell(notice_id=key, at=at)
    return mail.outbox


@pytest.mark.parametrize(
    "changes",
    [{"day": SOON + dt.timedelta(days=1)}, {"place": "Ailleurs"}, {"halves": (MORNING,)}],
)
def test_who_asked_is_told_of_another_day_place_or_hour(people, session, changes):
    change(people, session, **changes)
    (letter,) = send()
    assert letter.to == ["amina@exemple.test"]  # neither who did not ask, nor another cohort
    assert "déplacée" in letter.subject


def test_a_new_title_or_note_moves_nobody(people, session):
    change(people, session, title="Hygiène", note="Apporter un tablier")
    assert send() == []


def test_moved_twice_it_is_told_twice_and_never_the_same_move_twice(people, session):
    change(people, session, place="Ailleurs")
    send()
    change(people, session, place="Ici")
    assert len(send()) == 2
    assert "Ici" in mail.outbox[1].body
    assert len(send()) == 2


def test_moved_twice_before_anything_left_it_is_told_once(people, session):
    change(people, session, place="Ailleurs")
    change(people, session, place="Ici")
    (letter,) = send()
    assert "Ici" in letter.body


def test_a_move_cancelled_before_it_was_told_is_told_as_cancelled(people, session):
    change(people, session, place="Ailleurs")
    session.refresh_from_db()
    cancel_session(
        session=session, reason="Il gèle", with_following=False, actor=people.actor("driss"), at=NOW
    )
    (letter,) = send()
    assert "annulée" in letter.subject


def test_who_no_longer_wants_messages_gets_none(people, session):
    change(people, session, halves=(AFTERNOON,))
    agendas.choose_reminder(person=people.amina, way="", at=NOW)
    assert send() == []


def test_what_is_over_is_corrected_without_a_message(people, session):
    Session.objects.filter(pk=session.pk).update(day=TODAY - dt.timedelta(days=2))
    change(people, session, day=TODAY - dt.timedelta(days=2), place="Ailleurs")
    assert send() == []


def test_only_who_is_awaited_is_told(people, session):
    change(people, session, place="Ailleurs", invited=(people.enrolments["bastien"].pk,))
    assert send() == []
