"""The quorum of a sealed vote is judged by the presence noted at closing, then and at the count."""

from decisions.enums import OutcomeKind
from decisions.services import assemblies
from tests.decisions.meeting import opened
from tests.decisions.secrecy.papers import complaints
from tests.decisions.secrecy.sealed import seal


def test_a_quorum_reached_at_closing_is_reached_at_the_count(people):
    """The sheet of presences changes until the assembly closes; the vote is already closed."""
    vote = seal(people)
    sheet = opened(people, vote.voters[:6], vote.poll.proposal)
    for voter in vote.voters[2:5]:
        vote.cast(voter)
    assert vote.close() is None  # six in the room, three of them voted: quorum six of twelve
    assert vote.fresh().closing_presence == 6
    chair, secretary = (one.pk for one in vote.voters[:2])
    assemblies.note_attendance(assembly=sheet, present=[chair, secretary], represented={})
    vote.open(1)
    outcome = vote.open(3)
    assert outcome.kind == OutcomeKind.ELECTED and outcome.tally["present"] == 6
    assert complaints() == []


def test_who_comes_after_the_closing_does_not_make_the_quorum(people):
    vote = seal(people)
    sheet = opened(people, vote.voters[:4], vote.poll.proposal)
    vote.cast(vote.voters[0])
    outcome = vote.close()
    assert outcome.kind == OutcomeKind.QUORUM_MISSED and outcome.tally["present"] == 4
    everybody = [one.pk for one in vote.voters]
    assemblies.note_attendance(assembly=sheet, present=everybody, represented={})
    assert vote.fresh().closing_presence == 4 and complaints() == []
