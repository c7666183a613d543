"""Papers of a secret vote: ticked first, typed by two in turn, then in the urn like any other ballot."""

import pytest
from django.core.exceptions import PermissionDenied

from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Elector, Poll, RoomCount, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import paper_ballots, proxies, room, urn
from decisions.services.due import close_due
from decisions.services.paper_ballots import Typed
from tests.decisions.assembly import CLOSES_AT, actor_of, close, fill, put_to_vote
from tests.decisions.meeting import IN_THE_ROOM, proposal_of
from tests.decisions.secrecy.papers import (
    PAPERS,
    both_type,
    cast,
    complaints,
    in_assembly,
    sealed,
    state_of,
    tick,
    type_in,
)
from tests.decisions.test_at_once import together
from tests.factories import NOW


def test_papers_and_phones_make_one_urn(people, eight, poll):
    cast(poll, eight[3], "hours")
    tick(poll, *eight[:3])
    assert complaints() == []
    assert both_type(poll, people.actor("driss"), actor_of(eight[4])) == (Typed.AGREED, ())
    assert sorted(str(one) for one in urn.read(poll)) == sorted(
        str(one) for one in [*PAPERS, {"choice": "hours"}]
    )
    assert Elector.objects.filter(used=True, channel="paper").count() == 3
    cast(poll, eight[6])
    assert complaints() == []
    outcome = close(poll)
    assert outcome.winner.code == "half" and outcome.tally["present"] == 7
    assert complaints() == []


def test_papers_of_a_sealed_vote_are_sealed_one_by_one_and_counted(people, eight):
    vote = sealed(people, eight)
    vote.cast(eight[3], "hours")
    tick(vote.poll, *eight[:3])
    assert both_type(vote.poll, people.actor("driss"), actor_of(eight[4])).said == Typed.AGREED
    contents = list(UrnBallot.objects.values_list("content", flat=True))
    assert len({*contents}) == 4 and len({len(one) for one in contents}) == 1
    vote.close()
    vote.open(1)
    outcome = vote.open(2)
    assert outcome.tally["present"] == 6 and len(vote.fresh().board) == 4
    assert outcome.tally["outcome"] == "no_winner"  # two each
    assert complaints() == []


# --- ticked, and what is refused


def test_who_is_ticked_does_not_vote_on_a_phone_too(eight, poll):
    tick(poll, *eight[:3])
    before = state_of(poll)
    with pytest.raises(Refused, match="comptée dans la salle"):
        cast(poll, eight[0])
    assert state_of(poll) == before
    tick(poll, *eight[1:3])
    cast(poll, eight[0])


def test_who_voted_on_a_phone_is_not_ticked(eight, poll):
    cast(poll, eight[0])
    before = state_of(poll)
    with pytest.raises(Refused, match="déjà voté"):
        tick(poll, *eight[:3])
    assert state_of(poll) == before


def test_who_is_elsewhere_is_not_ticked(people, eight, poll):
    with pytest.raises(Refused, match="n’est pas dans la salle"):
        tick(poll, eight[0], eight[7])
    with pytest.raises(Refused, match="n’est pas sur la liste"):
        tick(poll, people.enrolments["chloe"])
    with pytest.raises(Refused, match="Le vote est fini"):
        tick(poll, eight[0], at=CLOSES_AT)
    assert not Elector.objects.filter(channel="paper").exists()


def test_hands_and_papers_are_not_of_the_same_votes(people, eight, poll):
    with pytest.raises(Refused, match="à main levée"):
        room.tick(poll=poll, enrolment_ids=[eight[0].pk], at=IN_THE_ROOM)
    with pytest.raises(Refused, match="on compte les mains"):
        paper_ballots.require_paper(Poll(secrecy="open"))


