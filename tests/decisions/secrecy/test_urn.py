"""A secret vote: one ballot each, for good, in an urn that names nobody."""

import base64
import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import connection
from nacl.secret import SecretBox

from ct_platform.kit import crypto
from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from decisions.enums import OutcomeKind, PollState
from decisions.models import Ballot, BallotChange, Elector, Outcome, Poll, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import ballots, boxes, polls, urn
from tests.decisions.assembly import (
    CLOSES_AT,
    NOW,
    actor_of,
    close,
    fill,
    put_to_vote,
    unguarded,
)


def cast(poll, enrolment, choice="half", at=NOW):
    return ballots.cast(poll=poll, ballot={"choice": choice}, actor=actor_of(enrolment), at=at)


def elsewhere(poll, ballot):
    """This ballot, closed for another poll with the same answers."""
    box = SecretBox(crypto.derived_keys(f"decisions_urnballot|content|{poll.pk + 1}")[0])
    return base64.b64encode(box.encrypt(boxes._padded(ballot, boxes.size_for(poll)))).decode()


def snapshot(poll):
    roll = list(
        Elector.objects.filter(poll=poll).order_by("pk").values_list("pk", "used", "channel")
    )
    return roll, sorted(UrnBallot.objects.filter(poll=poll).values_list("pk", "content"))


def complaints():
    return [
        found
        for one in all_invariants()
        if one.code.startswith("decisions.")
        for found in one.check()
    ]


def test_a_secret_ballot_is_in_the_urn_and_bears_no_name(vote_of):
    vote = vote_of()
    assert cast(vote.poll, vote.voters[0]) == ""
    assert urn.read(vote.poll) == [{"choice": "half"}]
    assert list(Elector.objects.filter(used=True).values_list("enrolment_id", "channel")) == [
        (vote.voters[0].pk, "phone")
    ]
    assert not Ballot.objects.exists() and not BallotChange.objects.exists()
    assert complaints() == []


def test_every_ballot_gets_a_new_key_at_each_vote(vote_of):
    vote = vote_of()
    cast(vote.poll, vote.voters[0], "half")
    before = set(UrnBallot.objects.values_list("pk", flat=True))
    cast(vote.poll, vote.voters[1], "hours")
    after = set(UrnBallot.objects.values_list("pk", flat=True))
    assert len(after) == 2 and not before & after


def test_a_second_ballot_is_refused_and_changes_nothing(vote_of):
    vote = vote_of()
    cast(vote.poll, vote.voters[0], "half")
    before = snapshot(vote.poll)
    for again in ("half", "hours"):
        with pytest.raises(Refused, match="Un vote secret ne se change pas"):
            cast(vote.poll, vote.voters[0], again)
    assert snapshot(vote.poll) == before


@pytest.mark.parametrize(
    "ballot",
    [{}, {"choice": "nobody"}, {"choice": ["half"]}, {"blank": False}, {"approve": ["half"]}],
)
def test_a_malformed_ballot_is_refused_and_the_vote_is_not_consumed(vote_of, ballot):
    vote = vote_of()
    before = snapshot(vote.poll)
    with pytest.raises(Refused):
        ballots.cast(poll=vote.poll, ballot=ballot, actor=actor_of(vote.voters[0]), at=NOW)
    assert snapshot(vote.poll) == before
    cast(vote.poll, vote.voters[0])
    assert UrnBallot.objects.count() == 1


def test_who_is_not_on_the_roll_puts_nothing_in(vote_of, people):
    vote = vote_of()
    with pytest.raises(Refused, match="Ton nom n’y est pas"):
        cast(vote.poll, people.enrolments["chloe"])
    assert not UrnBallot.objects.exists()


@pytest.mark.parametrize("name", ["driss", "helene", "elsa", "nora"])
def test_nobody_but_a_cooperant_casts(vote_of, people, name):
    vote = vote_of()
    with pytest.raises(PermissionDenied):
        ballots.cast(poll=vote.poll, ballot={"choice": "half"}, actor=people.actor(name), at=NOW)
    assert not UrnBallot.objects.exists()


def test_a_ballot_at_the_hour_is_late(vote_of):
    vote = vote_of()
    cast(vote.poll, vote.voters[0], at=CLOSES_AT - dt.timedelta(microseconds=1))
    with pytest.raises(Refused, match="Le vote est fini"):
        cast(vote.poll, vote.voters[1], at=CLOSES_AT)
    assert UrnBallot.objects.count() == 1


