"""A vote is recalled to whom it waits for; of a secret one nobody learns to whom, nor to how many."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from ct_platform.kit.errors import Refused
from decisions.enums import Secrecy
from decisions.models import Elector, Reminder, VoteNotice
from decisions.rules.reminders import automatic_at
from decisions.rules.terms import Terms
from decisions.selectors import secrecy
from decisions.services import notices, polls, reminders
from tests import personas
from tests.decisions.assembly import CLOSES_AT, fill, put_to_vote, vote
from tests.decisions.mailbox import with_addresses
from tests.factories import NOW

HOUR = dt.timedelta(hours=1)
SECRET = Terms(secrecy="secret")


@pytest.fixture
def voters(people):
    found = fill(people.a.cohort, 6)
    with_addresses(found)
    return found


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Run an act with its mail, and give who was written to."""

    def run(act):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return sorted(letter.to[0] for letter in mail.outbox[before:])

    return run


def remind(people, poll, at=NOW):
    return reminders.remind(poll=poll, actor=people.actor("driss"), at=at)


def names_of(voters):
    return sorted(voter.person.email for voter in voters)


@pytest.mark.parametrize(
    ("hours", "after"), [(1.5, None), (2, 1), (10, 5), (47, 23.5), (48, 24), (72, 48), (744, 720)]
)
def test_the_automatic_one_comes_a_day_before_the_end_or_at_half_time(hours, after):
    found = automatic_at(NOW, NOW + hours * HOUR)
    assert found == (None if after is None else NOW + after * HOUR)


def test_a_reminder_goes_to_those_awaited_alone(people, voters, send):
    poll = put_to_vote(people)
    vote(poll, voters[0], "half")
    vote(poll, voters[1], None)
    assert send(lambda: remind(people, poll)) == names_of(voters[2:])
    letter = mail.outbox[-1]
    assert letter.subject == "On attend ta voix"
    assert "/vote/" in letter.body


def test_casting_sends_nothing(people, voters, send):
    poll = put_to_vote(people)
    before = VoteNotice.objects.count()
    assert send(lambda: vote(poll, voters[0], "half")) == []
    assert VoteNotice.objects.count() == before


def test_the_hour_of_the_automatic_one_does_not_move_with_votes(people, voters, send):
    poll = put_to_vote(people)
    due = automatic_at(poll.opened_at, poll.closes_at)
    assert send(lambda: reminders.remind_due(at=due - dt.timedelta(seconds=1))) == []
    for voter in voters[:4]:
        vote(poll, voter, "half")
    assert send(lambda: reminders.remind_due(at=due - dt.timedelta(seconds=1))) == []
    assert send(lambda: reminders.remind_due(at=due)) == names_of(voters[4:])
    assert send(lambda: reminders.remind_due(at=due + HOUR)) == []
    assert Reminder.objects.get().by is None


def test_the_automatic_one_is_counted_when_nobody_was_awaited(people, voters, send):
    poll = put_to_vote(people)
    for voter in voters:
        vote(poll, voter, "half")
    due = automatic_at(poll.opened_at, poll.closes_at)
    assert send(lambda: reminders.remind_due(at=due)) == []
    assert Reminder.objects.get().poll_id == poll.pk


def test_a_coordinator_reminds_every_twelve_hours_at_most(people, voters, send):
    poll = put_to_vote(people)
    assert len(send(lambda: remind(people, poll))) == 6
    with pytest.raises(Refused, match="moins de 12 heures"):
        remind(people, poll, NOW + 12 * HOUR - dt.timedelta(seconds=1))
    assert len(send(lambda: remind(people, poll, NOW + 12 * HOUR))) == 6


def test_the_pause_does_not_tell_that_everybody_has_voted(people, voters, send):
    poll = put_to_vote(people)
    for voter in voters:
        vote(poll, voter, "half")
    assert send(lambda: remind(people, poll)) == []
    with pytest.raises(Refused, match="moins de 12 heures"):
        remind(people, poll, NOW + HOUR)


