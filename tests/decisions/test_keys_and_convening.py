"""Who keeps a key is told to take it, then to open the urn; who may vote is told of an assembly."""

import datetime as dt

import pytest
from django.core import mail

from decisions.models import Assembly, KeyHolder, VoteNotice
from decisions.services import notices
from tests.decisions.assembly import CLOSES_AT, fill
from tests.decisions.mailbox import received, with_addresses, write_to
from tests.decisions.secrecy.sealed import announce
from tests.factories import NOW

VOTERS = 6


@pytest.fixture
def voters(people):
    found = fill(people.a.cohort, VOTERS)
    with_addresses(found)
    return found


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run an act with its mail, and give the letters it sent."""

    def run(act):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return mail.outbox[before:]

    return run


def addresses(letters):
    return sorted(letter.to[0] for letter in letters)


def holders_of(vote):
    holders = KeyHolder.objects.filter(poll=vote.poll).select_related("person")
    return sorted(holder.person.email for holder in holders)


def test_the_three_are_told_to_take_their_key_and_nobody_else(people, voters, sent):
    votes = []
    letters = sent(lambda: votes.append(announce(people, VOTERS)))
    assert addresses(letters) == holders_of(votes[0])
    assert "driss@exemple.test" in addresses(letters)
    for letter in letters:
        assert "/vote/" not in letter.body  # a key is taken behind the usual door
        assert "une des trois clés" in letter.body


def test_the_coordinator_and_the_voters_each_get_their_own_page(people, voters, sent):
    votes = []
    letters = sent(lambda: votes.append(announce(people, VOTERS)))
    for letter in letters:
        inside = f"/cohortes/{people.a.cohort.pk}/decisions/{votes[0].poll.pk}/"
        assert (inside in letter.body) == (letter.to == ["driss@exemple.test"])


def test_the_third_key_tells_the_whole_roll_that_the_vote_is_open(people, voters, sent):
    vote = announce(people, VOTERS)
    for position in (1, 2):
        assert sent(lambda position=position: vote.take(position)) == []
    letters = sent(lambda: vote.take(3))
    assert addresses(letters) == sorted(voter.person.email for voter in voters)
    assert {letter.subject for letter in letters} == {"Un vote est ouvert"}


def test_casting_a_sealed_ballot_sends_nothing(people, voters, sent):
    vote = announce(people, VOTERS)
    for position in (1, 2, 3):
        vote.take(position)
    before = VoteNotice.objects.count()
    assert sent(lambda: vote.cast(voters[0])) == []
    assert VoteNotice.objects.count() == before


def test_the_closing_calls_the_three_back_once(people, voters, sent):
    vote = announce(people, VOTERS)
    for position in (1, 2, 3):
        vote.take(position)
    for voter in voters:
        vote.cast(voter)
    letters = sent(vote.close)
    assert addresses(letters) == holders_of(vote)
    assert all("deux clés pour ouvrir l’urne" in letter.body for letter in letters)
    assert sent(vote.close) == []


def test_an_urn_without_quorum_calls_nobody(people, voters, sent):
    vote = announce(people, VOTERS)
    for position in (1, 2, 3):
        vote.take(position)
    assert sent(vote.close) == []


def test_a_key_that_is_no_longer_awaited_is_not_asked_for(people, voters):
    vote = announce(people, VOTERS)
    late = list(VoteNotice.objects.filter(kind="key").values_list("pk", flat=True))
    for position in (1, 2, 3):
        vote.take(position)
    assert [notices.tell(notice_id=key, at=NOW) for key in late] == [False] * 3
    assert mail.outbox == []


@pytest.fixture
def assembly(people):
    return Assembly.objects.create(
        cohort=people.a.cohort,
        starts_at=CLOSES_AT,
        place="salle des fêtes",
        convened_by=people.driss,
        convened_at=NOW,
    )


def test_an_assembly_is_told_to_who_may_vote_once(people, assembly, sent, at):
    write_to(people, "amina", "bastien", "gael", "chloe")
    letters = sent(lambda: notices.notify_convened(assembly=assembly, at=at))
    assert addresses(letters) == ["amina@exemple.test", "bastien@exemple.test"]
    letter = received("amina")[0]
    assert "vendredi 27 novembre, 18" in letter.body.replace("\u00a0", " ")
    assert "salle des fêtes" in letter.body
    assert "/vote/" not in letter.body
    assert sent(lambda: notices.notify_convened(assembly=assembly, at=at)) == []


@pytest.mark.parametrize("why", ["begun", "cancelled"])
def test_an_assembly_that_awaits_nobody_is_not_told(people, assembly, at, why):
    write_to(people, "amina")
    notices.notify_convened(assembly=assembly, at=at)
    if why == "cancelled":
        Assembly.objects.filter(pk=assembly.pk).update(state="cancelled")
    moment = CLOSES_AT if why == "begun" else at + dt.timedelta(hours=1)
    assert notices.tell(notice_id=VoteNotice.objects.get().pk, at=moment) is False
    assert mail.outbox == []
    assert VoteNotice.objects.get().error == "L’assemblée n’attend plus personne."
