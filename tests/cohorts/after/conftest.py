"""Verbs of leaving and of giving news. Amina leaves cohort A on 20 November 2026."""

import datetime as dt

import pytest

from cohorts.enums.follow_ups import ChoiceSaid
from cohorts.models import FollowUp, FollowUpMessage
from cohorts.services import follow_up_messages
from cohorts.services.exits import note_exit
from cohorts.services.follow_up_choices import Wish, choose
from members.sms import MemorySms
from tests.factories import NOW, TODAY

LEFT_ON = dt.date(2026, 11, 20)
DUE = {3: dt.date(2027, 2, 20), 6: dt.date(2027, 5, 20), 12: dt.date(2027, 11, 20)}


def paris(day, hour=10):
    """An instant of that day; Paris is one hour ahead in winter, two in summer."""
    return dt.datetime.combine(day, dt.time(hour - 1), tzinfo=dt.UTC)


MONDAY = paris(dt.date(2027, 2, 22))  # the first working day after the three months


@pytest.fixture
def amina(people):
    return people.enrolments["amina"]


@pytest.fixture
def leave(people, amina):
    def note(status="unemployed", left_on=LEFT_ON, enrolment=None, at=NOW, **more):
        return note_exit(
            enrolment=enrolment or amina, status=status, left_on=left_on, known_on=TODAY,
            actor=people.actor("driss"), at=at, **more,
        )  # fmt: skip

    return note


@pytest.fixture
def agree(people, amina):
    """Amina says yes, by SMS, at the interview."""

    def say(by="driss", said=ChoiceSaid.INTERVIEW, enrolment=None, at=NOW, **more):
        wish = Wish(**{"agrees": True, "channel": "sms", "phone": "06 39 98 00 12"} | more)
        return choose(
            enrolment=enrolment or amina, wish=wish, said=said, actor=people.actor(by), at=at
        )

    return say


@pytest.fixture
def outbox(settings):
    settings.SMS_BACKEND = "members.sms.MemorySms"
    MemorySms.outbox.clear()
    return MemorySms.outbox


@pytest.fixture
def ask(outbox):
    """What the beat and the worker do, at that instant; how many messages are new."""

    def run(at=MONDAY):
        new = follow_up_messages.ask_due(at=at)
        for key in FollowUpMessage.objects.order_by("pk").values_list("pk", flat=True):
            follow_up_messages.tell(message_id=key, at=at)
        return new

    return run


def question(enrolment, months=3):
    return FollowUp.objects.select_related("enrolment__cohort").get(
        enrolment=enrolment, months=months
    )


def link_in(outbox):
    """The token of the last message."""
    return outbox[-1][1].split("/nouvelles/")[1].split("/")[0]
