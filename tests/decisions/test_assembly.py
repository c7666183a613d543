"""Convened, held, closed: who is there counts, and votes opened in the room are the assembly's."""

import datetime as dt

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.models import TransitionLog
from decisions.models import AgendaItem, Assembly, Elector
from decisions.services import assemblies, opening, polls
from decisions.services.counting import counted, open_ballots, present
from tests.decisions.assembly import CLOSES_AT, close, fill, vote
from tests.decisions.meeting import (
    IN_THE_ROOM,
    STARTS_AT,
    closed,
    convened,
    opened,
    proposal_of,
    put_to_vote_in,
)
from tests.factories import NOW


@pytest.fixture
def six(people):
    return fill(people.a.cohort, 6)


def test_it_is_convened_with_its_agenda(people):
    assembly = convened(people, proposal_of(people))
    assert [one.title for one in assembly.agenda.all()] == [
        "Comment partager ?",
        "Nouvelles du jardin",
    ]


def test_it_is_not_convened_in_the_past_nor_about_nothing(people):
    with pytest.raises(Refused, match="déjà passé"):
        convened(people, starts_at=NOW)
    with pytest.raises(Refused, match="au moins un point"):
        convened(people, points=["  "])
    assert Assembly.objects.count() == 0


def test_it_opens_under_two_people_who_are_there(people, six):
    assembly = convened(people)
    assemblies.note_attendance(assembly=assembly, present=[six[0].pk, six[1].pk], represented={})

    def open_with(chair, secretary):
        return assemblies.open_assembly(
            assembly=assembly, chair_id=chair.pk, secretary_id=secretary.pk,
            actor=people.actor("driss"), at=STARTS_AT,
        )  # fmt: skip

    with pytest.raises(Refused, match="deux personnes"):
        open_with(six[0], six[0])
    with pytest.raises(Refused, match="sont présents"):
        open_with(six[0], six[2])
    assert not TransitionLog.objects.filter(model="decisions.assembly").exists()
    for _twice in range(2):
        open_with(six[0], six[1])
    assert TransitionLog.objects.filter(model="decisions.assembly").count() == 1


def test_the_sheet_refuses_what_cannot_be(people, six):
    assembly = opened(people, six[:3])
    here = [one.pk for one in six[:3]]

    def note(present, represented=None):
        assemblies.note_attendance(
            assembly=assembly, present=present, represented=represented or {}
        )

    with pytest.raises(Refused, match="n’est pas de la coopérative"):
        note([*here, people.enrolments["chloe"].pk])
    with pytest.raises(Refused, match="représentée par une personne présente"):
        note(here, {six[4].pk: six[5].pk})
    with pytest.raises(Refused, match="nombre de voix"):
        note(here, {six[4].pk: here[0], six[5].pk: here[0]})
    with pytest.raises(Refused, match="La présidence et le secrétariat"):
        note(here[1:])
    assert assembly.attendances.filter(presence="present").count() == 3


def test_a_vote_opened_in_the_room_is_the_assembly_s_and_presence_counts(people, six):
    proposal = proposal_of(people)
    assembly = opened(people, six[:3], proposal, represented={six[3].pk: six[2].pk})
    poll = put_to_vote_in(people, proposal)
    assert AgendaItem.objects.get(assembly=assembly, proposal=proposal).poll == poll
    assert present(poll) == 4  # three present, one represented, nobody has voted yet
    vote(poll, six[0], "half", at=IN_THE_ROOM)  # present and voting: once
    vote(poll, six[4], "half", at=IN_THE_ROOM)  # from home
    assert present(poll) == 5
    assert Elector.objects.filter(used=True).count() == 2
    outcome = close(poll)
    assert (outcome.tally["present"], outcome.tally["cast"]) == (5, 2)


def test_a_vote_under_way_joins_the_assembly_that_opens(people, six):
    proposal = proposal_of(people)
    poll = opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=NOW
    )
    other = proposal_of(people, "Autre question ?")
    opened(people, six[:3], other)
    assert present(poll) == 0  # not on its agenda: presence is nothing to it


