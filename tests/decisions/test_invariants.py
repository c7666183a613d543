"""check_consistency tells each kind of broken vote in one sentence, and is quiet on a sound house."""

import pytest

from decisions import invariants
from decisions.models import Ballot, BallotChange, Outcome, Poll
from tests.decisions.assembly import all_vote, close, fill, put_to_vote, unguarded


@pytest.fixture
def counted(people):
    poll = put_to_vote(people)
    all_vote(poll, fill(people.a.cohort, 2), "mm")
    close(poll)
    return poll


def found(check):
    return list(check())


def test_a_sound_house_is_quiet(counted):
    for check in (
        invariants._ballots_are_of_the_poll,
        invariants._roll_is_the_frozen_one,
        invariants._tally_is_the_recount,
        invariants._numbers_have_no_gap,
        invariants._counted_has_outcome,
    ):
        assert found(check) == []


def test_it_finds_a_tally_that_was_touched(counted):
    outcome = Outcome.objects.get()
    outcome.tally["detail"]["votes"] = {"equal": 2, "hours": 0, "half": 0}
    with unguarded():
        outcome.save()
    assert len(found(invariants._tally_is_the_recount)) == 1


def test_it_finds_a_ballot_that_vanished_after_the_count(counted):
    BallotChange.objects.all().delete()
    Ballot.objects.all()[0].delete()
    assert len(found(invariants._tally_is_the_recount)) == 1


def test_it_finds_a_ballot_with_the_answer_of_another_vote(counted):
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(content={"choice": "amina"})
    assert len(found(invariants._ballots_are_of_the_poll)) == 1


def test_it_finds_a_gap_in_the_numbers(counted):
    with unguarded():
        Outcome.objects.update(number=2)
    assert len(found(invariants._numbers_have_no_gap)) == 1


def test_it_finds_a_result_without_count(counted):
    Poll.objects.update(state="closed")
    assert len(found(invariants._counted_has_outcome)) == 1


def test_it_finds_a_roll_that_is_not_the_frozen_one(people):
    """A poll never opened by the service: its kept hash is of nobody."""
    poll = put_to_vote(people)
    Poll.objects.create(
        proposal=poll.proposal,
        version=poll.version,
        round=2,
        state="open",
        opened_at=poll.opened_at,
        closes_at=poll.closes_at,
        statutes=poll.statutes,
        roll_hash="0" * 64,
    )
    assert len(found(invariants._roll_is_the_frozen_one)) == 1
