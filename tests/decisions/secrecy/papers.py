"""Verbs of papers: who votes so is ticked, two people type them."""

from collections import Counter

from ct_platform.kit.invariants import all_invariants
from decisions.models import Elector, Poll, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import ballots, paper_ballots
from tests.decisions.assembly import actor_of, put_to_vote
from tests.decisions.meeting import IN_THE_ROOM, opened
from tests.decisions.secrecy.sealed import SealedVote

PAPERS = [{"choice": "half"}, {"choice": "half"}, {"choice": "hours"}]


def in_assembly(people, voters, poll, present=6):
    """Eight voters, six in the room; the vote is on the agenda."""
    opened(people, voters[:present], poll.proposal)
    return Poll.objects.get(pk=poll.pk)


def sealed(people, eight, method="choice"):
    vote = SealedVote(put_to_vote(people, terms=Terms(method, {}, "sealed")), eight, {})
    for position in (1, 2, 3):
        vote.take(position)
    vote.poll = in_assembly(people, eight, vote.poll)
    return vote


def tick(poll, *enrolments, at=IN_THE_ROOM):
    return paper_ballots.tick_paper(poll=poll, enrolment_ids=[one.pk for one in enrolments], at=at)


def type_in(poll, actor, papers=PAPERS, words=()):
    return paper_ballots.type_papers(poll=poll, papers=papers, actor=actor, spoken=" ".join(words))


def both_type(poll, first, second, papers=PAPERS):
    words = type_in(poll, first, papers).words
    return type_in(poll, second, papers[::-1], words)


def cast(poll, voter, choice="half"):
    return ballots.cast(poll=poll, ballot={"choice": choice}, actor=actor_of(voter), at=IN_THE_ROOM)


def complaints():
    return [
        found
        for one in all_invariants()
        if one.code.startswith("decisions")
        for found in one.check()
    ]


def state_of(poll):
    lines = list(Elector.objects.filter(poll=poll).order_by("pk").values_list("used", "channel"))
    return lines, Counter(UrnBallot.objects.filter(poll=poll).values_list("content", flat=True))
