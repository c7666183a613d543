"""The leaks of voting.md §7 that need no break-in: what pages, lengths and results let one work out."""

import itertools
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from decisions import message_urls
from decisions.models import UrnBallot
from decisions.rules import publication
from decisions.rules.tally import tally
from decisions.rules.terms import Terms
from decisions.services import ballots, boxes
from decisions.urls import urlpatterns
from tests.decisions.assembly import NOW, actor_of, fill, put_to_vote
from tests.decisions.secrecy.attacks import ELECTIONS, ROLL, SIGMAS, attack, within
from tests.decisions.secrecy.sealed import SealedVote, seal

LEVELS = pytest.mark.parametrize("level", ["secret", "sealed"])


def cast(poll, voter, ballot):
    return ballots.cast(poll=poll, ballot=ballot, actor=actor_of(voter), at=NOW)


# --- 3: the order of rows in the one file


@LEVELS
def test_leak_3_the_order_of_rows_in_one_file_tells_no_more_than_chance(
    people, secret_kept_here, level
):
    """On PostgreSQL: test_leaks_database.py, with transaction ids."""
    if connection.vendor != "sqlite":
        return
    found = attack(people, level, ELECTIONS)
    for name, hits in found.items():
        # Electors keep the rowid of the roll, older than any vote.
        assert within(hits["ballot"], ELECTIONS, 1 / ROLL), (name, hits)
        assert hits["pairs"] <= ELECTIONS + SIGMAS * ELECTIONS**0.5, (name, hits)


# --- 14: who voted, while it is open


def addresses(poll):
    """Every page of decisions that needs no more than this cohort and this vote, and the homes."""
    known = {"cohort_id": poll.proposal.cohort_id, "poll_id": poll.pk,
             "proposal_id": poll.proposal_id}  # fmt: skip
    for one in [*urlpatterns, *message_urls.urlpatterns]:
        if not getattr(one, "name", None):
            continue
        wanted = {name: known[name] for name in one.pattern.converters if name in known}
        try:
            yield reverse(f"decisions:{one.name}", kwargs=wanted)
        except NoReverseMatch:
            continue
    yield from map(reverse, ("home:dashboard", "home:my_coop"))
    yield reverse("home:cohort_dashboard", args=[poll.proposal.cohort_id])


@LEVELS
def test_leak_14_while_it_is_open_nobody_reads_who_voted_nor_how_many(
    vote_of, people, enter, level
):
    """Every page of every seat is the same whoever voted, and however many under the quorum."""
    vote = vote_of(12) if level == "secret" else seal(people, roll=12)
    amina = people.enrolments["amina"]
    others = [one for one in vote.voters if one.pk != amina.pk]
    clients = {name: enter(name) for name in ("driss", "amina", "helene", "elsa", "chloe")}
    pages = [
        (name, address)
        for name, address in itertools.product(clients, addresses(vote.poll))
        if clients[name].get(address).status_code == 200
    ]
    assert {name for name, _address in pages} >= {"driss", "amina"} and len(pages) > 20

    def seen():
        told = {}
        for name, address in pages:
            text = clients[name].get(address).content.decode()
            told[name, address] = re.sub(
                r'name="(csrfmiddlewaretoken|[a-z_]*key)" value="[^"]*"', "", text
            )
        return told

    def changed(now, before):
        return [where for where in now if now[where] != before[where]]

    mine = reverse("decisions:poll_of_cohort", args=[vote.poll.proposal.cohort_id, vote.poll.pk])
    nobody = seen()
    assert "Quorum pas encore atteint" in nobody["driss", mine]
    cast(vote.poll, others[0], {"choice": "half"})
    assert changed(seen(), nobody) == []
    for voter in others[1:5]:
        cast(vote.poll, voter, {"choice": "hours"})
    assert changed(seen(), nobody) == []
    cast(vote.poll, others[5], {"blank": True})
    reached = seen()
    assert "Quorum atteint" in reached["driss", mine]
    assert {name for name, _address in changed(reached, nobody)} <= {"driss", "amina"}
    for voter in others[6:]:
        cast(vote.poll, voter, {"choice": "half"})
    assert changed(seen(), reached) == []
    cast(vote.poll, amina, {"choice": "half"})
    # Everybody voted: nobody but herself reads it.
    assert {name for name, _address in changed(seen(), reached)} == {"amina"}


# --- 15: length and path


