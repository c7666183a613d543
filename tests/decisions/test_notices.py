"""A vote opens: everybody of its roll is told once, by a link alone, and who cannot be is named."""

import datetime as dt
import re

import pytest
from celery import current_app
from django.core import mail
from django.urls import reverse

from decisions.models import VoteNotice
from decisions.services import notices, polls
from members.sms import MemorySms
from tests.decisions.assembly import CLOSES_AT, fill, put_to_vote
from tests.decisions.mailbox import give_address, link_in, received, with_addresses, write_to
from tests.factories import NOW


@pytest.fixture
def open_vote(people, django_capture_on_commit_callbacks):
    def opened(**changes):
        with django_capture_on_commit_callbacks(execute=True):
            return put_to_vote(people, **changes)

    return opened


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


@pytest.fixture
def no_sms(settings):
    settings.SMS_BACKEND = "members.sms.ConsoleSms"


def page(enter, people, poll):
    address = reverse("decisions:deliveries", args=[people.a.cohort.pk, poll.pk])
    said = enter("driss").get(address).content.decode().replace("\u00a0", " ")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", said)


def test_an_opening_tells_each_person_of_the_roll_once(people, open_vote, settings):
    settings.PUBLIC_ORIGIN = "https://coop.exemple.test"
    write_to(people, "amina", "bastien", "gael", "chloe")
    poll = open_vote()
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "amina@exemple.test",
        "bastien@exemple.test",
    ]
    letter = received("amina")[0]
    assert "Bonjour Amina," in letter.body
    assert "Un vote est ouvert : Comment partager l’argent ?" in letter.body
    assert "jusqu’à vendredi 27 novembre, 18" in letter.body
    assert "https://coop.exemple.test/vote/" in letter.body
    assert set(VoteNotice.objects.values_list("poll", "kind", "status")) == {
        (poll.pk, "opening", "done")
    }


def test_a_message_says_no_choice_no_figure_and_nobody_elses_name(people, open_vote):
    write_to(people, "amina", "bastien")
    poll = open_vote()
    letter = received("amina")[0]
    said = letter.subject + letter.body.replace(link_in(letter), "")
    labels = [option.label for option in poll.options.all()]
    for secret in [*labels, "€", "Sarr", "Bastien", "quorum"]:
        assert secret not in said
    assert "Comment partager" not in letter.subject


def test_a_vote_about_somebody_does_not_say_its_question(people, open_vote):
    write_to(people, "amina")
    poll = open_vote(title="Faut-il garder Bastien ?")
    notice = VoteNotice.objects.select_related("poll__proposal__cohort", "recipient").get()
    notice.poll.about_person = True
    message = notices.messages.message_of(notice, "")
    assert "Bastien" not in message.body + message.subject + message.short
    assert poll.title not in message.body


def test_a_vote_that_was_refused_tells_nobody(people, open_vote):
    write_to(people, "amina")
    with pytest.raises(Exception, match="déjà passée"):
        open_vote(closes_at=NOW - dt.timedelta(hours=1))
    assert mail.outbox == []
    assert not VoteNotice.objects.exists()


def test_somebody_without_a_mail_gets_an_sms_where_sms_leave(people, open_vote):
    MemorySms.outbox.clear()
    people.amina.phone = "+33639980012"
    people.amina.save()
    open_vote()
    ((number, text),) = MemorySms.outbox
    assert number == "+33639980012"
    assert "Comment partager" not in text
    assert "/vote/" in text


def test_nobody_is_said_to_be_told_by_an_sms_that_does_not_leave(people, open_vote, enter, no_sms):
    people.amina.phone = "+33639980012"
    people.amina.save()
    poll = open_vote()
    assert not VoteNotice.objects.exists()
    said = page(enter, people, poll)
    assert "À prévenir de vive voix : 2 personnes" in said
    assert "Amina Sarr" in said
    assert "06 39 98 00 12" in said


def test_five_tasks_send_one_message(people, at):
    write_to(people, "amina")
    put_to_vote(people)
    notice = VoteNotice.objects.get()
    assert [notices.tell(notice_id=notice.pk, at=at) for _ in range(5)] == [True] + [False] * 4
    assert len(mail.outbox) == 1


