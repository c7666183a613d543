"""Backups carry no urn and no key; a vote that was under way when one is given back is void."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ct_platform.kit import custody
from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from decisions.models import Ballot, BallotChange, Elector, KeyHolder, Outcome, Poll, UrnBallot
from decisions.selectors import secrecy
from decisions.selectors.urns import is_lost, void_reason
from decisions.services import ballots, polls
from decisions.services.due import close_due
from tests.decisions.assembly import CLOSES_AT, NOW, actor_of, close, fill, put_to_vote
from tests.decisions.secrecy.copies import restored
from tests.decisions.secrecy.sealed import announce, seal

CHOICES = ["hours"] * 7 + ["half"] * 4


def cast(poll, voter, choice="half"):
    return ballots.cast(poll=poll, ballot={"choice": choice}, actor=actor_of(voter), at=NOW)


def lose_what_no_copy_carries():
    """The database, as a backup gives it back."""
    for model in custody.never_copied():
        model.objects.all().delete()


def complaints():
    return [
        found
        for one in all_invariants()
        if one.code.startswith("decisions.")
        for found in one.check()
    ]


def said(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_models_say_themselves_which_tables_are_kept_apart():
    assert set(custody.never_copied()) == {UrnBallot, KeyHolder}
    assert set(custody.cast_only()) == {Ballot, BallotChange, Elector, KeyHolder, UrnBallot}


@pytest.mark.django_db(transaction=True)
def test_a_backup_carries_everything_but_urns_and_keys(people, secret_kept_here, tmp_path):
    vote = seal(people, roll=6)
    vote.cast(vote.voters[0])
    target = tmp_path / "copie"
    told = said("backup", str(target))
    assert "decisions_keyholder, decisions_urnballot" in told and "papiers" in told
    assert target.stat().st_mode & 0o077 == 0 and not list(tmp_path.glob("*.part"))
    with restored(target) as rows:
        assert rows("SELECT count(*) FROM decisions_urnballot") == ["0"]
        assert rows("SELECT count(*) FROM decisions_keyholder") == ["0"]
        assert rows("SELECT count(*) FROM decisions_elector WHERE used") == ["1"]
        assert rows("SELECT count(*) FROM decisions_elector") == ["6"]
        assert rows("SELECT title FROM decisions_proposal") == ["Comment partager l’argent ?"]
    assert UrnBallot.objects.count() == 1 and KeyHolder.objects.count() == 3
    content = UrnBallot.objects.get().content
    assert content.encode() not in target.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_a_backup_replaces_no_file_and_leaves_none_half_written(people, tmp_path, monkeypatch):
    target = tmp_path / "copie"
    target.write_text("hier")
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("backup", str(target))
    assert target.read_text() == "hier"
    monkeypatch.setattr(custody, "tables", lambda kept: pytest.fail("a crash"))
    with pytest.raises(pytest.fail.Exception):
        call_command("backup", str(tmp_path / "autre"))
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["copie"]
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "nulle part" / "copie"))


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_a_vote_given_back_in_its_middle_is_not_counted_and_takes_no_ballot(
    people, vote_of, level, enter
):
    vote = vote_of(12) if level == "secret" else seal(people)
    for voter, choice in zip(vote.voters, CHOICES, strict=False):
        cast(vote.poll, voter, choice)
    assert complaints() == [] and not is_lost(vote.poll)
    lose_what_no_copy_carries()
    assert [line for line in complaints() if "0 bulletins dans l’urne pour 11 attendus" in line]
    assert is_lost(vote.poll)
    with pytest.raises(Refused, match="Le vote est nul, on revote"):
        cast(vote.poll, vote.voters[11])
    with pytest.raises(Refused, match="Le vote est nul, on revote"):
        polls.close_poll(poll=vote.poll, actor=None, at=CLOSES_AT)
    assert close_due(at=CLOSES_AT) == 0
    assert Poll.objects.get().is_open and not Outcome.objects.exists()
    assert Elector.objects.filter(used=True).count() == 11

    client, args = enter("driss"), [people.a.cohort.pk, vote.poll.pk]
    page = client.get(reverse("decisions:poll_of_cohort", args=args)).content.decode()
    assert f'value="{void_reason()}"' in page and "Compter maintenant" not in page
    client.post(reverse("decisions:cancel", args=args), {"cancel-reason": void_reason()})
    poll = Poll.objects.get()
    assert poll.is_cancelled and poll.cancel_reason == void_reason() and complaints() == []
    assert put_to_vote(people).pk != poll.pk


def test_a_vote_in_order_offers_no_such_reason(people, vote_of, enter):
    vote = vote_of(12)
    cast(vote.poll, vote.voters[0])
    address = reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, vote.poll.pk])
    assert "L’urne de ce vote" not in enter("driss").get(address).content.decode()


@pytest.mark.parametrize("moment", ["announced", "open", "closed"])
def test_a_sealed_vote_whose_keys_are_gone_is_told_at_once(people, moment):
    """Nobody has voted: as many ballots as votes, and nothing would ever open the urn."""
    vote = announce(people) if moment == "announced" else seal(people)
    if moment == "closed":
        vote.cast_all(CHOICES)
        vote.close()
    KeyHolder.objects.all().delete()
    assert is_lost(vote.fresh())
    assert ["0 clés sur trois" in line for line in complaints()] == [True]


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_after_a_restore_a_secret_vote_under_way_is_void_and_a_counted_one_stands(
    people, vote_of, level
):
    """Even where nobody seems to have voted: who did after the copy would vote twice."""
    counted = vote_of(12)
    for voter, choice in zip(counted.voters, CHOICES, strict=False):
        cast(counted.poll, voter, choice)
    outcome = close(counted.poll)
    silent = vote_of(12).poll if level == "secret" else seal(people).poll
    lose_what_no_copy_carries()
    assert "annulés : 1 (" in said("after_restore")
    silent.refresh_from_db()
    assert silent.is_cancelled and silent.cancel_reason == void_reason()
    counted.poll.refresh_from_db()
    assert counted.poll.is_counted and counted.poll.urn_wiped_at is not None
    assert Outcome.objects.get() == outcome and outcome.tally["detail"]["votes"]["hours"] == 7
    assert complaints() == []
    assert "annulés : 0 (" in said("after_restore")


def test_an_open_vote_goes_on_after_a_restore(people):
    voters = fill(people.a.cohort, 6)
    poll = put_to_vote(people)
    cast(poll, voters[0])
    said("after_restore")
    cast(poll, voters[1])
    assert Ballot.objects.count() == 2


def test_it_is_said_before_voting(people, vote_of):
    vote = vote_of(6)
    for poll in (vote.poll, closed_then_sealed(people, vote.poll)):
        told = " ".join(secrecy.said(poll).sentences)
        assert "remis d’une sauvegarde" in told and "on revote" in told


def closed_then_sealed(people, poll):
    polls.cancel_poll(poll=poll, reason="Un essai", actor=people.actor("driss"), at=NOW)
    return seal(people, roll=6).poll