@LEVELS
def test_leak_15_every_ballot_has_one_length_one_path_and_one_answer(
    people, vote_of, settings, level
):
    """Same statements but for the boxes, same sizes to and fro: the time follows the same work."""
    settings.SECOND_FACTOR_REQUIRED = False
    vote = vote_of(12) if level == "secret" else seal(people, roll=12)
    kinds = [{"choice": "half"}, {"choice": "equal"}, {"choice": "hours"}, {"choice": "_blank"}] * 3
    asked, answers, read = {}, set(), set()
    address = reverse("decisions:poll", args=[vote.poll.pk])
    for voter, said in zip(vote.voters, kinds, strict=True):
        client = Client()
        client.force_login(voter.person.user, backend="django.contrib.auth.backends.ModelBackend")
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, said | {"confirmer": "1"})
        assert answer.status_code in (200, 302), said
        asked.setdefault(said["choice"], set()).add(
            tuple(re.sub(r"'[^']*'|\d+|, \([^)]*\)", "", one["sql"])[:60] for one in queries)
        )
        answers.add((answer.status_code, without_name(answer, voter.person)))
        read.add(without_name(client.get(address), voter.person))
    assert UrnBallot.objects.count() == 12
    assert len({len(one) for one in UrnBallot.objects.values_list("content", flat=True)}) == 1
    assert len(answers) == 1 and len(read) == 1
    assert len(set().union(*asked.values())) == 1


def without_name(answer, person):
    """How long an answer is, but for the name of who reads it."""
    said = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return len(said.replace(person.full_name, ""))


@LEVELS
@pytest.mark.parametrize("method", ["majority-judgment", "approval", "ranked"])
def test_leak_15_the_longest_ballot_fits(people, secret_kept_here, method, level):
    voters = fill(people.a.cohort, 6)
    poll = put_to_vote(people, terms=Terms(method, {}, level))
    if level == "sealed":
        vote = SealedVote(poll, voters, {})
        for position in (1, 2, 3):
            vote.take(position)
        poll.refresh_from_db()
    codes = [one.code for one in poll.options.all()]
    full = {
        "majority-judgment": {"grades": dict.fromkeys(codes, 4)},
        "approval": {"approve": codes},
        "ranked": {"ranking": [[code] for code in codes]},
    }[method]
    cast(poll, voters[0], full)
    cast(poll, voters[1], {"blank": True})
    contents = list(UrnBallot.objects.values_list("content", flat=True))
    assert len({len(one) for one in contents}) == 1
    if level == "secret":
        assert full in boxes.open_secret(poll, contents)


# --- 17: results of small groups

FOR = [{"choice": "for"}, {"choice": "against"}, {"choice": "abstain"}, {"blank": True}]
PROFILES = {
    "majority": FOR,
    "choice": [{"choice": "a"}, {"choice": "b"}, {"blank": True}],
    "approval": [{"approve": kept} for kept in ([], ["a"], ["b"], ["a", "b"])] + [{"blank": True}],
    "ranked": [{"ranking": [["a"], ["b"]]}, {"ranking": [["b"], ["a"]]}, {"ranking": [["a", "b"]]},
               {"blank": True}],
    "majority-judgment": [{"grades": {"a": one, "b": two}} for one in range(3) for two in range(3)]
    + [{"blank": True}],
}  # fmt: skip


@pytest.mark.parametrize("method", PROFILES)
def test_leak_17_a_published_outcome_tells_the_outcome_and_nothing_else(method):
    """Three voters, one of them curious: all profiles that end alike are published alike."""
    told: dict[tuple, set[str]] = {}
    for profile in itertools.product(PROFILES[method], repeat=3):
        document = {
            "format": "ct-ballots/1", "method": method, "poll": "1", "roll": 5,
            "present": 5, "rule": {}, "ballots": list(profile),
        }  # fmt: skip
        if method != "majority":
            document["options"] = [{"id": "a"}, {"id": "b"}]
        result = tally(document)
        shown = publication.published(result, publication.OUTCOME_ONLY)
        end = (result["outcome"], tuple(result["winners"]), result["present"])
        told.setdefault(end, set()).add(json.dumps(shown))
    assert len(told) > 1 and all(len(one) == 1 for one in told.values())


def test_leak_17_under_ten_ballots_unanimity_shows_no_more_than_one_voice_of_difference():
    """From ten on counts are published whole, and what is said before voting says so."""
    everybody = {
        "format": "ct-ballots/1", "method": "majority", "poll": "1", "roll": 9, "rule": {},
        "ballots": [{"choice": "for"}] * 9,
    }  # fmt: skip
    almost = everybody | {"ballots": [{"choice": "for"}] * 5 + [{"choice": "against"}] * 4}
    level = publication.level(secrecy="secret", about_person=False, roll=9, cast=9)
    shown = [json.dumps(publication.published(tally(one), level)) for one in (everybody, almost)]
    assert shown[0] == shown[1]


def test_leak_17_counts_are_told_from_ten_ballots_and_never_about_a_person():
    for roll in range(5, 30):
        for number in range(roll + 1):
            for level in ("secret", "sealed"):
                told = publication.level(secrecy=level, about_person=False, roll=roll, cast=number)
                assert told == (publication.COUNTS if number >= 10 else publication.OUTCOME_ONLY)
                about = publication.level(secrecy=level, about_person=True, roll=roll, cast=number)
                assert about == publication.OUTCOME_ONLY
    assert [roll for roll in range(8) if not publication.may_open("sealed", roll)] == list(range(5))
