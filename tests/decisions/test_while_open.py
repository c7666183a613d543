"""What cannot happen to a vote while it is open, or once its hour has passed, whatever is tried."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.models import Ballot, Outcome, Poll, PollOption
from decisions.rules.terms import Terms
from decisions.services import opening, polls
from decisions.services.due import close_due
from decisions.services.proposals import write_proposal, write_version
from tests.decisions.assembly import CLOSES_AT, close, fill
from tests.decisions.questions import say
from tests.factories import NOW

EARLIER = CLOSES_AT - dt.timedelta(hours=3)
DAYS = ("Lundi", "Mardi", "Mercredi")


@pytest.fixture
def four(people):
    return fill(people.a.cohort, 4)


def answers(*labels):
    return effects.get("pick").settings({"answers": list(labels)})


@pytest.fixture
def poll(people, four):
    """Which day? Open, and two have approved Tuesday."""
    proposal = write_proposal(
        cohort=people.a.cohort, title="Quel jour ?", text="", effect_code="pick",
        effect_settings=answers(*DAYS), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    opened = opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=NOW,
        terms=Terms("approval"),
    )  # fmt: skip
    for voter in four[:2]:
        say(opened, voter, approve=["answer-2"])
    return opened


def rewrite(people, poll, *labels, at=NOW):
    return write_version(
        proposal=poll.proposal, text="", effect_settings=answers(*labels), change="Un autre jour.",
        actor=people.actor("driss"), at=at,
    )  # fmt: skip


def refused_by_the_database(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


# Answers.


def test_an_answer_is_neither_deleted_nor_changed_while_people_vote(people, poll):
    tuesday = PollOption.objects.get(poll=poll, code="answer-2")
    refused_by_the_database(tuesday.delete)
    refused_by_the_database(lambda: PollOption.objects.filter(pk=tuesday.pk).update(label="Jeudi"))
    refused_by_the_database(
        lambda: PollOption.objects.create(poll=poll, position=4, code="answer-4", label="Jeudi")
    )
    with pytest.raises(Refused, match="il ne change plus"):
        rewrite(people, poll, "Lundi", "Jeudi")
    assert [one.label for one in poll.options.all()] == list(DAYS)


def test_another_answer_is_another_round_where_everybody_votes_again(people, four, poll):
    polls.cancel_poll(
        poll=poll, reason="Le mardi, la salle est prise.", actor=people.actor("driss"), at=NOW
    )
    rewrite(people, poll, "Lundi", "Jeudi")
    second = opening.open_poll(
        proposal=poll.proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=NOW,
        terms=Terms("approval"),
    )  # fmt: skip
    assert (second.round, second.version.number) == (2, 2)
    assert [one.label for one in second.options.all()] == ["Lundi", "Jeudi"]
    assert second.electors.filter(used=True).count() == 0
    for voter in four[1:]:
        say(second, voter, approve=["answer-2"])
    outcome = close(second)
    assert (outcome.answer, outcome.tally["detail"]["approvals"]) == (
        "Jeudi",
        {"answer-1": 0, "answer-2": 3},
    )
    # What was said in the first round stays readable, and counts nowhere.
    assert Ballot.objects.filter(elector__poll=poll).count() == 2
    assert not Outcome.objects.filter(poll=poll).exists()


# A clock that goes back.


def test_once_counted_an_earlier_hour_reopens_nothing(people, four, poll):
    outcome = close(poll)
    with pytest.raises(Refused):
        say(poll, four[3], at=EARLIER, approve=["answer-1"])
    assert polls.close_poll(poll=poll, actor=people.actor("driss"), at=EARLIER) == outcome
    assert close_due(at=EARLIER) == 0
    with pytest.raises(Refused):
        polls.cancel_poll(poll=poll, reason="Erreur", actor=people.actor("driss"), at=EARLIER)
    poll.refresh_from_db()
    assert (poll.state, poll.closed_at, Outcome.objects.count()) == ("counted", CLOSES_AT, 1)
    assert Ballot.objects.count() == 2


def test_a_clock_behind_by_a_day_decides_at_the_hour_of_the_vote_all_the_same(people, four, poll):
    """It went back while people voted: the vote lasts longer by the wall, never past its own hour."""
    say(poll, four[2], at=NOW - dt.timedelta(days=1), approve=["answer-2"])
    assert close_due(at=CLOSES_AT - dt.timedelta(seconds=1)) == 0
    assert close_due(at=CLOSES_AT + dt.timedelta(days=1)) == 1
    poll.refresh_from_db()
    assert (poll.state, poll.closed_at) == ("counted", CLOSES_AT)
    assert poll.outcome.tally["cast"] == 3


def test_a_clock_that_goes_back_ends_no_vote_within_its_notice(people, poll):
    statutes = poll.statutes
    type(statutes).objects.filter(pk=statutes.pk).update(notice_hours=24)
    with pytest.raises(Refused, match="délai prévu"):
        polls.close_poll(
            poll=Poll.objects.get(pk=poll.pk), actor=people.actor("driss"),
            at=NOW - dt.timedelta(hours=1), reason="Pressé",
        )  # fmt: skip
    poll.refresh_from_db()
    assert poll.state == "open"