def test_it_is_counted_and_the_urn_stands_for_those_who_contest(vote_of):
    vote = vote_of()
    for voter, choice in zip(vote.voters, ["hours"] * 8 + ["half"] * 4, strict=False):
        cast(vote.poll, voter, choice)
    outcome = close(vote.poll)
    assert (outcome.kind, outcome.winner.code) == (OutcomeKind.ELECTED, "hours")
    assert outcome.tally["detail"]["votes"]["hours"] == 8
    assert UrnBallot.objects.count() == 12
    assert complaints() == []


def test_a_recount_that_differs_is_told(vote_of):
    vote = vote_of()
    for voter in vote.voters[:10]:
        cast(vote.poll, voter, "hours")
    close(vote.poll)
    changed = UrnBallot.objects.first()
    [other] = boxes.close_secret(vote.poll, [{"choice": "half"}])
    UrnBallot.objects.filter(pk=changed.pk).update(content=other)
    assert ["recompter" in line for line in complaints()] == [True]


def test_under_ten_ballots_only_the_outcome_is_kept(vote_of):
    vote = vote_of()
    for voter in vote.voters[:9]:
        cast(vote.poll, voter, "hours")
    outcome = close(vote.poll)
    assert outcome.winner.code == "hours"
    assert not {"detail", "blank", "cast", "ranking", "expressed"} & set(outcome.tally)


def test_a_missed_quorum_destroys_the_urn_unopened(vote_of, monkeypatch):
    vote = vote_of()
    for voter in vote.voters[:7]:
        cast(vote.poll, voter, "hours")
    monkeypatch.setattr(urn, "read", lambda poll: pytest.fail("the urn was opened"))
    outcome = close(vote.poll)
    assert outcome.kind == OutcomeKind.QUORUM_MISSED and "detail" not in outcome.tally
    assert not UrnBallot.objects.exists()
    assert Poll.objects.get().urn_wiped_at == CLOSES_AT
    assert complaints() == []


def test_nobody_voted(vote_of):
    vote = vote_of()
    assert close(vote.poll).kind == OutcomeKind.QUORUM_MISSED


@pytest.mark.parametrize("voted", [0, 5, 11, 12])
def test_closing_early_never_tells_whether_everybody_voted(vote_of, people, voted):
    vote, driss = vote_of(12), people.actor("driss")
    for voter in vote.voters[:voted]:
        cast(vote.poll, voter)
    for reason in ("", "  "):
        with pytest.raises(Refused) as refused:
            polls.close_poll(poll=vote.poll, actor=driss, at=NOW, reason=reason)
        assert str(refused.value) == "Écrivez pourquoi finir avant l’heure."
        assert refused.value.field == "reason"
    assert Poll.objects.get().state == PollState.OPEN
    polls.close_poll(poll=vote.poll, actor=driss, at=NOW, reason="La salle ferme")
    assert Poll.objects.get().early_closing_reason == "La salle ferme"


def test_cancelling_destroys_the_urn(vote_of, people):
    vote = vote_of()
    cast(vote.poll, vote.voters[0])
    polls.cancel_poll(poll=vote.poll, reason="Une erreur", actor=people.actor("driss"), at=NOW)
    assert not UrnBallot.objects.exists()
    assert Poll.objects.get().urn_wiped_at == NOW
    assert complaints() == []


def test_a_secret_ballot_is_written_closed_and_closed_anew_at_each_vote(vote_of):
    """SQL, dumps and logs see boxes of one length, and never twice the same box."""
    vote, seen = vote_of(), []
    for voter, choice in zip(vote.voters, ["half", "hours", "equal"], strict=False):
        cast(vote.poll, voter, choice)
        seen += UrnBallot.objects.values_list("content", flat=True)
    assert len(set(seen)) == 1 + 2 + 3 and len({len(one) for one in seen}) == 1
    assert not [one for one in seen if b"half" in base64.b64decode(one)]
    assert len(base64.b64decode(seen[0])) == boxes.size_for(vote.poll) + 40


def test_a_change_of_keys_in_the_middle_of_a_vote_loses_no_ballot(vote_of, settings):
    vote, old = vote_of(), settings.FIELD_KEYS
    cast(vote.poll, vote.voters[0], "half")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *old]
    cast(vote.poll, vote.voters[1], "hours")
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]  # the old key is retired: no box needs it
    assert sorted(one["choice"] for one in urn.read(vote.poll)) == ["half", "hours"]


