"""Casting a ballot on PostgreSQL, by secrecy and size of the roll; and what a curious person could
read of two hundred elections in row order, keys and transaction ids.

    ./run bench secret_ballots

DATABASE_URL names a PostgreSQL server where a database may be made (default: the local one).
CT_ELECTIONS says how many elections are attacked (200).
"""

import os
import time
from urllib.parse import urlsplit, urlunsplit

from bench.table import middle, show

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "ct_bench_secret"
os.environ["DATABASE_URL"] = urlunsplit(urlsplit(SERVER)._replace(path=f"/{NAME}"))
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.test"
ELECTIONS = int(os.environ.setdefault("CT_ELECTIONS", "200"))
ASKED = 150  # milliseconds of server time for one ballot


def fresh_database() -> None:
    import psycopg2

    connection = psycopg2.connect(SERVER.replace("postgres://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()


def casting(people, secrecy: str, roll: int) -> list[str]:
    """Every voter of a roll casts: the middle, the longest and the last, the urn being then full."""
    from decisions.rules.terms import Terms
    from decisions.services import ballots
    from tests.decisions.assembly import NOW, actor_of, fill, put_to_vote
    from tests.decisions.secrecy.attacks import drop
    from tests.decisions.secrecy.sealed import SealedVote

    voters = fill(people.a.cohort, roll)[:roll]
    poll = put_to_vote(people, terms=Terms(secrecy=secrecy))
    if secrecy == "sealed":
        vote = SealedVote(poll, voters, {})
        for position in (1, 2, 3):
            vote.take(position)
        poll.refresh_from_db()
    actors, spent = [actor_of(voter) for voter in voters], []
    for actor in actors:
        start = time.perf_counter()
        ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor, at=NOW)
        spent.append((time.perf_counter() - start) * 1000)
    drop(people, poll)
    told = [f"{number:.1f}" for number in (middle(spent), max(spent), spent[-1])]
    return [secrecy, str(roll), *told, "yes" if max(spent) <= ASKED else "NO"]


def attacked(people, secrecy: str) -> list[list[str]]:
    from tests.decisions.secrecy.attacks import ROLL, attack, within

    found = attack(people, secrecy, ELECTIONS)
    shared = found.pop("xmin")["distinct"]
    chance = f"{ELECTIONS / ROLL:.0f}"
    lines = []
    for name, hits in found.items():
        quiet = within(hits["ballot"], ELECTIONS, 1 / ROLL)
        quiet &= hits["pairs"] <= ELECTIONS + 3 * ELECTIONS**0.5
        voter = "–"
        if name != "key":  # keys of the roll are older than any vote
            voter = str(hits["voter"])
            quiet &= within(hits["voter"], ELECTIONS, 1 / ROLL)
        verdict = "chance" if quiet else "LEAKS"
        lines.append(
            [
                secrecy,
                name,
                voter,
                str(hits["ballot"]),
                chance,
                str(hits["pairs"]),
                str(ELECTIONS),
                verdict,
            ]
        )
    told = "all pairs" if shared == {(1, 1)} else f"LEAKS {shared}"
    lines.append([secrecy, "xmin", "–", "–", "–", "–", "–", told])
    return lines


def main() -> None:
    fresh_database()
    import django

    django.setup()
    from django.core.management import call_command

    from tests import personas

    call_command("migrate", verbosity=0)
    people = personas.build()
    attacks = [*attacked(people, "secret"), *attacked(people, "sealed")]
    rows = [
        casting(people, secrecy, roll)
        for roll in (15, 50)
        for secrecy in ("open", "secret", "sealed")
    ]
    show(
        f"One ballot, in milliseconds ({ASKED} asked)",
        rows,
        ["secrecy", "roll", "middle", "longest", "last", "kept"],
    )
    show(
        f"{ELECTIONS} elections: last voter and last ballot found last, pairs found, and chance",
        attacks,
        ["secrecy", "order", "voter", "ballot", "chance", "pairs", "chance", "verdict"],
    )


if __name__ == "__main__":
    main()
