"""Who speaks and when, in the story of the demo: actors in their seat, instants of civil days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month
from ct_platform.kit.delivery import DeliveryStatus
from decisions import effects
from decisions.models import Poll, VoteNotice
from decisions.rules.chooser import advise
from decisions.rules.terms import Terms
from decisions.services import ballots, notices
from members.models import Person
from members.seats import seats_of

DAY = dt.timedelta(days=1)
# How long one of them, the last of the list, has given no sign.
QUIET = dt.timedelta(days=10)
People = dict[str, Person]
Ballot = Mapping[str, Any]


def actor_of(person: Person, day: dt.date) -> Actor:
    seat = seats_of(person.pk, day)[0]
    return Actor(person.user_id or 0, person.pk, person.full_name, seat)


def hour(day: dt.date, at: int = 12, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(at, minute), tzinfo=clock.PARIS)


def last_month(at: dt.datetime) -> Month:
    return Month.of(Month.of(clock.civil_day(at)).first - dt.timedelta(days=1))


def terms_for(effect_code: str, secrecy: str = "") -> Terms:
    """What the chooser recommends for that question; `secrecy` where the group says otherwise."""
    advice = advise(effects.get(effect_code).subject)
    return Terms(advice.method, advice.rule, secrecy or advice.secrecy)  # type: ignore[arg-type]


class Scene:
    """A cohort and its people, each in their own seat, looked up once."""

    def __init__(self, cohort: Cohort, people: People, at: dt.datetime) -> None:
        self.cohort, self.people, self.at = cohort, people, at
        self.today = clock.civil_day(at)
        self._actors: dict[int, Actor] = {}

    def voice(self, key: str) -> Actor:
        return self.of(self.people[key])

    def of(self, person: Person) -> Actor:
        if person.pk not in self._actors:
            self._actors[person.pk] = actor_of(person, self.today)
        return self._actors[person.pk]

    @property
    def coordinator(self) -> Actor:
        return self.voice("ines")

    @cached_property
    def enrolments(self) -> dict[str, Enrolment]:
        """By family name. One query."""
        rows = Enrolment.objects.of_cohort(self.cohort.pk).select_related("person")
        return {one.person.last_name: one for one in rows}

    def names(self, *keys: str) -> dict[str, str]:
        """Enrolments of these people and their names, as the settings of an effect keep them."""
        chosen = [self.enrolments[key] for key in keys]
        return {str(one.pk): one.person.full_name for one in chosen}

    def cast(self, poll: Poll, said: Iterable[tuple[str, Ballot]], at: dt.datetime) -> None:
        for key, ballot in said:
            ballots.cast(poll=poll, ballot=ballot, actor=self.voice(key), at=at)

    def told(self, poll: Poll, at: dt.datetime) -> None:
        """Messages of a vote of the past left then: today's queue would find them too late."""
        waiting = VoteNotice.objects.filter(poll=poll, status=DeliveryStatus.WAITING)
        for key in list(waiting.values_list("pk", flat=True)):
            notices.tell(notice_id=key, at=at)


def codes(poll: Poll) -> list[str]:
    """The answers of a poll, in the order people read them."""
    return [option.code for option in poll.options.all()]