@pytest.mark.parametrize("how", ["bare", "flip", "doubled", "elsewhere"])
def test_who_writes_in_the_base_cannot_forge_a_secret_ballot(vote_of, people, how):
    """As somebody with the database and without the server's keys: as many ballots, none counted."""
    vote = vote_of()
    for voter in vote.voters[:10]:
        cast(vote.poll, voter, "hours")
    row, other = UrnBallot.objects.all()[:2]
    raw = bytearray(base64.b64decode(row.content))
    raw[50] ^= 1
    row.content = {
        "bare": '{"choice":"half"}',
        "flip": base64.b64encode(raw).decode(),
        "doubled": other.content,
        "elsewhere": elsewhere(vote.poll, {"choice": "half"}),
    }[how]
    row.save()
    with pytest.raises(urn.UrnBroken, match="Le vote est nul, on revote"):
        close(vote.poll)
    with pytest.raises(urn.UrnBroken):
        cast(vote.poll, vote.voters[10])
    assert Poll.objects.get().is_open and not Outcome.objects.exists()
    polls.cancel_poll(poll=vote.poll, reason=urn.void_reason(), actor=people.actor("driss"), at=NOW)
    assert not UrnBallot.objects.exists() and complaints() == []


def test_a_counted_urn_changed_afterwards_is_told_and_stops_no_other_check(vote_of):
    vote = vote_of()
    for voter in vote.voters[:10]:
        cast(vote.poll, voter, "hours")
    close(vote.poll)
    UrnBallot.objects.filter(pk=UrnBallot.objects.first().pk).update(content="{}")
    assert ["perdue ou changée" in line for line in complaints()] == [True]


def test_an_urn_with_one_ballot_too_many_is_not_counted(vote_of):
    vote = vote_of()
    for voter in vote.voters[:10]:
        cast(vote.poll, voter)
    [more] = boxes.close_secret(vote.poll, [{"choice": "hours"}])
    UrnBallot.objects.create(poll=vote.poll, content=more)
    assert ["bulletins" in line for line in complaints()] == [True]
    with pytest.raises(urn.UrnBroken):
        close(vote.poll)
    assert Poll.objects.get().state == PollState.OPEN and not Outcome.objects.exists()
    with pytest.raises(urn.UrnBroken):
        cast(vote.poll, vote.voters[10])
    assert Elector.objects.filter(used=True).count() == 10


def test_an_urn_with_one_ballot_less_is_not_counted(vote_of):
    vote = vote_of()
    for voter in vote.voters[:10]:
        cast(vote.poll, voter)
    UrnBallot.objects.first().delete()
    with pytest.raises(urn.UrnBroken):
        close(vote.poll)


def test_a_vote_used_is_never_given_back(vote_of):
    vote = vote_of()
    cast(vote.poll, vote.voters[0])
    with pytest.raises(Exception, match="frozen"):
        Elector.objects.filter(used=True).update(used=False, channel="")


def test_a_named_ballot_in_a_secret_vote_is_told(vote_of):
    vote = vote_of()
    cast(vote.poll, vote.voters[0])
    with unguarded():
        Ballot.objects.create(
            elector=Elector.objects.get(used=True),
            content={"choice": "half"},
            cast_at=NOW,
            cast_by=vote.voters[0].person,
        )
    assert ["nom de trop" in line for line in complaints()] == [True]


def test_a_roll_of_four_is_too_small_and_one_of_five_is_not(people, secret_kept_here):
    fill(people.a.cohort, 4)
    with pytest.raises(Refused, match="cinq personnes"):
        put_to_vote(people, terms=Terms(secrecy="secret"))
    fill(people.a.cohort, 5)
    assert put_to_vote(people, terms=Terms(secrecy="secret")).quorum == "5/5"


def test_where_the_database_is_one_file_a_secret_vote_is_refused_and_says_why(people):
    fill(people.a.cohort, 6)
    if connection.vendor == "sqlite":
        with pytest.raises(Refused, match="un seul fichier") as refused:
            put_to_vote(people, terms=Terms(secrecy="secret"))
        assert refused.value.field == "secrecy" and not Poll.objects.exists()
    else:
        assert put_to_vote(people, terms=Terms(secrecy="secret")).is_open
