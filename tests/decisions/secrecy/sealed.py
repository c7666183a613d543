"""Verbs of a sealed vote: three people take keys, two come back with their words."""

from dataclasses import dataclass
from typing import Any

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from decisions.models import KeyHolder, Outcome, Poll
from decisions.rules.terms import Terms
from decisions.services import ballots, polls, sealing
from decisions.services.words import draw_words
from members.seats import seats_of
from tests.decisions.assembly import CLOSES_AT, NOW, TODAY, actor_of, fill, put_to_vote
from tests.personas import People


@dataclass
class SealedVote:
    poll: Poll
    voters: list[Enrolment]
    words: dict[int, tuple[str, ...]]  # by position of the holder

    def holder(self, position: int) -> KeyHolder:
        return KeyHolder.objects.get(poll=self.poll, position=position)

    def actor(self, position: int) -> Actor:
        person = self.holder(position).person
        return Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])

    def take(self, position: int, at=NOW) -> Poll:
        self.words[position] = draw_words()
        actor = self.actor(position)
        return sealing.take_key(poll=self.poll, words=self.words[position], actor=actor, at=at)

    def open(self, position: int, words=None, at=CLOSES_AT) -> Outcome | None:
        words = self.words[position] if words is None else words
        return sealing.open_share(poll=self.poll, words=words, actor=self.actor(position), at=at)

    def lose(self, position: int, at=NOW) -> Poll:
        return sealing.lose_words(poll=self.poll, actor=self.actor(position), at=at)

    def cast(self, enrolment: Enrolment, ballot: Any = "half", at=NOW) -> str:
        said = {"choice": ballot} if isinstance(ballot, str) else ballot
        return ballots.cast(poll=self.poll, ballot=said, actor=actor_of(enrolment), at=at)

    def cast_all(self, choices: list[str]) -> list[str]:
        return [self.cast(one, said) for one, said in zip(self.voters, choices, strict=False)]

    def close(self, at=CLOSES_AT) -> Outcome | None:
        return polls.close_poll(poll=self.poll, actor=None, at=at)

    def fresh(self) -> Poll:
        return Poll.objects.get(pk=self.poll.pk)


def announce(people: People, roll: int = 12, **changes: Any) -> SealedVote:
    voters = fill(people.a.cohort, roll)
    return SealedVote(put_to_vote(people, terms=Terms(secrecy="sealed"), **changes), voters, {})


def seal(people: People, roll: int = 12, **changes: Any) -> SealedVote:
    vote = announce(people, roll, **changes)
    for position in (1, 2, 3):
        vote.take(position)
    vote.poll.refresh_from_db()
    return vote
