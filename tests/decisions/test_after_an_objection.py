"""An objected text is changed before it is voted again, unless the author takes the objection back."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from ct_platform.kit.errors import Refused
from decisions.models import Ballot, Poll
from decisions.rules.rounds import stuck
from decisions.rules.terms import Terms
from decisions.services import objections, opening
from decisions.services.counting import counted, open_ballots
from decisions.services.proposals import write_version
from tests.decisions.assembly import CLOSES_AT, actor_of, close, fill
from tests.decisions.questions import ask, say

pytestmark = pytest.mark.usefixtures("questions_of_every_kind")
AFTER = CLOSES_AT + dt.timedelta(hours=1)
STANDS = "Une objection reste"


@pytest.fixture
def three(people):
    return fill(people.a.cohort, 3)


def objected(people, three, objectors=(1,)):
    """One consents, the others of `objectors` object; counted on Friday."""
    poll = ask(people, "consent")
    for place, voter in enumerate(three):
        if place in objectors:
            say(poll, voter, voice="objection", text=f"Trop de bruit {place}")
        else:
            say(poll, voter, voice="consent")
    close(poll)
    poll.refresh_from_db()
    return poll


def again(people, poll, days=2):
    return opening.open_next_round(
        poll=poll,
        closes_at=CLOSES_AT + dt.timedelta(days=days),
        actor=people.actor("driss"),
        at=AFTER,
    )


def lift(poll, enrolment, at=AFTER):
    return objections.lift(poll=poll, actor=actor_of(enrolment), at=at)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("outcome", "changed", "method", "standing", "expected"),
    [
        ("objected", False, "consent", True, True),
        ("objected", False, "consent", False, False),
        ("objected", True, "consent", True, False),
        ("objected", False, "majority", True, False),  # the fallback declared for that day
        ("rejected", False, "majority", False, True),
        ("rejected", True, "majority", False, False),
        ("tie", False, "choice", False, False),
        ("quorum_missed", False, "consent", True, False),
    ],
)
def test_what_waits_for_another_text(outcome, changed, method, standing, expected):
    assert stuck(outcome, changed=changed, terms=Terms(method), standing=standing) is expected


def test_the_same_text_is_not_voted_again_while_an_objection_stands(people, three):
    poll = objected(people, three)
    with pytest.raises(Refused, match=STANDS):
        again(people, poll)
    assert Poll.objects.count() == 1


def test_another_text_opens_another_round(people, three):
    poll = objected(people, three)
    write_version(
        proposal=poll.proposal, text="Le marché, de 9 h à 13 h.", effect_settings={"n": 1},
        change="Une heure plus tard.", actor=people.actor("driss"), at=AFTER,
    )  # fmt: skip
    second = again(people, poll)
    assert (second.round, second.version.number, second.method) == (2, 2, "consent")


def test_its_author_takes_it_back_and_the_same_text_is_voted_again(people, three):
    poll = objected(people, three)
    lift(poll, three[1])
    second = again(people, poll)
    assert (second.round, second.version_id) == (2, poll.version_id)


def test_one_of_two_authors_is_not_enough(people, three):
    poll = objected(people, three, objectors=(1, 2))
    lift(poll, three[1])
    with pytest.raises(Refused, match=STANDS):
        again(people, poll)
    lift(poll, three[2])
    assert again(people, poll).round == 2


def test_nobody_takes_back_the_objection_of_another(people, three):
    poll = objected(people, three)
    for other in (three[0], three[2]):
        with pytest.raises(Refused, match="pas d’objection"):
            lift(poll, other)
    for name in ("driss", "chloe"):
        with pytest.raises(Refused, match="pas d’objection"):
            objections.lift(poll=poll, actor=people.actor(name), at=AFTER)
    assert not Ballot.objects.filter(lifted_at__isnull=False).exists()


def test_taking_it_back_changes_neither_ballot_nor_count(people, three):
    poll = objected(people, three)
    before = poll.outcome.tally
    first = lift(poll, three[1])
    assert lift(poll, three[1], at=AFTER + dt.timedelta(hours=1)).lifted_at == first.lifted_at
    assert first.content["state"] == "open"
    assert counted(poll, open_ballots(poll)) == before


def test_before_the_count_one_settles_and_after_the_next_round_nothing_is_awaited(people, three):
    poll = ask(people, "consent")
    say(poll, three[1], voice="objection", text="Trop de bruit")
    with pytest.raises(Refused, match="n’attend plus"):
        lift(poll, three[1], at=CLOSES_AT - dt.timedelta(hours=2))
    say(poll, three[0], voice="objection", text="Trop tôt")
    close(poll)
    lift(poll, three[0])
    write_version(
        proposal=poll.proposal, text="Autrement.", effect_settings={"n": 1}, change="Tout.",
        actor=people.actor("driss"), at=AFTER,
    )  # fmt: skip
    again(people, poll)
    with pytest.raises(Refused, match="n’attend plus"):
        lift(poll, three[1])


def test_the_pages_ask_the_author_and_tell_the_coordinator(people, three, enter):
    poll = objected(people, three)  # Bastien objects
    page = reverse("decisions:poll", args=[poll.pk])
    settle = reverse("decisions:settle_objection", args=[poll.pk])
    desk = reverse("decisions:next_round", args=[people.a.cohort.pk, poll.pk])
    with time_machine.travel(AFTER, tick=False):
        waiting = words(enter("driss").get(desk))
        assert STANDS in waiting and "Trop de bruit 1" in waiting
        assert "Ouvrir le nouveau tour" not in waiting
        assert "Retirer mon objection" not in words(enter("amina").get(page))
        bastien = enter("bastien")
        assert "Retirer mon objection" in words(bastien.get(page))
        said = words(bastien.post(settle, {"state": "withdrawn"}, follow=True))
        assert "Objection retirée après le vote" in said
        assert "Retirer mon objection" not in said
        assert "Ouvrir le nouveau tour" in words(enter("driss").get(desk))
