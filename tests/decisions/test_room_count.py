"""Hands and phones in one count: ticked first, typed by two, or it does not count."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Ballot, Elector, Poll, RoomCount
from decisions.services import ballots, proxies, room
from decisions.services.due import close_due
from decisions.services.room import Counted
from tests.at_once import together
from tests.decisions.assembly import CLOSES_AT, actor_of, close, fill, vote
from tests.decisions.meeting import IN_THE_ROOM, opened, proposal_of, put_to_vote_in
from tests.factories import NOW

HANDS = {"half": 2, "hours": 1}


@pytest.fixture
def six(people):
    return fill(people.a.cohort, 6)


@pytest.fixture
def poll(people, six):
    """Four in the room, two at home; the vote is on the agenda."""
    proposal = proposal_of(people)
    opened(people, six[:4], proposal)
    return put_to_vote_in(people, proposal)


def tick(poll, *enrolments, at=IN_THE_ROOM):
    return room.tick(poll=poll, enrolment_ids=[one.pk for one in enrolments], at=at)


def count(poll, actor, **figures):
    return room.type_hands(poll=poll, figures=figures or HANDS, actor=actor)


def test_the_room_and_the_phones_make_one_count(people, six, poll):
    vote(poll, six[3], "hours", at=IN_THE_ROOM)  # in the room, on a phone
    vote(poll, six[4], "half", at=IN_THE_ROOM)  # from home
    tick(poll, *six[:3])
    assert count(poll, people.actor("driss")) == Counted.WAITING
    assert count(poll, actor_of(six[1])) == Counted.AGREED
    outcome = close(poll)
    assert outcome.tally["detail"]["votes"] == {"equal": 0, "half": 3, "hours": 2}
    assert outcome.tally["cast"] == Elector.objects.filter(used=True).count() == 5


def test_who_is_ticked_does_not_vote_on_a_phone_too(people, six, poll):
    tick(poll, *six[:3])
    with pytest.raises(Refused, match="comptée dans la salle"):
        vote(poll, six[0], "half", at=IN_THE_ROOM)
    assert Ballot.objects.count() == 0
    tick(poll, *six[1:3])  # unticked: free again
    vote(poll, six[0], "half", at=IN_THE_ROOM)


def test_who_voted_on_a_phone_is_not_ticked(people, six, poll):
    vote(poll, six[0], "half", at=IN_THE_ROOM)
    with pytest.raises(Refused, match="déjà voté"):
        tick(poll, *six[:3])
    assert not Elector.objects.filter(channel="room").exists()


def test_who_is_not_in_the_room_is_not_ticked(people, six, poll):
    with pytest.raises(Refused, match="n’est pas dans la salle"):
        tick(poll, six[0], six[5])
    with pytest.raises(Refused, match="n’est pas sur la liste"):
        tick(poll, people.enrolments["chloe"])


def test_a_carried_voice_is_a_hand_of_its_own(people):
    six = fill(people.a.cohort, 6)
    proposal = proposal_of(people)
    proxies.give_proxy(
        proposal=proposal, giver=six[5], holder=six[0], actor=actor_of(six[5]), at=NOW
    )
    opened(people, six[:3], proposal, represented={six[5].pk: six[0].pk})
    poll = put_to_vote_in(people, proposal)
    tick(poll, six[0], six[1], six[5])
    for teller in (people.actor("driss"), actor_of(six[1])):
        count(poll, teller)
    assert Elector.objects.filter(used=True, channel="room").count() == 3


def test_unequal_figures_are_both_discarded(people, six, poll):
    tick(poll, *six[:3])
    count(poll, people.actor("driss"), half=2, hours=1)
    assert count(poll, actor_of(six[1]), half=1, hours=2) == Counted.DIFFERENT
    assert RoomCount.objects.filter(discarded=True).count() == 2
    assert Poll.objects.get().room_figures is None
    assert not Elector.objects.filter(used=True).exists()
    count(poll, people.actor("driss"))
    assert count(poll, actor_of(six[0])) == Counted.AGREED


def test_one_teller_alone_never_makes_a_count(people, six, poll):
    tick(poll, *six[:3])
    for _twice in range(2):
        assert count(poll, people.actor("driss")) == Counted.WAITING
    assert Poll.objects.get().room_figures is None


def test_tellers_are_in_the_room_or_run_the_vote(people, six, poll):
    tick(poll, *six[:3])
    for stranger in (actor_of(six[5]), people.actor("dalia"), people.actor("chloe")):
        with pytest.raises(PermissionDenied):
            count(poll, stranger)
    assert RoomCount.objects.count() == 0


def test_as_many_hands_as_people(people, six, poll):
    with pytest.raises(Refused, match="Cochez d’abord"):
        count(poll, people.actor("driss"))
    tick(poll, *six[:3])
    with pytest.raises(Refused, match="4 mains pour 3 personnes"):
        count(poll, people.actor("driss"), half=4)
    with pytest.raises(Refused, match="pas proposée"):
        count(poll, people.actor("driss"), perhaps=3)


def test_ticks_that_change_ask_for_new_figures_and_then_freeze(people, six, poll):
    tick(poll, *six[:3])
    count(poll, people.actor("driss"))
    tick(poll, *six[:4])
    assert not RoomCount.objects.filter(discarded=False).exists()
    tick(poll, *six[:3])
    count(poll, people.actor("driss"))
    count(poll, actor_of(six[1]))
    with pytest.raises(Frozen):
        tick(poll, *six[:2])
    with pytest.raises(Frozen):
        count(poll, actor_of(six[1]))


def test_a_vote_whose_hands_are_not_counted_does_not_close(people, six, poll):
    tick(poll, *six[:3])
    with pytest.raises(Refused, match="3 personnes sont cochées"):
        close(poll)
    assert close_due(at=CLOSES_AT) == 0  # the clock waits too, and tries again
    with pytest.raises(Refused):
        tick(poll, *six[:4], at=CLOSES_AT)  # nobody is added after the hour
    for teller in (people.actor("driss"), actor_of(six[1])):
        count(poll, teller)
    assert close_due(at=CLOSES_AT) == 1


def test_without_an_assembly_there_are_no_hands(people, six):
    proposal = proposal_of(people)
    poll = put_to_vote_in(people, proposal)
    with pytest.raises(Refused, match="pendant une assemblée"):
        tick(poll, six[0])


def test_the_page_never_shows_what_the_other_teller_typed(people, enter, poll):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    address = reverse("decisions:hands", args=[poll.agenda_items.get().assembly_id, poll.pk])
    driss = enter("driss")
    assert driss.post(address, {"cocher": "1", "ticked": [amina.pk, bastien.pk]}).status_code == 302
    driss.post(address, {"compter": "1", "n0": 0, "n1": 2, "n2": 0, "n3": 0})
    seen = enter("amina").get(address).content.decode()
    assert "Tape les tiens" in seen and 'value="2"' not in seen
    assert enter("amina").post(address, {"cocher": "1", "ticked": []}).status_code == 403
    enter("amina").post(address, {"compter": "1", "n0": 0, "n1": 1, "n2": 1, "n3": 0})
    assert "On recompte les mains" in enter("amina").get(address).content.decode()
    assert enter("chloe").get(address).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_tick_races_a_phone_and_a_person_votes_once(people):
    six = fill(people.a.cohort, 6)
    proposal = proposal_of(people)
    opened(people, six[:4], proposal)
    poll, me = put_to_vote_in(people, proposal), actor_of(six[0])
    for number in range(20):

        def phone():
            return ballots.cast(poll=poll, ballot={"choice": "half"}, actor=me, at=IN_THE_ROOM)

        def hand():
            return tick(poll, six[0])

        answers = together(*([phone, hand] if number % 2 else [hand, phone]))
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        line = Elector.objects.get(poll=poll, enrolment=six[0])
        assert len(refused) == 1
        assert Ballot.objects.filter(elector=line).exists() == (line.channel == "phone")
        if line.channel == "phone":
            return
        tick(poll)
    raise AssertionError("the phone never won in twenty races")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_tellers_at_once_make_one_count(people):
    six = fill(people.a.cohort, 6)
    for number in range(5):
        proposal = proposal_of(people, f"Question {number} ?")
        opened(people, six[:4], proposal)
        poll = put_to_vote_in(people, proposal)
        tick(poll, *six[:3])
        answers = together(
            lambda poll=poll: count(poll, people.actor("driss")),
            lambda poll=poll: count(poll, actor_of(six[1])),
        )
        assert sorted(answers) == [Counted.AGREED, Counted.WAITING]
        assert Elector.objects.filter(poll=poll, used=True).count() == 3
        close(poll)
