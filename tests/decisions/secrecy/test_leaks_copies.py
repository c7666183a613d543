"""Leaks 7 and 10 of voting.md §7, on PostgreSQL: what the server logs, two dumps compared, its journal.

The attacker reads all of it, without the server's keys. Chance is what they would find by guessing.
"""

import io
import itertools
import re
from random import Random

import pytest
from django.core.management import call_command
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox

from ct_platform.kit import crypto
from decisions.models import Elector, UrnBallot
from decisions.rules import tally
from decisions.rules.terms import Terms
from decisions.services import ballots, boxes
from tests.decisions.assembly import NOW, actor_of, fill, put_to_vote
from tests.decisions.secrecy import copies
from tests.decisions.secrecy.attacks import ELECTIONS, ROLL, SIGMAS, drop, judgments, opened
from tests.decisions.secrecy.sealed import SealedVote, seal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

# No other test casts it, so that it is nobody else's in a log or journal shared by all.
CANARY = {"grades": {"equal": 4, "half": 4, "hours": 4}}
PLAIN = tally.canonical(CANARY).decode()
BOX = re.compile(r"[A-Za-z0-9+/=]{80,}")
URN, ROLL_TABLE = "decisions_urnballot", "decisions_elector"


def opened_vote(people, level, roll=ROLL):
    voters = fill(people.a.cohort, roll)[:roll]
    poll = put_to_vote(people, terms=Terms("majority-judgment", {}, level))
    if level == "sealed":
        vote = SealedVote(poll, voters, {})
        for position in (1, 2, 3):
            vote.take(position)
        poll.refresh_from_db()
    return poll, voters


def cast(poll, voter, ballot=CANARY):
    return ballots.cast(poll=poll, ballot=ballot, actor=actor_of(voter), at=NOW)


@pytest.fixture
def bare(monkeypatch):
    """A house that forgets to close its secret ballots: each attack must find them."""
    monkeypatch.setattr(
        boxes, "close_secret", lambda poll, said: [tally.canonical(one).decode() for one in said]
    )
    monkeypatch.setattr(boxes, "open_secret", lambda poll, contents: [CANARY for _ in contents])