def test_the_automatic_one_waits_when_the_coordinator_has_just_reminded(people, voters, send):
    poll = put_to_vote(people)
    due = automatic_at(poll.opened_at, poll.closes_at)
    send(lambda: remind(people, poll, due - HOUR))
    assert send(lambda: reminders.remind_due(at=due)) == []
    assert len(send(lambda: reminders.remind_due(at=due + 11 * HOUR))) == 6


@pytest.mark.parametrize("end", ["over", "cancelled", "counted"])
def test_nothing_is_recalled_of_a_vote_that_is_over(people, voters, send, end):
    poll, at = put_to_vote(people), NOW + HOUR
    if end == "cancelled":
        polls.cancel_poll(poll=poll, reason="Erreur", actor=people.actor("driss"), at=NOW)
    elif end == "over":
        at = CLOSES_AT
    else:
        polls.close_poll(poll=poll, actor=None, at=CLOSES_AT)
    with pytest.raises(Refused, match="n’est plus ouvert"):
        remind(people, poll, at)
    assert send(lambda: reminders.remind_due(at=CLOSES_AT)) == []
    assert not Reminder.objects.exists()


def test_who_votes_between_the_writing_and_the_sending_is_left_alone(people, voters):
    poll = put_to_vote(people)
    remind(people, poll)
    vote(poll, voters[0], "half")
    for notice in VoteNotice.objects.filter(kind="reminder"):
        notices.tell(notice_id=notice.pk, at=NOW)
    assert sorted(letter.to[0] for letter in mail.outbox) == names_of(voters[1:])


def test_the_holder_of_a_proxy_is_reminded_in_place_of_the_giver(people, voters, send):
    poll = put_to_vote(people)
    vote(poll, voters[1], "half")
    Elector.objects.filter(poll=poll, enrolment=voters[0]).update(proxy_holder=voters[1])
    assert send(lambda: remind(people, poll)) == names_of(voters[1:])


def test_who_is_counted_in_the_room_is_not_awaited(people, voters, send):
    poll = put_to_vote(people)
    Elector.objects.filter(poll=poll, enrolment=voters[0]).update(channel="room")
    Elector.objects.filter(poll=poll, enrolment=voters[1]).update(channel="paper")
    assert send(lambda: remind(people, poll)) == names_of(voters[2:])


def strip(answer):
    return answer.status_code, re.sub(r'value="\w{64}"', "", answer.content.decode())


def pages(people, poll):
    for name in ("deliveries", "poll_of_cohort"):
        yield reverse(f"decisions:{name}", args=[people.a.cohort.pk, poll.pk])
    yield reverse("decisions:of_cohort", args=[people.a.cohort.pk])
    yield reverse("home:cohort_dashboard", args=[people.a.cohort.pk])
    yield reverse("decisions:poll", args=[poll.pk])
    yield reverse("decisions:to_decide")
    yield reverse("home:my_coop")


def test_an_open_vote_shows_the_coordinator_who_was_reminded(people, voters, enter, send):
    poll = put_to_vote(people)
    vote(poll, voters[0], "half")
    send(lambda: remind(people, poll))
    said = enter("driss").get(next(pages(people, poll))).content.decode()
    card = said.split('id="rappels"')[1]
    assert voters[2].person.full_name in card
    assert voters[0].person.full_name not in card


@pytest.mark.parametrize("person", personas.ALL)
def test_of_a_secret_vote_no_page_tells_who_was_reminded(
    people, voters, enter, send, person, monkeypatch
):
    """Two worlds that differ only by whom the reminder went to show everybody the same pages."""
    monkeypatch.setattr(secrecy, "offered", lambda: tuple(Secrecy))
    poll = put_to_vote(people, terms=SECRET)
    client = enter(person)
    client.get("/mes-places/")
    send(lambda: remind(people, poll))

    def seen():
        return [strip(client.get(address)) for address in pages(people, poll)]

    reached = VoteNotice.objects.filter(poll=poll, kind="reminder")
    everybody = seen()
    reached.filter(recipient__in=[v.person_id for v in voters[:4]]).delete()
    some = seen()
    reached.update(status="failed", error="Le message n’est pas parti.")
    failing = seen()
    reached.all().delete()
    assert everybody == some == failing == seen()
