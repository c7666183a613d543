import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from ct_platform.kit.errors import Refused
from decisions.models import Ballot, BallotChange
from decisions.services import ballots, opening, polls
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, actor_of, close, member, put_to_vote, vote


def choices(ballot):
    return [change.content.get("choice") for change in ballot.changes.all()]


def test_it_keeps_the_choice_with_its_voter(people, at):
    poll = put_to_vote(people)
    ballot = vote(poll, people.enrolments["amina"], "half")
    assert ballot.content == {"choice": "half"}
    assert ballot.elector.enrolment == people.enrolments["amina"]
    assert ballot.cast_at == at


def test_a_blank_is_a_ballot(people):
    ballot = vote(put_to_vote(people), people.enrolments["amina"], None)
    assert ballot.content == {"blank": True}
    assert Ballot.objects.count() == 1


def test_it_may_be_replaced_until_closing_and_keeps_its_history(people):
    poll, amina = put_to_vote(people), people.enrolments["amina"]
    vote(poll, amina, "half")
    vote(poll, amina, None, at=CLOSES_AT - dt.timedelta(hours=2))
    ballot = vote(poll, amina, "hours", at=CLOSES_AT - dt.timedelta(seconds=1))
    assert Ballot.objects.count() == 1
    assert choices(ballot) == ["half", None, "hours"]


def test_tapping_twice_makes_one_ballot_and_one_line_of_history(people, at):
    poll, amina = put_to_vote(people), people.enrolments["amina"]
    first = vote(poll, amina, "half")
    second = vote(poll, amina, "half", at=at + dt.timedelta(minutes=1))
    assert (first.pk, second.cast_at) == (second.pk, at)
    assert BallotChange.objects.count() == 1


@pytest.mark.parametrize("name", ["driss", "helene", "elsa", "nora"])
def test_nobody_votes_from_another_seat(people, name, at):
    poll = put_to_vote(people)
    with pytest.raises(PermissionDenied):
        ballots.cast(poll=poll, ballot={"choice": "half"}, actor=people.actor(name), at=at)
    assert not Ballot.objects.exists()


def test_a_cooperant_of_another_cohort_is_not_on_the_roll(people):
    poll = put_to_vote(people)
    with pytest.raises(Refused, match="Ton nom n’y est pas"):
        vote(poll, people.enrolments["chloe"], "half")
    assert not Ballot.objects.exists()


def test_who_enrols_after_opening_cannot_vote_and_is_told_why(people):
    poll = put_to_vote(people)
    late = member(people.a.cohort)
    with pytest.raises(Refused, match="fixée le 25 novembre, à l’ouverture"):
        vote(poll, late, "half")
    assert not Ballot.objects.exists()


def test_who_leaves_after_opening_stays_on_the_roll(people):
    poll, bastien = put_to_vote(people), people.enrolments["bastien"]
    actor = actor_of(bastien)
    type(bastien).objects.filter(pk=bastien.pk).update(state="left", left_on="2026-11-26")
    ballots.cast(
        poll=poll, ballot={"choice": "half"}, actor=actor, at=CLOSES_AT - dt.timedelta(hours=1)
    )
    assert close(poll).tally["present"] == 1


@pytest.mark.parametrize(
    "late", [dt.timedelta(0), dt.timedelta(microseconds=1), dt.timedelta(days=9)]
)
def test_at_the_exact_hour_the_vote_is_closed_even_if_nobody_counted(people, late):
    poll, amina = put_to_vote(people), people.enrolments["amina"]
    vote(poll, amina, "half", at=CLOSES_AT - dt.timedelta(microseconds=1))
    with pytest.raises(Refused, match="fini depuis le vendredi 27 novembre"):
        vote(poll, amina, "hours", at=CLOSES_AT + late)
    assert Ballot.objects.get().content == {"choice": "half"}


def test_a_counted_vote_takes_no_ballot_whatever_the_clock_says(people, at):
    poll = put_to_vote(people)
    for name in ("amina", "bastien"):
        vote(poll, people.enrolments[name], "half")
    polls.close_poll(poll=poll, actor=people.actor("driss"), at=at)
    with pytest.raises(Refused, match="fini"):
        vote(poll, people.enrolments["amina"], "hours", at=at)
    assert set(Ballot.objects.values_list("content__choice", flat=True)) == {"half"}


def test_a_cancelled_vote_takes_no_ballot(people, at):
    poll = put_to_vote(people)
    polls.cancel_poll(poll=poll, reason="Question mal posée", actor=people.actor("driss"), at=at)
    with pytest.raises(Refused, match="annulé"):
        vote(poll, people.enrolments["amina"], "half")
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("code", ["", "autre", "HALF"])
def test_an_answer_of_nowhere_consumes_nothing(people, code):
    poll = put_to_vote(people)
    with pytest.raises(Refused, match="pas proposée"):
        vote(poll, people.enrolments["amina"], code)
    assert not Ballot.objects.exists()


def test_an_answer_of_another_poll_is_refused(people):
    """Round two has two options left: the third one's code belongs to round one only."""
    poll = put_to_vote(people)
    voters = [people.enrolments["amina"], people.enrolments["bastien"]]
    for enrolment, code in zip(voters, ("half", "hours"), strict=True):
        vote(poll, enrolment, code)
    close(poll)
    again = opening.open_next_round(
        poll=poll,
        closes_at=CLOSES_AT + dt.timedelta(days=2),
        actor=people.actor("driss"),
        at=CLOSES_AT + dt.timedelta(hours=1),
    )
    with pytest.raises(Refused, match="pas proposée"):
        vote(again, voters[0], "equal", at=CLOSES_AT + dt.timedelta(hours=2))
    assert make.Statutes.objects.count() == 2  # nothing else was written beside
    assert Ballot.objects.filter(elector__poll=again).count() == 0