class Guesses:
    """How often the box that an attacker lays to a voter is theirs, among how many it could be."""

    def __init__(self) -> None:
        self.hits: dict[str, int] = {}
        self.chance = self.variance = 0.0

    def among(self, boxes_in_order: list[str], whose: str) -> None:
        """One ballot of these was cast just now; `whose` is it. Guess by each place in the order."""
        share = 1 / len(boxes_in_order)
        self.chance += share
        self.variance += share * (1 - share)
        for name, place in (("first", 0), ("middle", len(boxes_in_order) // 2), ("last", -1)):
            self.hits[name] = self.hits.get(name, 0) + (boxes_in_order[place] == whose)

    def no_better_than_chance(self) -> bool:
        return max(self.hits.values()) <= self.chance + SIGMAS * self.variance**0.5


# --- 7: the server's log


def test_leak_7_everything_logged_an_open_choice_shows(people):
    """The attack works: what is open by design is in the log."""
    poll, voters = opened_vote(people, "open")
    with copies.logging_everything() as lines:
        cast(poll, voters[0])
    assert [line for line in lines if '"equal": 4' in line]


def test_leak_7_everything_logged_a_bare_ballot_would_show(people, bare):
    poll, voters = opened_vote(people, "secret")
    with copies.logging_everything() as lines:
        cast(poll, voters[0])
    assert PLAIN in "".join(lines)


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_7_everything_logged_no_choice_shows(people, level):
    poll, voters = opened_vote(people, level)
    with copies.logging_everything() as lines:
        cast(poll, voters[0])
        cast(poll, voters[1], {"blank": True})
        cast(poll, voters[2], {"grades": {"equal": 0}})
    written = [line for line in lines if URN in line and "INSERT" in line]
    assert len(written) == 3  # the log does show statements
    told = "".join(lines)
    assert not re.search(r'"?(grades|blank)\\*"|[{,]\\*"(equal|half|hours)\\*"', told)
    sizes = {len(found) for found in BOX.findall("".join(written))}
    assert len(sizes) == 1


def test_leak_7_the_order_of_statements_pairs_nobody_with_a_ballot(people):
    """Over many elections: the log says who votes when, and shows the whole urn at each vote."""
    guesses, chance = Guesses(), Random(11)
    for _time in range(ELECTIONS):
        poll, voters = opened_vote(people, "secret")
        before: set[str] = set()
        with copies.logging_everything() as lines:
            for voter, said in zip(chance.sample(voters, ROLL), judgments(ROLL), strict=True):
                del lines[:]
                cast(poll, voter, said)
                [statement] = [one for one in lines if "INSERT" in one and URN in one]
                shown = BOX.findall(statement)
                assert not before & set(shown)  # no box of the vote before
                before = set(shown)
                whose = tally.canonical(said)
                guesses.among(
                    [tally.canonical(one) for one in boxes.open_secret(poll, shown)], whose
                )
        drop(people, poll)
    assert guesses.no_better_than_chance(), (guesses.hits, guesses.chance)


# --- 10: two dumps compared


def test_leak_10_two_backups_compared_tell_who_voted_and_nothing_else(people, tmp_path):
    poll, voters = opened_vote(people, "secret")
    cast(poll, voters[0])
    told = []
    for voter in voters[1:3]:
        cast(poll, voter)
        target = tmp_path / f"{voter.pk}"
        call_command("backup", str(target), stdout=io.StringIO())
        text = copies.run("pg_restore", "--data-only", "--file=-", str(target))
        told.append(set(text.splitlines()))
        assert not re.search(rf"^COPY public\.({URN}|decisions_keyholder) ", text, re.MULTILINE)
        assert re.search(rf"^COPY public\.{ROLL_TABLE} ", text, re.MULTILINE)
    changed = {line for line in told[0] ^ told[1] if "\t" in line}
    [elector] = Elector.objects.filter(poll=poll, enrolment=voters[2]).values_list("pk", flat=True)
    assert {line.split("\t")[0] for line in changed} == {str(elector)}


def test_leak_10_a_bare_ballot_would_show_in_a_stolen_dump(people, bare):
    poll, voters = opened_vote(people, "secret", roll=6)
    cast(poll, voters[0])
    assert PLAIN in "".join(copies.stolen_dump()[URN])


def test_leak_10_stolen_dumps_of_a_secret_vote_pair_nobody_with_a_ballot(people):
    """A real pg_dump after each vote, urn included, in the order of the disk; then the differences.

    Dumps are slow: a tenth of the elections. The same orders are attacked in all of them by SQL
    (test_leaks_database.py).
    """
    guesses, chance = Guesses(), Random(7)
    for _time in range(max(ELECTIONS // 10, 1)):
        poll, voters = opened_vote(people, "secret")
        before = copies.stolen_dump()
        for voter, said in zip(chance.sample(voters, ROLL), judgments(ROLL), strict=True):
            cast(poll, voter, said)
            after = copies.stolen_dump()
            changed = {table for table in after if set(after[table]) != set(before[table])}
            assert changed == {URN, ROLL_TABLE}
            urn, known = boxes_of(after), boxes_of(before)
            assert not set(known) & set(urn)  # every box is another: none is the new one
            assert "grades" not in "".join(after[URN])
            said_in_order = [tally.canonical(one) for one in boxes.open_secret(poll, urn)]
            guesses.among(said_in_order, tally.canonical(said))
            before = after
        drop(people, poll)
    assert guesses.no_better_than_chance(), (guesses.hits, guesses.chance)


def test_leak_10_stolen_dumps_of_a_sealed_vote_hold_boxes_that_nothing_in_them_opens(people):
    """Two dumps say whose box is new. It does not open, with the server's keys and what the count leaves."""
    vote = seal(people, roll=10)
    vote.cast_all(["hours"] * 5)
    before = copies.stolen_dump()
    vote.cast(vote.voters[5], "hours")
    assert len(set(boxes_of(copies.stolen_dump())) - set(boxes_of(before))) == 1
    for voter in vote.voters[6:]:
        vote.cast(voter, "half")
    vote.close()
    vote.open(1)
    for count in (False, True):
        if count:
            assert vote.open(2).winner.code == "hours"
        dump = copies.stolen_dump()
        contents = boxes_of(dump)
        assert len(contents) == 10 and len({len(one) for one in contents}) == 1
        assert not [line for line in itertools.chain(*dump.values()) if '"choice":' in line]
        assert not opens_any(vote.fresh(), contents, dump)


def boxes_of(dump):
    """The boxes of the urn, in the order of the disk."""
    return BOX.findall("\n".join(dump[URN]))


def opens_any(poll, contents, dump):
    """Try as keys every 32 bytes that the dump or the server holds."""
    text = "\n".join(itertools.chain(*dump.values()))
    held = {bytes.fromhex(found) for found in re.findall(r"\b[0-9a-f]{64}\b", text)}
    held |= set(crypto.derived_keys(f"decisions_urnballot|content|{poll.pk}"))
    assert bytes.fromhex(poll.public_key) in held
    for key, content in itertools.product(held, contents[:3]):
        sealed = boxes.base64.b64decode(content)
        for box in (SecretBox(key), SealedBox(PrivateKey(key))):
            try:
                return box.decrypt(sealed)
            except CryptoError:
                continue
    return None


# --- 10: the write-ahead log, as an archive or a replica receives it


def test_leak_10_a_bare_ballot_would_show_in_the_journal(people, bare):
    poll, voters = opened_vote(people, "secret", roll=6)
    position = copies.journal_position()
    cast(poll, voters[0])
    assert PLAIN.encode() in copies.journal_since(position)


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_10_the_journal_holds_no_choice(people, level):
    poll, voters = opened_vote(people, level, roll=6)
    position = copies.journal_position()
    for voter in voters:
        cast(poll, voter)
    journal = copies.journal_since(position)
    [content] = UrnBallot.objects.filter(poll=poll).values_list("content", flat=True)[:1]
    assert content.encode() in journal  # it is the right journal
    assert PLAIN.encode() not in journal and b'"half":4' not in journal
    assert opened(poll, [content])
