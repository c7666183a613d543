"""The leaks of voting.md §7 that a database makes, on PostgreSQL, each by its number."""

import itertools
import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ct_platform.kit.errors import Refused
from decisions.models import Elector, Outcome, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import ballots, polls, urn
from tests.at_once import together
from tests.decisions.assembly import NOW, actor_of, fill, put_to_vote
from tests.decisions.secrecy.attacks import (
    ELECTIONS,
    ROLL,
    SIGMAS,
    attack,
    drop,
    snapshot,
    within,
)
from tests.decisions.secrecy.sealed import seal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def secret_vote(people, roll, **changes):
    voters = fill(people.a.cohort, roll)
    return put_to_vote(people, terms=Terms(secrecy="secret"), **changes), voters


def test_leaks_1_2_3_orders_and_transaction_ids_tell_no_more_than_chance(people):
    found = attack(people, "secret", ELECTIONS)
    assert found.pop("xmin")["distinct"] == {(1, 1)}  # 2: a join pairs everybody with every ballot
    for name, hits in found.items():
        if name != "key":  # the roll's own keys are older than any vote
            assert within(hits["voter"], ELECTIONS, 1 / ROLL), (name, hits)
        assert within(hits["ballot"], ELECTIONS, 1 / ROLL), (name, hits)
        # Pairs of two random orders: one a vote, variance one.
        assert hits["pairs"] <= ELECTIONS + SIGMAS * ELECTIONS**0.5, (name, hits)


def test_leak_1_keys_are_random_and_no_sequence_stands_behind(people):
    poll, voters = secret_vote(people, 6)
    ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor_of(voters[0]), at=NOW)
    assert UrnBallot.objects.get().pk.version == 4
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, UrnBallot._meta.db_table)
        sequences = connection.introspection.get_sequences(cursor, UrnBallot._meta.db_table)
    assert {one.name for one in columns} == {"id", "poll_id", "content"} and sequences == []


def test_leak_5_the_choice_is_in_the_urn_and_in_no_other_table(people):
    poll, voters = secret_vote(people, 6)
    before = snapshot()
    ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor_of(voters[0]), at=NOW)
    after = snapshot()
    changed = {table for table, rows in after.items() if rows != before[table]}
    assert changed == {"decisions_elector", "decisions_urnballot"}
    assert "half" not in after["decisions_elector"]


def test_leak_7_no_statement_of_a_sealed_ballot_holds_its_choice(people):
    vote = seal(people, roll=6)
    with CaptureQueriesContext(connection) as asked:
        vote.cast(vote.voters[0], {"choice": "half"})
    written = [one["sql"] for one in asked if not one["sql"].lstrip('"').startswith("SELECT")]
    assert written and not [sql for sql in written if "half" in sql]


def test_leak_10_two_dumps_of_a_sealed_vote_compared_show_no_choice(people):
    """Whoever diffs them reads who voted in between and one more box; boxes do not open."""
    vote = seal(people, roll=10)
    dumps = [snapshot()]
    for voter in vote.voters:
        vote.cast(voter, {"choice": "half"})
        dumps.append(snapshot())
    for before, after in itertools.pairwise(dumps):
        changed = {table: rows for table, rows in after.items() if rows != before[table]}
        assert set(changed) == {"decisions_elector", "decisions_urnballot"}
        assert not [rows for rows in changed.values() if "half" in rows]
    vote.close()
    vote.open(1), vote.open(2)
    told = snapshot()
    contents = set(UrnBallot.objects.values_list("content", flat=True))
    assert "half" not in told["decisions_urnballot"] and len(contents) == 10
    assert "opened_share" not in told["decisions_keyholder"]


def test_leak_10_the_server_s_own_keys_open_no_sealed_ballot(people):
    """The shares are boxed to keys made of words that the database never sees."""
    vote = seal(people, roll=6)
    vote.cast(vote.voters[0])
    told = json.dumps(snapshot())
    assert not [word for words in vote.words.values() for word in words if f"'{word}'" in told]
    assert "opened_share" not in told or not vote.holder(1).opened_share


@pytest.mark.parametrize("act", ["add", "remove", "move"])
def test_leak_16_the_roll_of_a_secret_vote_is_frozen_by_the_database(people, act):
    poll, voters = secret_vote(people, 6)
    late = people.enrolments["chloe"]
    with pytest.raises(Exception, match="frozen"):
        match act:
            case "add":
                Elector.objects.create(poll=poll, enrolment=late)
            case "remove":
                Elector.objects.filter(enrolment=voters[0]).delete()
            case "move":
                Elector.objects.filter(enrolment=voters[0]).update(enrolment=late)
    assert Elector.objects.filter(poll=poll).count() == 6


def test_leak_19_fifty_taps_at_once_make_one_ballot(people):
    """With CT_ELECTIONS=200: 200 × 50."""
    for _time in range(max(ELECTIONS // 10, 1) if ELECTIONS < 200 else ELECTIONS):
        poll, voters = secret_vote(people, 5)
        actor = actor_of(voters[0])

        def tap(poll=poll, actor=actor):
            return ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor, at=NOW)

        answers = together(*[tap] * 50)
        assert sum(isinstance(answer, Refused) for answer in answers) == 49
        assert UrnBallot.objects.filter(poll=poll).count() == 1
        assert Elector.objects.filter(poll=poll, used=True).count() == 1
        drop(people, poll)


def test_leak_20_no_ballot_enters_after_the_closing_began(people):
    """With CT_ELECTIONS=200: 1,000 interleavings."""
    driss = people.actor("driss")
    for number in range(ELECTIONS * 5 if ELECTIONS >= 200 else ELECTIONS):
        poll, voters = secret_vote(people, 7)
        for voter in voters[:5]:
            ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor_of(voter), at=NOW)

        def cast(actor, poll=poll):
            return lambda: ballots.cast(poll=poll, ballot={"choice": "hours"}, actor=actor, at=NOW)

        def close(poll=poll):
            return polls.close_poll(poll=poll, actor=driss, at=NOW, reason="On essaie")

        acts = [cast(actor_of(voters[5])), close, cast(actor_of(voters[6]))]
        answers = together(*acts[number % 3 :], *acts[: number % 3])
        late = sum(isinstance(answer, Refused) for answer in answers)
        outcome = Outcome.objects.get(poll=poll)
        inside = UrnBallot.objects.filter(poll=poll).count()
        assert outcome.tally["present"] == inside == 7 - late
        assert Elector.objects.filter(poll=poll, used=True).count() == inside
        poll.refresh_from_db()
        urn.check(poll)


def test_a_failed_statement_says_nothing_of_the_ballot(people, monkeypatch):
    """PostgreSQL quotes the row that failed: its message must not reach a log (leak 8)."""
    poll, voters = secret_vote(people, 6)
    ballots.cast(poll=poll, ballot={"choice": "hours"}, actor=actor_of(voters[1]), at=NOW)
    same = uuid.uuid4()
    monkeypatch.setattr(uuid, "uuid4", lambda: same)
    with pytest.raises(urn.UrnBroken) as broken:
        ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor_of(voters[0]), at=NOW)
    assert broken.value.__cause__ is None and broken.value.__suppress_context__
    assert UrnBallot.objects.count() == 1