def test_without_an_assembly_there_are_no_papers(people, eight, secret_kept_here):
    alone = put_to_vote(people, terms=Terms(secrecy="secret"))
    with pytest.raises(Refused, match="pendant une assemblée"):
        tick(alone, *eight[:3])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_or_two_papers_are_sent_to_the_shared_device(people, eight, poll, number):
    tick(poll, *eight[:number])
    with pytest.raises(Refused, match="l’appareil prêté dans la salle"):
        type_in(poll, people.actor("driss"), PAPERS[:number])
    assert not RoomCount.objects.exists()


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        (PAPERS[:2], "2 bulletins pour 3 personnes"),
        ([*PAPERS, {"blank": True}], "4 bulletins pour 3 personnes"),
        ([*PAPERS[:2], {"choice": "nobody"}], "pas proposée"),
        ([*PAPERS[:2], {}], "pas proposée"),
    ],
)
def test_papers_that_cannot_be_are_refused_and_change_nothing(
    people, eight, poll, papers, sentence
):
    tick(poll, *eight[:3])
    before = state_of(poll)
    with pytest.raises(Refused, match=sentence):
        type_in(poll, people.actor("driss"), papers)
    assert state_of(poll) == before and not RoomCount.objects.exists()


def test_one_teller_alone_twice_puts_nothing_in(people, eight, poll):
    tick(poll, *eight[:3])
    first = type_in(poll, people.actor("driss"))
    again = type_in(poll, people.actor("driss"), PAPERS, first.words)
    assert first.said == again.said == Typed.WAITING and first.words != again.words
    assert not UrnBallot.objects.exists()
    with pytest.raises(Refused, match="pas les quatre mots"):  # of the typing that was replaced
        type_in(poll, actor_of(eight[1]), PAPERS, first.words)
    assert type_in(poll, actor_of(eight[1]), PAPERS, again.words).said == Typed.AGREED


def test_the_second_teller_needs_the_words_of_the_first(people, eight, poll):
    tick(poll, *eight[:3])
    words = type_in(poll, people.actor("driss")).words
    rows = list(RoomCount.objects.values())
    for wrong in ((), words[:3], words[::-1], paper_ballots.draw_spoken()):
        with pytest.raises(Refused, match="quatre mots") as refused:
            type_in(poll, actor_of(eight[1]), PAPERS, wrong)
        assert refused.value.field == "spoken"
    assert list(RoomCount.objects.values()) == rows and not UrnBallot.objects.exists()


def test_papers_read_differently_are_counted_again(people, eight, poll):
    tick(poll, *eight[:3])
    words = type_in(poll, people.actor("driss")).words
    other = [{"choice": "half"}, {"choice": "hours"}, {"choice": "hours"}]
    assert type_in(poll, actor_of(eight[1]), other, words).said == Typed.DIFFERENT
    assert not UrnBallot.objects.exists() and not Elector.objects.filter(used=True).exists()
    assert set(RoomCount.objects.values_list("discarded", "digest")) == {(True, "")}
    assert complaints() == []
    assert both_type(poll, actor_of(eight[1]), people.actor("driss")).said == Typed.AGREED


