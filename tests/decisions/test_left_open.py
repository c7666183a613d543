"""A vote that ends after its assembly: the minutes wait for it, or it goes on without the assembly."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.models import TransitionLog
from decisions.models import AgendaItem, Assembly, Poll
from decisions.selectors.assemblies import votes_pending
from decisions.services import assemblies, opening, polls, room
from decisions.services.counting import present
from decisions.services.minutes_text import text_of
from documents.models import Document
from documents.services.render import draw
from tests.decisions.assembly import CLOSES_AT, actor_of, close, fill, vote
from tests.decisions.meeting import (
    AFTER,
    IN_THE_ROOM,
    closed,
    convened,
    opened,
    proposal_of,
    put_to_vote_in,
    sign,
)
from tests.payroll.golden_slips import text_of as words_of


@pytest.fixture
def six(people):
    return fill(people.a.cohort, 6)


@pytest.fixture
def meeting(people, six):
    """Three in the room; a vote opened there that ends on Friday; the assembly is over at noon."""
    proposal = proposal_of(people)
    assembly = opened(people, six[:3], proposal)
    put_to_vote_in(people, proposal)
    return assembly


def rise(people, assembly, at=IN_THE_ROOM):
    return assemblies.close_assembly(assembly=assembly, actor=people.actor("driss"), at=at)


def point_of(assembly):
    return assembly.agenda.get(proposal__isnull=False)


def leave(people, assembly, at=IN_THE_ROOM):
    return assemblies.leave_open(point=point_of(assembly), actor=people.actor("driss"), at=at)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_minutes_wait_and_say_for_which_vote(people, six, meeting):
    rise(people, meeting)
    assert [one.title for one in votes_pending(meeting)] == ["Comment partager ?"]
    with pytest.raises(Refused, match="On signe après son résultat : Comment partager"):
        sign(meeting, six[0])


def test_left_open_the_minutes_are_signed_on_the_spot(people, six, meeting):
    leave(people, meeting)
    rise(people, meeting)
    for one in six[:2]:
        sign(meeting, one)
    meeting.refresh_from_db()
    assert meeting.state == "signed"
    assert Poll.objects.get().state == "open"
    paper = " ".join(words_of(draw(Document.objects.get())).split())
    assert "l’assemblée le laisse ouvert jusqu’à vendredi 27 novembre, 18 h." in paper
    assert "Son résultat s’écrira dans le registre des décisions." in paper
    assert "On choisit une règle pour la prochaine paie." in paper
    assert Poll.objects.get().roll_hash in paper


def test_the_text_does_not_change_when_the_vote_is_counted_later(people, six, meeting):
    leave(people, meeting)
    rise(people, meeting)
    before = text_of(meeting)
    for one in six[:4]:
        vote(Poll.objects.get(), one, "half", at=IN_THE_ROOM)
    assert close(Poll.objects.get()).kind == "elected"
    assert text_of(meeting) == before
    assert "half" not in str(before)


def test_the_room_no_longer_makes_its_quorum(people, six, meeting):
    poll = Poll.objects.get()
    vote(poll, six[0], "half", at=IN_THE_ROOM)
    assert present(poll) == 3
    leave(people, meeting)
    assert present(poll) == 1
    vote(poll, six[5], "half", at=IN_THE_ROOM)
    assert close(poll).kind == "quorum_missed"


def test_another_assembly_takes_it_up(people, six, meeting):
    leave(people, meeting)
    rise(people, meeting)
    tomorrow = IN_THE_ROOM + dt.timedelta(days=1)
    second = convened(people, Poll.objects.get().proposal, starts_at=tomorrow, at=IN_THE_ROOM)
    assemblies.note_attendance(assembly=second, present=[one.pk for one in six[:4]], represented={})
    assemblies.open_assembly(
        assembly=second, chair_id=six[0].pk, secretary_id=six[1].pk,
        actor=people.actor("driss"), at=tomorrow,
    )  # fmt: skip
    assert point_of(second).poll == Poll.objects.get()
    assert present(Poll.objects.get()) == 4
    for one in six[:2]:
        sign(meeting, one)
    assert Assembly.objects.get(pk=meeting.pk).state == "signed"


def test_leaving_it_open_twice_is_leaving_it_once(people, meeting):
    first, again = leave(people, meeting), leave(people, meeting)
    assert first.left_open == again.left_open == Poll.objects.get()
    log = TransitionLog.objects.get(model="decisions.agendaitem")
    assert (log.new, log.by_person_id) == ("left_open", people.driss.pk)


def test_hands_ticked_and_not_counted_keep_it_here(people, six, meeting):
    poll, here = Poll.objects.get(), [one.pk for one in six[:3]]
    room.tick(poll=poll, enrolment_ids=here, at=IN_THE_ROOM)
    with pytest.raises(Refused, match="comptez les mains, ou décochez"):
        leave(people, meeting)
    for teller in (people.actor("driss"), actor_of(six[1])):
        room.type_hands(poll=poll, figures={"half": 2, "hours": 1}, actor=teller)
    leave(people, meeting)
    said = next(one["resolution"] for one in text_of(meeting)["agenda"] if one["resolution"])
    assert said["in_the_room"] == 3
    assert present(poll) == 3  # their voices are in, wherever they sit
    assert close(poll).tally["detail"]["votes"] == {"equal": 0, "hours": 1, "half": 2}


@pytest.mark.parametrize(
    ("at", "sentence"),
    [(CLOSES_AT, "L’heure de ce vote est passée"), (AFTER, "L’heure de ce vote est passée")],
)
def test_a_vote_whose_hour_has_come_is_counted_first(people, meeting, at, sentence):
    with pytest.raises(Refused, match=sentence):
        leave(people, meeting, at=at)
    assert point_of(meeting).poll is not None


def test_a_vote_that_is_over_stays_in_the_minutes(people, six, meeting):
    close(Poll.objects.get())
    with pytest.raises(Refused, match="pas de vote ouvert"):
        leave(people, meeting)


def test_nothing_leaves_once_somebody_signed(people, six):
    """A vote opened after the assembly rose is not its own: what is signed stands alone."""
    first, second = proposal_of(people), proposal_of(people, "Autre question ?")
    assembly = opened(people, six[:3], first, second)
    poll = put_to_vote_in(people, first)
    closed(people, assembly)
    polls.cancel_poll(poll=poll, reason="Erreur", actor=people.actor("driss"), at=AFTER)
    sign(assembly, six[0])
    with pytest.raises(Frozen):
        assemblies.leave_open(
            point=assembly.agenda.get(proposal=first), actor=people.actor("driss"), at=AFTER
        )


def test_a_next_round_in_the_same_room_is_a_point_of_its_own(people, six, meeting):
    leave(people, meeting)
    poll = Poll.objects.get()
    for one, answer in zip(six, ("half", "half", "hours", "hours", "equal", "equal"), strict=True):
        vote(poll, one, answer, at=IN_THE_ROOM)
    close(poll)
    again = opening.open_next_round(
        poll=poll, closes_at=CLOSES_AT + dt.timedelta(days=1), actor=people.actor("driss"), at=AFTER
    )
    rows = AgendaItem.objects.filter(assembly=meeting, proposal=poll.proposal).order_by("position")
    assert [(one.left_open, one.poll) for one in rows] == [(poll, None), (None, again)]


def test_a_point_is_never_both(people, meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(poll__isnull=False).update(left_open=Poll.objects.get())


def test_the_page_lists_the_votes_and_the_coordinator_lets_one_go_on(people, six, meeting, enter):
    rise(people, meeting)
    address = reverse("decisions:assembly", args=[meeting.pk])
    phone = words(enter("amina").get(address))
    assert "Le procès-verbal attend ces votes" in phone
    assert "Jusqu’à vendredi 27 novembre, 18 h." in phone
    assert "Laisser ouvert" not in phone
    driss = enter("driss")
    assert "Laisser ce vote ouvert, hors de l’assemblée" in words(driss.get(address))
    act = reverse("decisions:leave_open", args=[meeting.pk, point_of(meeting).pk])
    assert enter("amina").post(act).status_code == 403
    said = words(driss.post(act, follow=True))
    assert "Ce vote continue sans l’assemblée." in said
    assert "Laissé ouvert jusqu’à vendredi 27 novembre, 18 h" in said
    assert "attend ces votes" not in said
    read = words(enter("amina").get(reverse("decisions:sign_minutes", args=[meeting.pk])))
    assert "l’assemblée le laisse ouvert jusqu’à vendredi 27 novembre, 18 h." in read
    assert "Je signe" in read


def test_a_point_of_another_assembly_is_not_under_this_address(people, six, meeting, enter):
    other = convened(people)
    act = reverse("decisions:leave_open", args=[other.pk, point_of(meeting).pk])
    assert enter("driss").post(act).status_code == 404
    assert point_of(meeting).left_open is None
