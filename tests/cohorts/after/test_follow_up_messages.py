"""Messages that ask: to who agreed, once, one reminder, in the daytime, and no more after a stop."""

import datetime as dt

import pytest
from django.core import mail

from cohorts.models import Cohort, FollowUpMessage
from cohorts.services import follow_up_messages
from cohorts.services.follow_up_choices import stop_by_link
from cohorts.services.follow_ups import Said, answer_by_link
from tests import factories as make
from tests.cohorts.after.conftest import DUE, LEFT_ON, MONDAY, paris, question
from tests.factories import NOW

DAY = dt.timedelta(days=1)


def test_who_agreed_is_asked_once_with_a_link(leave, agree, ask, outbox):
    leave()
    agree()
    assert ask(MONDAY - 3 * DAY) == 0  # the eve
    assert ask() == 1 and ask() == 0
    ((to, text),) = outbox
    assert to == "+33639980012" and "/nouvelles/" in text and "3 mois" in text
    assert "Sarr" not in text and len(text) <= 160 + len("http://localhost:8000")


def test_a_task_run_twice_sends_once_and_a_lost_one_is_swept(leave, agree, outbox):
    leave()
    agree()
    follow_up_messages.ask_due(at=MONDAY)
    key = FollowUpMessage.objects.get().pk
    FollowUpMessage.objects.update(sent_at=MONDAY - DAY)  # nobody took it
    assert follow_up_messages.sweep(at=MONDAY) == 1
    follow_up_messages.tell(message_id=key, at=MONDAY)
    assert follow_up_messages.tell(message_id=key, at=MONDAY) is False
    assert len(outbox) == 1


def test_one_reminder_a_week_later_and_never_two(leave, agree, ask, outbox):
    leave()
    agree()
    ask()
    assert ask(MONDAY + 6 * DAY) == 0 and len(outbox) == 1  # that is a Sunday as well
    assert ask(MONDAY + 7 * DAY) == 1 and len(outbox) == 2
    assert ask(MONDAY + 15 * DAY) == 0 and len(outbox) == 2


def test_who_answered_is_not_reminded(leave, agree, ask, outbox, amina):
    leave()
    agree()
    ask()
    answer_by_link(follow_up=question(amina), said=Said("unemployed"), at=MONDAY)
    assert ask(MONDAY + 7 * DAY) == 0 and len(outbox) == 1


@pytest.mark.parametrize("hour", [8, 19, 22])
def test_nothing_leaves_at_night(leave, agree, ask, outbox, hour):
    leave()
    agree()
    assert ask(paris(MONDAY.date(), hour)) == 0 and not outbox


def test_without_a_yes_nothing_leaves(leave, ask, outbox):
    leave()
    assert ask() == 0 and not outbox


def test_a_stop_between_the_writing_and_the_sending_is_heard(leave, agree, outbox, amina):
    leave()
    agree()
    follow_up_messages.ask_due(at=MONDAY)
    stop_by_link(enrolment=amina, at=MONDAY)
    assert follow_up_messages.tell(message_id=FollowUpMessage.objects.get().pk, at=MONDAY) is False
    assert not outbox and FollowUpMessage.objects.get().status == "failed"


def test_a_stop_is_heard_by_the_questions_that_follow(leave, agree, ask, outbox, amina):
    leave()
    agree()
    ask()
    stop_by_link(enrolment=amina, at=MONDAY)
    assert ask(MONDAY + 7 * DAY) == 0 and ask(paris(DUE[6])) == 0
    assert len(outbox) == 1


def test_a_consent_that_has_ended_is_no_consent(leave, agree, ask, outbox, people):
    people.amina.birth_date = dt.date(2009, 2, 1)
    people.amina.save()
    leave()
    agree(guardian="Rokia Sarr")
    assert ask() == 0 and not outbox


@pytest.mark.parametrize("status", ["death", "moved", "prevented"])
def test_a_neutralised_exit_gets_no_message(leave, agree, ask, outbox, status):
    leave(status)
    agree()
    assert ask() == 0 and not outbox


def test_an_exit_corrected_before_the_sending_stops_it_and_asks_at_the_new_date(
    leave, agree, outbox, ask, amina
):
    leave()
    agree()
    follow_up_messages.ask_due(at=MONDAY)
    leave(left_on=dt.date(2026, 11, 24), reason="Quatre jours de plus.")
    assert ask(MONDAY) == 0 and not outbox
    assert ask(MONDAY + 2 * DAY) == 1 and len(outbox) == 1


def test_who_came_back_in_the_operation_is_not_asked_for_the_exit_before(
    people, leave, agree, ask, outbox, amina
):
    leave()
    agree()
    Cohort.objects.filter(pk=amina.cohort_id).update(operation="DÉMO-1")
    again = make.CohortFactory(
        territory=people.a.territory, host=people.a.host, operation="DÉMO-1",
        starts_on=dt.date(2027, 1, 11), ends_on=dt.date(2027, 5, 7),
    )  # fmt: skip
    make.EnrolmentFactory(cohort=again, person=amina.person)
    assert ask() == 0 and not outbox


def test_who_prefers_a_call_gets_no_message(leave, agree, ask, outbox):
    leave()
    agree(channel="call")
    assert ask() == 0 and not outbox


def test_a_mail_asks_as_well(leave, agree, ask, people):
    leave()
    agree(channel="mail", email="amina@exemple.test")
    ask()
    (sent,) = mail.outbox
    assert sent.to == ["amina@exemple.test"] and "/nouvelles/" in sent.body


def test_where_no_sms_leaves_none_is_written(leave, agree, settings):
    settings.SMS_BACKEND = "members.sms.ConsoleSms"
    leave()
    agree()
    assert follow_up_messages.ask_due(at=MONDAY) == 0
    assert not FollowUpMessage.objects.exists()


def test_a_question_a_month_old_is_not_asked_by_message(leave, agree, ask, outbox):
    leave(left_on=LEFT_ON, at=NOW)
    agree()
    assert ask(paris(DUE[3] + dt.timedelta(days=31))) == 0 and not outbox


def test_a_server_that_refuses_is_tried_again_later(leave, agree, monkeypatch, settings):
    leave()
    agree(channel="mail", email="amina@exemple.test")
    follow_up_messages.ask_due(at=MONDAY)
    key = FollowUpMessage.objects.get().pk
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError)
    )
    assert follow_up_messages.tell(message_id=key, at=MONDAY) is False
    message = FollowUpMessage.objects.get()
    assert (message.status, message.attempts) == ("waiting", 1) and message.sent_at > MONDAY
