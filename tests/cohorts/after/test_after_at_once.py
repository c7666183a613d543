"""Two of everything at the very same moment. SQLite serialises writers and hides these."""

import pytest

from cohorts.models import FollowUp, FollowUpAnswer, FollowUpChoice, FollowUpMessage, OwnProject
from cohorts.services import follow_up_messages
from cohorts.services.follow_up_choices import stop_by_link
from cohorts.services.follow_ups import Said, answer_by_link, plan
from cohorts.services.own_projects import write_project
from cohorts.services.returns import take_back
from members.models import Consent
from tests.at_once import together
from tests.cohorts.after.conftest import DUE, MONDAY, paris, question
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_taps_on_the_button_answer_once(leave, amina):
    leave()
    row = question(amina)

    def tap():
        return answer_by_link(follow_up=row, said=Said("unemployed"), at=paris(DUE[3]))

    first, second = together(tap, tap)
    assert first == second and FollowUpAnswer.objects.count() == 1


def test_two_beats_at_once_write_and_send_each_message_once(leave, agree, outbox):
    leave()
    agree()

    def beat():
        return follow_up_messages.ask_due(at=MONDAY)

    together(beat, beat)  # each queues what is new, and the worker of the suite sends at once
    message = FollowUpMessage.objects.get()
    assert (message.status, len(outbox)) == ("done", 1)

    message.status = "waiting"
    message.save()

    def send():
        return follow_up_messages.tell(message_id=message.pk, at=MONDAY)

    assert sorted(together(send, send)) == [False, True] and len(outbox) == 2


def test_two_plans_at_once_make_three_questions(people):
    gael = people.enrolments["gael"]

    def run():
        return plan(enrolment=gael, by_person_id=None, at=NOW)

    assert together(run, run) == [None, None]
    assert FollowUp.objects.filter(enrolment=gael).count() == 3


def test_two_stops_at_once_withdraw_once(agree, amina):
    agree()

    def stop():
        return stop_by_link(enrolment=amina, at=NOW)

    together(stop, stop)
    assert FollowUpChoice.objects.count() == 2
    assert not Consent.objects.in_force(TODAY).exists()


def test_two_yeses_at_once_are_one_consent(agree):
    together(agree, agree)
    assert Consent.objects.count() == FollowUpChoice.objects.count() == 1


def test_two_writers_of_a_project_make_two_versions(people, amina):
    def write(name):
        return lambda: write_project(
            enrolment=amina, kind="job", words=name, actor=people.actor(name), at=NOW
        )

    together(write("amina"), write("driss"))
    assert sorted(one.number for one in OwnProject.objects.all()) == [1, 2]


def test_somebody_is_taken_back_once(people):
    gael = people.enrolments["gael"]

    def back():
        return take_back(enrolment=gael, back_on=TODAY, actor=people.actor("driss"), at=NOW)

    assert together(back, back) == [None, None]
    gael.refresh_from_db()
    assert len(gael.away) == 1
