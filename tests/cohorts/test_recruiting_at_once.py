"""Two strangers, or two hands, at the very same moment. PostgreSQL only: SQLite serialises writers."""

import datetime as dt
import uuid

import pytest

from cohorts.models import (
    Application,
    ApplicationAnswer,
    Enrolment,
    InformationMeeting,
    MeetingGuest,
)
from cohorts.services import answers
from cohorts.services.applications import apply
from cohorts.services.enrolments import welcome
from cohorts.services.meetings import sign_up
from cohorts.services.selection import Entry, decide, enrol
from ct_platform.kit.errors import Refused, Stale
from members.models import Person
from tests.cohorts.applying import decided, recruiting_cohort, said, somebody
from tests.factories import NOW
from tests.projects.races import while_uncommitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people)


def test_two_taps_at_once_apply_once(cohort):
    key = uuid.uuid4()

    def tap():
        return apply(cohort=cohort, key=key, said=said(), at=NOW)

    first, second = while_uncommitted(tap, tap)
    assert first == second
    assert Application.objects.count() == 1


def test_the_last_seat_is_given_once(cohort):
    meeting = InformationMeeting.objects.create(
        cohort=cohort, starts_at=NOW + dt.timedelta(days=1), place="Ici", seats=1
    )

    def seat(name: str):
        return lambda: sign_up(meeting=meeting, key=uuid.uuid4(), name=name, contact="", at=NOW)

    _first, error = while_uncommitted(seat("Zoé"), seat("Omar"))
    assert isinstance(error, Refused)
    assert MeetingGuest.objects.get().name == "Zoé"


def test_two_coordinators_enrolling_at_once_make_one_person(people, cohort):
    one = decided(cohort, people, "selected")

    def hand():
        return enrol(application=one, entry=Entry(), actor=people.actor("driss"), at=NOW)

    first, second = while_uncommitted(hand, hand)
    assert first == second
    assert Enrolment.objects.filter(cohort=cohort).count() == 1
    assert Person.objects.filter(last_name="Martin").count() == 1


def test_two_decisions_at_once_leave_one_and_its_log(people, cohort):
    one = somebody(cohort)

    def hand(to: str):
        return lambda: decide(application=one, to=to, note="", actor=people.actor("driss"), at=NOW)

    _first, error = while_uncommitted(hand("duplicate"), hand("selected"))
    assert isinstance(error, Refused | Stale)
    assert Application.objects.get().state == "duplicate"


def test_two_sendings_at_once_write_one_answer(people, cohort):
    one = decided(cohort, people, "declined", phone="", address="8 rue des Lilas")

    def send():
        return answers.answer_all(cohort=cohort, keys=[one.pk], word="", at=NOW)

    _first, second = while_uncommitted(send, send)
    assert isinstance(second, list)
    assert ApplicationAnswer.objects.count() == 1


def test_who_is_let_in_at_this_moment_does_not_withdraw(people, cohort):
    driss = people.actor("driss")
    one = decided(cohort, people, "selected")
    enrolment = enrol(application=one, entry=Entry(), actor=driss, at=NOW)

    def let_in():
        return welcome(enrolments=[enrolment], actor=driss, at=NOW)

    def withdraw():
        return decide(application=one, to="withdrawn", note="", actor=driss, at=NOW)

    entered, error = while_uncommitted(let_in, withdraw)
    assert entered == 1
    assert isinstance(error, Refused)
    assert Enrolment.objects.get(pk=enrolment.pk).state == "active"