def test_who_left_the_roll_or_never_was_on_it_does_not_make_quorum(people, six):
    proposal = proposal_of(people)
    opened(people, six[:3], proposal)
    poll = put_to_vote_in(people, proposal)
    newcomer = fill(people.a.cohort, 7)[-1]
    assembly = Assembly.objects.get()
    here = [*(one.pk for one in six[:3]), newcomer.pk]
    assemblies.note_attendance(assembly=assembly, present=here, represented={})
    assert present(poll) == 3


def test_who_comes_after_the_count_changes_nothing_of_it(people, six):
    proposal = proposal_of(people)
    assembly = opened(people, six[:3], proposal)
    poll = put_to_vote_in(people, proposal)
    outcome = polls.close_poll(
        poll=poll, actor=people.actor("driss"), at=IN_THE_ROOM + dt.timedelta(1), reason="Fini"
    )
    everybody = [one.pk for one in six]
    assemblies.note_attendance(assembly=assembly, present=everybody, represented={})
    assert counted(poll, open_ballots(poll)) == outcome.tally


def test_a_next_round_is_a_point_of_its_own(people, six):
    proposal = proposal_of(people)
    assembly = opened(people, six[:4], proposal)
    poll = put_to_vote_in(people, proposal)
    vote(poll, six[0], "half", at=IN_THE_ROOM)
    vote(poll, six[1], "hours", at=IN_THE_ROOM)
    later = IN_THE_ROOM + dt.timedelta(minutes=5)
    polls.close_poll(poll=poll, actor=people.actor("driss"), at=later, reason="En salle")
    again = opening.open_next_round(
        poll=poll, closes_at=CLOSES_AT, actor=people.actor("driss"), at=later
    )
    last = assembly.agenda.order_by("-position")[0]
    assert (last.poll, last.title) == (again, "Comment partager ?, tour 2")


def test_once_closed_the_sheet_is_frozen(people, six):
    assembly = closed(people, opened(people, six[:3]))
    with pytest.raises(Frozen):
        assemblies.note_attendance(assembly=assembly, present=[], represented={})
    assert assembly.attendances.filter(presence="present").count() == 3


def test_one_that_has_begun_is_not_called_off(people, six):
    assembly = opened(people, six[:2])
    with pytest.raises(Refused):
        assemblies.cancel_assembly(assembly=assembly, actor=people.actor("driss"), at=STARTS_AT)


def test_it_is_run_from_the_pages(people, enter):
    driss = enter("driss")
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    page = reverse("decisions:assemblies", args=[people.a.cohort.pk])
    sent = {
        "day": "2026-11-26", "hour": "14:00", "place": "Le local", "points": "Le bilan\nLa suite",
        "submission_key": "5b0f0f5e-0000-4000-8000-000000000001",
    }  # fmt: skip
    assert driss.post(page, sent).status_code == 302
    assembly = Assembly.objects.get()
    at = {name: reverse(f"decisions:{name}", args=[assembly.pk]) for name in (
        "assembly", "attendance", "open_assembly", "debate", "close_assembly"
    )}  # fmt: skip
    assert driss.post(
        at["attendance"], {f"p{amina.pk}": "present", f"p{bastien.pk}": "present"}
    ).status_code == 302  # fmt: skip
    driss.post(at["open_assembly"], {"chair": amina.pk, "secretary": bastien.pk})
    # The secretary writes on their own phone; the chair does not.
    point = assembly.agenda.first()
    assert enter("amina").get(at["debate"]).status_code == 403
    enter("bastien").post(at["debate"], {f"d{point.pk}": "On est contents.", "new_point": "Fête"})
    assert [one.title for one in assembly.agenda.all()] == ["Le bilan", "La suite", "Fête"]
    assert "On est contents." in enter("amina").get(at["assembly"]).content.decode()
    driss.post(at["close_assembly"])
    assembly.refresh_from_db()
    assert assembly.state == "closed"


@pytest.mark.parametrize("name", ["assembly", "attendance", "debate", "sign_minutes", "minutes"])
def test_it_is_unknown_elsewhere(people, enter, six, name):
    assembly = opened(people, six[:2])
    address = reverse(f"decisions:{name}", args=[assembly.pk])
    for stranger in ("chloe", "dalia", "elsa", "nora"):
        assert enter(stranger).get(address).status_code == 404