def test_only_tellers_type(people, eight, poll):
    tick(poll, *eight[:3])
    for stranger in (
        actor_of(eight[7]), people.actor("dalia"), people.actor("helene"), people.actor("chloe"),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            type_in(poll, stranger)
    assert not RoomCount.objects.exists()


def test_ticks_that_change_discard_what_was_typed_and_then_freeze(people, eight, poll):
    tick(poll, *eight[:3])
    type_in(poll, people.actor("driss"))
    tick(poll, *eight[:4])
    assert not RoomCount.objects.filter(discarded=False).exists()
    assert not RoomCount.objects.exclude(digest="").exists()
    tick(poll, *eight[:3])
    both_type(poll, people.actor("driss"), actor_of(eight[1]))
    before = state_of(poll)
    with pytest.raises(Frozen):
        tick(poll, *eight[:2])
    with pytest.raises(Frozen):
        type_in(poll, people.actor("driss"))
    assert state_of(poll) == before


def test_a_vote_whose_papers_are_not_typed_does_not_close(people, eight, poll):
    tick(poll, *eight[:3])
    with pytest.raises(Refused, match="3 personnes sont cochées sur papier"):
        close(poll)
    assert close_due(at=CLOSES_AT) == 0
    both_type(poll, people.actor("driss"), actor_of(eight[1]))
    assert close_due(at=CLOSES_AT) == 1
    with pytest.raises(Refused, match="n’est pas ouvert"):
        type_in(poll, people.actor("driss"))


def test_a_carried_voice_is_a_paper_of_its_own(people, eight, secret_kept_here):
    proposal = proposal_of(people)
    proxies.give_proxy(
        proposal=proposal, giver=eight[7], holder=eight[0], actor=actor_of(eight[7]), at=NOW
    )
    poll = put_to_vote(people, terms=Terms(secrecy="secret"))
    poll = in_assembly(people, eight, poll)
    Elector.objects.filter(poll=poll, enrolment=eight[7]).update(proxy_holder=eight[0])
    tick(poll, eight[0], eight[1], eight[7])
    both_type(poll, people.actor("driss"), actor_of(eight[1]))
    assert Elector.objects.filter(used=True, channel="paper").count() == 3


# --- the invariant


def test_a_room_and_a_roll_that_differ_are_told(people, eight, poll):
    tick(poll, *eight[:3])
    both_type(poll, people.actor("driss"), actor_of(eight[1]))
    assert complaints() == []
    RoomCount.objects.filter(teller=people.driss).update(papers=2)
    assert ["la salle" in line for line in complaints()] == [True]
    RoomCount.objects.filter(teller=people.driss).delete()
    assert ["la salle" in line for line in complaints()] == [True]
    RoomCount.objects.all().delete()
    assert ["la salle" in line for line in complaints()] == [True]


# --- at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_tick_races_a_phone_and_a_person_votes_once(people):
    eight = fill(people.a.cohort, 8)
    poll = in_assembly(people, eight, put_to_vote(people, terms=Terms(secrecy="secret")))
    on_paper = []
    for number, person in enumerate(eight):
        acts = [lambda p=person: cast(poll, p), lambda a=(*on_paper, person): tick(poll, *a)]
        answers = together(*acts[:: 1 if number % 2 else -1])
        assert sum(isinstance(answer, Refused) for answer in answers) == 1
        line = Elector.objects.get(poll=poll, enrolment=person)
        assert line.channel == ("phone" if line.used else "paper")
        on_paper += [person] if line.channel == "paper" else []
        by_phone = Elector.objects.filter(poll=poll, used=True).count()
        assert UrnBallot.objects.filter(poll=poll).count() == by_phone


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_tellers_at_once_put_the_papers_in_once(people):
    eight = fill(people.a.cohort, 8)
    driss, second, third = people.actor("driss"), actor_of(eight[1]), actor_of(eight[2])
    for _number in range(4):
        poll = in_assembly(people, eight, put_to_vote(people, terms=Terms(secrecy="secret")))
        tick(poll, *eight[:3])
        first = together(*[lambda a=a, p=poll: type_in(p, a) for a in (driss, second)])
        assert sum(isinstance(answer, Refused) for answer in first) == 1
        (words,) = [one.words for one in first if not isinstance(one, Refused)]
        waiting = RoomCount.objects.get(poll=poll, discarded=False).teller_id
        others = [a for a in (driss, second, third) if a.person_id != waiting]
        acts = [lambda a=a, p=poll, w=words: _or_frozen(p, a, w) for a in others * 2]
        answers = together(*acts)
        assert sum(one == (Typed.AGREED, ()) for one in answers) == 1
        assert UrnBallot.objects.filter(poll=poll).count() == 3
        assert Elector.objects.filter(poll=poll, used=True, channel="paper").count() == 3
        assert complaints() == []
        close(poll)


def _or_frozen(poll, actor, words):
    try:
        return type_in(poll, actor, PAPERS, words)
    except Frozen as frozen:
        return frozen
