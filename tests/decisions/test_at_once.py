"""Two taps, and a closing that races a vote: threads on PostgreSQL, where locks are real."""

import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from decisions.enums import PollState
from decisions.models import Ballot, BallotChange, Outcome, Poll
from decisions.services import ballots, polls
from decisions.services.counting import counted, open_ballots
from decisions.services.due import close_due
from payroll.models import SplitRule
from tests.at_once import together
from tests.decisions.assembly import CLOSES_AT, actor_of, fill, put_to_vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_many_taps_of_many_people_make_one_ballot_each(people):
    actors = [actor_of(enrolment) for enrolment in fill(people.a.cohort, 6)]
    poll, at = put_to_vote(people), CLOSES_AT - dt.timedelta(hours=1)

    def tap(actor):
        return lambda: ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor, at=at)

    answers = together(*[tap(actor) for actor in actors for _ in range(4)])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Ballot.objects.count() == BallotChange.objects.count() == 6


def test_closing_races_voting_and_no_ballot_is_late(people):
    """Thirty races: whoever takes the lock first, what was counted is exactly what is stored."""
    actors = [actor_of(enrolment) for enrolment in fill(people.a.cohort, 3)]
    driss, start = people.actor("driss"), CLOSES_AT - dt.timedelta(hours=9)
    for number in range(30):
        at = start + dt.timedelta(minutes=number)
        poll = put_to_vote(people, at=at)

        def vote(actor, poll=poll, at=at):
            return lambda: ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor, at=at)

        def close(poll=poll, at=at):
            return polls.close_poll(poll=poll, actor=driss, at=at, reason="On essaie")

        acts = [vote(actors[0]), close, vote(actors[1]), vote(actors[2])]
        answers = together(*acts[number % 4 :], *acts[: number % 4])
        outcome = Outcome.objects.get(poll=poll)
        stored = Ballot.objects.filter(elector__poll=poll).count()
        refusals = [answer for answer in answers if isinstance(answer, Refused)]
        assert outcome.tally["present"] == stored == 3 - len(refusals)
        again = Poll.objects.get(pk=poll.pk)
        assert counted(again, open_ballots(again)) == outcome.tally


def test_two_clocks_count_a_vote_once(people):
    actors = [actor_of(enrolment) for enrolment in fill(people.a.cohort, 3)]
    poll = put_to_vote(people)
    for actor in actors:
        ballots.cast(
            poll=poll, ballot={"choice": "half"}, actor=actor, at=CLOSES_AT.replace(day=26)
        )
    together(*[lambda: close_due(at=CLOSES_AT)] * 4)
    assert Poll.objects.get().state == PollState.COUNTED
    assert Outcome.objects.count() == SplitRule.objects.count() == 1


def test_two_coordinators_opening_the_same_subject_open_one_vote(people):
    answers = together(*[lambda: put_to_vote(people)] * 4)
    assert Poll.objects.count() == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3


def test_numbers_follow_without_gap_when_two_clocks_race(people):
    """Numbers are taken under the cohort's lock: no gap, no double."""
    start = CLOSES_AT - dt.timedelta(hours=9)
    for number in range(4):
        at = start + dt.timedelta(minutes=number)
        poll = put_to_vote(people, at=at)
        if number < 3:
            polls.close_poll(poll=poll, actor=None, at=CLOSES_AT)
    acts = [lambda: close_due(at=CLOSES_AT)] * 2
    together(*acts)
    assert sorted(Outcome.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
