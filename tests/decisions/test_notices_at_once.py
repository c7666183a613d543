"""Two clocks, two taps and two workers at once: on PostgreSQL, one message each, one link used."""

import pytest
from django.core import mail
from django.test import Client

from ct_platform.kit.errors import Refused
from decisions.models import Reminder, VoteNotice
from decisions.rules.reminders import automatic_at
from decisions.services import notices, reminders
from tests.at_once import together
from tests.decisions.assembly import fill, put_to_vote
from tests.decisions.mailbox import link_in, received, with_addresses, write_to
from tests.factories import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_sweeps_and_four_workers_send_each_message_once(people, monkeypatch):
    with_addresses(fill(people.a.cohort, 6))
    # The broker lost the messages of the opening: only the sweeps are left.
    monkeypatch.setattr(notices, "send", lambda keys: len(keys))
    put_to_vote(people)
    monkeypatch.undo()
    later = NOW.replace(hour=NOW.hour + 1)
    together(*[lambda: notices.sweep(at=later)] * 4)
    keys = list(VoteNotice.objects.values_list("pk", flat=True))
    together(*[lambda: [notices.tell(notice_id=key, at=later) for key in keys]] * 4)
    assert len(mail.outbox) == len({letter.to[0] for letter in mail.outbox}) == len(keys) == 6
    assert set(VoteNotice.objects.values_list("status", flat=True)) == {"done"}


def test_two_clocks_send_one_automatic_reminder(people):
    with_addresses(fill(people.a.cohort, 6))
    poll = put_to_vote(people)
    mail.outbox.clear()
    due = automatic_at(poll.opened_at, poll.closes_at)
    together(*[lambda: reminders.remind_due(at=due)] * 4)
    assert Reminder.objects.count() == 1
    assert len(mail.outbox) == 6


def test_four_taps_of_a_coordinator_remind_once(people):
    with_addresses(fill(people.a.cohort, 6))
    poll, driss = put_to_vote(people), people.actor("driss")
    mail.outbox.clear()
    answers = together(*[lambda: reminders.remind(poll=poll, actor=driss, at=NOW)] * 4)
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert len(mail.outbox) == 6


def test_a_link_tapped_in_four_places_at_once_lets_one_in(people):
    write_to(people, "amina")
    put_to_vote(people)
    path = link_in(received("amina")[0])
    clients = [Client() for _ in range(4)]
    answers = together(*[lambda one=one: one.post(path).status_code for one in clients])
    assert sorted(answers) == [302, 410, 410, 410]
    assert sum("_auth_user_id" in one.session for one in clients) == 1
