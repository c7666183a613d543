"""What a curious person with the database would try, as measures over many elections."""

import json
import os
from collections.abc import Callable, Iterable
from random import Random

from django.db import connection

from decisions.models import Elector, Poll, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import ballots, boxes, polls
from tests.decisions.assembly import NOW, actor_of, fill, put_to_vote
from tests.decisions.secrecy.sealed import SealedVote
from tests.personas import People

# How many elections the suite attacks; the figures asked are made with CT_ELECTIONS=200.
ELECTIONS = int(os.environ.get("CT_ELECTIONS", "20"))
# Chance and three standard deviations is the figure asked of 200 elections; a run of fewer allows
# five, or one honest suite in a hundred would fail. What leaked stood last in every election.
SIGMAS = 3 if ELECTIONS >= 200 else 5
ROLL = 10


def judgments(number: int) -> list[dict]:
    """As many different ballots: who can tell them apart knows each of them."""
    return [
        {"grades": {"equal": n % 5, "hours": n // 5 % 5, "half": n // 25}} for n in range(number)
    ]


def election(people: People, secrecy: str, chance: Random) -> tuple[Poll, list[int], list[str]]:
    """One vote of ten people in a random order: the poll, the electors and the ballots in that order."""
    voters = fill(people.a.cohort, ROLL)[:ROLL]
    poll = put_to_vote(people, terms=Terms("majority-judgment", {}, secrecy))
    if secrecy == "sealed":
        vote = SealedVote(poll, voters, {})
        for position in (1, 2, 3):
            vote.take(position)
        poll.refresh_from_db()
    order = chance.sample(voters, ROLL)
    truth, before = [], set()
    for voter, said in zip(order, judgments(ROLL), strict=True):
        ballots.cast(poll=poll, ballot=said, actor=actor_of(voter), at=NOW)
        now = set(
            opened(poll, UrnBallot.objects.filter(poll=poll).values_list("content", flat=True))
        )
        truth += now - before
        before = now
    roll = dict(Elector.objects.filter(poll=poll).values_list("enrolment_id", "pk"))
    return poll, [roll[voter.pk] for voter in order], truth


def opened(poll: Poll, contents: Iterable[str]) -> list[str]:
    """What each box says to an attacker who also stole the server's keys: more than any dump gives.

    A sealed box does not open, and stays the same box from one cast to the next.
    """
    if poll.is_sealed:
        return list(contents)
    return [json.dumps(one) for one in boxes.open_secret(poll, list(contents))]


def drop(people: People, poll: Poll) -> None:
    polls.cancel_poll(poll=poll, reason="Un essai", actor=people.actor("driss"), at=NOW)


def rows(sql: str, poll: Poll) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, [poll.pk])
        return [row[0] for row in cursor.fetchall()]


TRANSACTIONS = (
    "SELECT xmin::text FROM decisions_elector WHERE poll_id = %s",
    "SELECT xmin::text FROM decisions_urnballot WHERE poll_id = %s",
)


def orders() -> dict[str, tuple[str, str]]:
    """The orders in which the database may be read: of electors, then of ballots."""
    row = "ctid" if connection.vendor == "postgresql" else "rowid"
    roll = "SELECT id FROM decisions_elector WHERE poll_id = %s"
    urn = "SELECT content FROM decisions_urnballot WHERE poll_id = %s"
    ends = {row: f" ORDER BY {row}", "as it comes": "", "key": " ORDER BY id"}
    return {name: (roll + end, urn + end) for name, end in ends.items()}


def attack(people: People, secrecy: str, elections: int, seed: int = 2026) -> dict[str, dict]:
    """Over many elections, by each order: how often the last voter, or the last ballot, stands last,
    and how often the two orders pair a person with their ballot. Chance: once, once and once a vote."""
    chance = Random(seed)
    found = {name: {"voter": 0, "ballot": 0, "pairs": 0} for name in orders()}
    shared: list[tuple[int, ...]] = []
    for _time in range(elections):
        poll, electors, contents = election(people, secrecy, chance)
        truth = dict(zip(electors, contents, strict=True))
        for name, (people_sql, urn_sql) in orders().items():
            roll, urn = rows(people_sql, poll), opened(poll, rows(urn_sql, poll))
            found[name]["voter"] += roll[-1] == electors[-1]
            found[name]["ballot"] += urn[-1] == contents[-1]
            found[name]["pairs"] += sum(
                truth[one] == ballot for one, ballot in zip(roll, urn, strict=True)
            )
        if connection.vendor == "postgresql":
            shared.append(tuple(len(set(rows(sql, poll))) for sql in TRANSACTIONS))
        drop(people, poll)
    if shared:
        found["xmin"] = {"distinct": set(shared)}
    return found


def within(hits: int, tries: int, probability: float) -> bool:
    """At most chance and SIGMAS standard deviations."""
    sigma = (tries * probability * (1 - probability)) ** 0.5
    return hits <= tries * probability + SIGMAS * sigma


def snapshot(keep: Callable[[str], bool] = lambda table: True) -> dict[str, str]:
    """Every table as text, as a dump would show it."""
    told = {}
    with connection.cursor() as cursor:
        for table in sorted(filter(keep, connection.introspection.table_names(cursor))):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            told[table] = "\n".join(sorted(str(row) for row in cursor.fetchall()))
    return told