def test_what_a_broker_lost_is_sent_by_the_sweep_once(people, at):
    write_to(people, "amina")
    put_to_vote(people)
    assert notices.sweep(at=at) == 0
    assert notices.sweep(at=at + dt.timedelta(minutes=1)) == 1
    assert notices.sweep(at=at + dt.timedelta(minutes=2)) == 0
    assert len(mail.outbox) == 1


def test_a_dead_mail_server_loses_nothing(people, at, dead_server, settings):
    write_to(people, "amina")
    put_to_vote(people)
    notice = VoteNotice.objects.get()
    assert notices.tell(notice_id=notice.pk, at=at) is False
    assert notices.sweep(at=at + dt.timedelta(minutes=5)) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert notices.sweep(at=at + dt.timedelta(minutes=15)) == 1
    notice.refresh_from_db()
    assert notice.status == "done"


def test_the_coordinator_sees_who_was_not_reached_and_sends_again(
    people, enter, at, dead_server, settings, django_capture_on_commit_callbacks
):
    write_to(people, "amina")
    poll = put_to_vote(people)
    notice = VoteNotice.objects.get()
    for hour in range(3):
        notices.tell(notice_id=notice.pk, at=at + dt.timedelta(hours=hour))
    said = page(enter, people, poll)
    assert "Pas parti" in said
    assert "À prévenir de vive voix : 1 personne" in said
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    write_to(people, "bastien")
    again = reverse("decisions:try_again", args=[people.a.cohort.pk, poll.pk])
    with django_capture_on_commit_callbacks(execute=True):
        enter("driss").post(again)
    assert len(received("amina")) == len(received("bastien")) == 1
    said = page(enter, people, poll)
    assert "Pas parti" not in said
    assert "vive voix" not in said
    with django_capture_on_commit_callbacks(execute=True):
        enter("driss").post(again)
    assert len(mail.outbox) == 2


def test_nothing_is_sent_of_a_vote_that_is_over(people, at):
    write_to(people, "amina", "bastien")
    poll = put_to_vote(people)
    polls.cancel_poll(poll=poll, reason="Erreur", actor=people.actor("driss"), at=at)
    for key in VoteNotice.objects.values_list("pk", flat=True):
        assert notices.tell(notice_id=key, at=at) is False
    poll.refresh_from_db()
    assert notices.try_again(poll=poll, at=at) == 0
    assert mail.outbox == []
    assert {n.error for n in VoteNotice.objects.all()} == {"Le vote était fini avant l’envoi."}


def test_an_address_removed_before_the_sending_is_said(people, at):
    write_to(people, "amina")
    put_to_vote(people)
    give_address(people.amina, "", opens=False)
    notices.tell(notice_id=VoteNotice.objects.get().pk, at=at)
    assert VoteNotice.objects.get().error == "Il n’y a plus d’adresse où écrire."


def test_the_queue_carries_keys_alone(people, monkeypatch, django_capture_on_commit_callbacks):
    write_to(people, "amina", "bastien")
    carried = []
    task = current_app.tasks[notices.TASK]
    monkeypatch.setattr(
        task, "apply_async", lambda args, **options: carried.append((args, options))
    )
    with django_capture_on_commit_callbacks(execute=True):
        put_to_vote(people)
    keys = list(VoteNotice.objects.values_list("pk", flat=True))
    assert carried == [([keys], {"retry": False})]


def test_the_page_of_messages_never_says_who_opened_a_link(people, open_vote, enter):
    voters = fill(people.a.cohort, 5)
    with_addresses(voters)
    poll = open_vote()
    before = page(enter, people, poll)
    VoteNotice.objects.filter(recipient=voters[0].person).update(link_used_at=NOW)
    assert page(enter, people, poll) == before


def test_closes_at_the_hour_even_when_nobody_counted(people, at):
    write_to(people, "amina")
    put_to_vote(people)
    assert notices.tell(notice_id=VoteNotice.objects.get().pk, at=CLOSES_AT) is False
    assert mail.outbox == []
