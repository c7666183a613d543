"""While a vote is open, "quorum atteint" is what the count will say: ballots and the room, no number."""

import re

import pytest
from django.urls import reverse

from decisions.enums import Secrecy
from decisions.rules.terms import Terms
from decisions.selectors import secrecy
from decisions.selectors.running import turnout_of
from decisions.services import assemblies, opening
from decisions.services.counting import present
from tests.decisions.assembly import CLOSES_AT, close, fill, vote
from tests.decisions.meeting import IN_THE_ROOM, opened, proposal_of, put_to_vote_in


@pytest.fixture
def twelve(people):
    """Half of twelve is six."""
    return fill(people.a.cohort, 12)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def reached(poll):
    return turnout_of(poll, IN_THE_ROOM).reached


def test_the_room_and_the_phones_make_the_quorum_together_each_once(people, twelve):
    proposal = proposal_of(people)
    opened(people, twelve[:3], proposal, represented={twelve[3].pk: twelve[0].pk})
    poll = put_to_vote_in(people, proposal)
    vote(poll, twelve[0], "half", at=IN_THE_ROOM)  # sits and votes: once
    assert not reached(poll)
    vote(poll, twelve[8], "half", at=IN_THE_ROOM)
    assert not reached(poll)
    vote(poll, twelve[9], "half", at=IN_THE_ROOM)
    assert reached(poll)
    assert present(poll) == 6
    outcome = close(poll)
    assert (outcome.tally["present"], outcome.tally["quorum"]["reached"]) == (6, True)


def test_it_follows_the_sheet_while_the_sheet_changes(people, twelve):
    proposal = proposal_of(people)
    assembly = opened(people, twelve[:6], proposal)
    poll = put_to_vote_in(people, proposal)
    assert reached(poll)
    assemblies.note_attendance(
        assembly=assembly, present=[one.pk for one in twelve[:5]], represented={}
    )
    assert not reached(poll)


def test_another_assembly_makes_no_quorum(people, twelve):
    poll = opening.open_poll(
        proposal=proposal_of(people), closes_at=CLOSES_AT, actor=people.actor("driss"),
        at=IN_THE_ROOM,
    )  # fmt: skip
    other = proposal_of(people, "Autre question ?")
    opened(people, twelve[:6], other)
    assert not reached(poll)
    assert present(poll) == 0


def test_somebody_off_the_roll_in_the_room_makes_no_quorum(people, twelve):
    proposal = proposal_of(people)
    assembly = opened(people, twelve[:5], proposal)
    poll = put_to_vote_in(people, proposal)
    newcomer = fill(people.a.cohort, 13)[-1]
    here = [*(one.pk for one in twelve[:5]), newcomer.pk]
    assemblies.note_attendance(assembly=assembly, present=here, represented={})
    assert not reached(poll)
    assert present(poll) == 5


def test_the_desk_says_how_many_voted_and_that_the_room_counts(people, twelve, enter):
    proposal = proposal_of(people)
    opened(people, twelve[:6], proposal)
    poll = put_to_vote_in(people, proposal)
    vote(poll, twelve[7], "half", at=IN_THE_ROOM)
    address = reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, poll.pk])
    page = words(enter("driss").get(address))
    assert "1 sur 12 ont voté" in page
    assert "Quorum atteint" in page
    assert "Les personnes présentes ou représentées à l’assemblée comptent." in page


def test_a_secret_vote_says_enough_or_not_and_no_number(people, twelve, enter, monkeypatch):
    monkeypatch.setattr(secrecy, "offered", lambda: tuple(Secrecy))
    proposal = proposal_of(people)
    assembly = opened(people, twelve[:5], proposal)
    poll = opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=IN_THE_ROOM,
        terms=Terms("majority-judgment", {}, "secret"),
    )  # fmt: skip
    turnout = turnout_of(poll, IN_THE_ROOM)
    assert (turnout.voted, turnout.reached) == (None, False)
    desk = reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, poll.pk])
    room = reverse("decisions:assembly", args=[assembly.pk])
    before = words(enter("driss").get(desk)), words(enter("amina").get(room))
    for page in before:
        assert "Quorum pas encore atteint" in page
        assert "sur 12 ont voté" not in page
    assemblies.note_attendance(
        assembly=assembly, present=[one.pk for one in twelve[:6]], represented={}
    )
    for name, address in (("driss", desk), ("amina", room)):
        assert "Quorum atteint" in words(enter(name).get(address))
