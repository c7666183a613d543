"""Pages of papers: typed by every method, and nothing of what was typed kept or shown."""

import re
from collections import Counter

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.models import RoomCount
from decisions.services import urn
from decisions.services.paper_ballots import Typed
from tests.decisions.assembly import actor_of, put_to_vote
from tests.decisions.questions import ask
from tests.decisions.secrecy.attacks import snapshot
from tests.decisions.secrecy.papers import (
    PAPERS,
    cast,
    in_assembly,
    sealed,
    state_of,
    tick,
    type_in,
)


@pytest.mark.usefixtures("questions_of_every_kind", "secret_kept_here")
@pytest.mark.parametrize(
    ("method", "papers"),
    [
        ("choice", PAPERS),
        ("majority", [{"choice": "for"}, {"choice": "against"}, {"blank": True}]),
        ("approval", [{"approve": ["half"]}, {"approve": []}, {"blank": True}]),
        ("ranked", [{"ranking": [["half"], ["hours"]]}, {"ranking": [["equal"]]}, {"blank": True}]),
        (
            "majority-judgment",
            [
                {"grades": {"equal": 0, "half": 4, "hours": 1}},
                {"grades": {"equal": 3, "half": 0, "hours": 0}},
                {"blank": True},
            ],
        ),
        ("equal-shares", [{"approve": ["fete"]}, {"approve": ["fete", "don"]}, {"blank": True}]),
    ],
)
def test_every_method_is_typed_on_its_page(people, eight, enter, method, papers):
    poll = in_assembly(people, eight, ask(people, method, secrecy="secret"))
    address = page_of(poll)
    driss, bastien = enter("driss"), enter("bastien")
    driss.post(address, {"cocher": "1", "ticked": [one.pk for one in eight[:3]]})
    seen = driss.get(address).content.decode()
    assert seen.count("Bulletin ") == (0 if method in ("choice", "majority") else 3)
    said = fields(poll, papers)
    words = re.findall(r"<li>([a-z]+)</li>", driss.post(address, said).content.decode())
    assert len(words) == 4
    assert "seulement ses quatre mots" in bastien.get(address).content.decode()
    answer = bastien.post(address, fields(poll, papers[::-1]) | {"spoken": " ".join(words).upper()})
    assert answer.status_code == 302
    found = [str(one) for one in urn.read(poll)]
    assert sorted(found) == sorted(str(one) for one in papers)
    assert "Les bulletins de papier sont dans l’urne" in driss.get(address).content.decode()
    assert driss.get(address + "imprimer/").status_code == 200


def page_of(poll):
    return reverse("decisions:paper", args=[poll.agenda_items.get().assembly_id, poll.pk])


def fields(poll, papers):
    """What a teller types to say these papers."""
    sent = {"compter": "1"}
    codes = [one.code for one in poll.options.all()]
    if poll.method in ("choice", "majority"):
        kinds = [*(codes or ["for", "against", "abstain"]), "blank"]
        said = Counter("blank" if "blank" in one else one["choice"] for one in papers)
        return sent | {f"n{n}": said[kind] for n, kind in enumerate(kinds)}
    for rank, one in enumerate(papers, 1):
        if "blank" in one:
            sent[f"p{rank}-blank"] = "on"
        if "approve" in one:
            sent[f"p{rank}-approve"] = one["approve"] or ["_none"]
        for n, code in enumerate(codes, 1):
            if "grades" in one:
                sent[f"p{rank}-option_{n}"] = one["grades"].get(code, 0)
            for place, tied in enumerate(one.get("ranking", ()), 1):
                if code in tied:
                    sent[f"p{rank}-option_{n}"] = place
    return sent


# --- what is kept of a typing


@pytest.mark.parametrize("agree", [True, False])
def test_of_what_the_tellers_type_no_table_keeps_a_choice(people, eight, agree):
    """Nor the words; and what is kept of the first typing is gone once the second is there."""
    vote = sealed(people, eight)
    tick(vote.poll, *eight[:3])
    before = snapshot()
    words = type_in(vote.poll, people.actor("driss")).words
    told = snapshot()
    changed = {table for table in told if told[table] != before[table]} - {"sqlite_sequence"}
    assert changed == {"decisions_roomcount"}
    assert not re.search(r"half|hours|" + "|".join(words), told["decisions_roomcount"])
    papers = PAPERS if agree else [PAPERS[0]] * 3
    type_in(vote.poll, actor_of(eight[4]), papers, words)
    after = snapshot()
    assert not RoomCount.objects.exclude(digest="").exists()
    changed = {table for table in after if after[table] != before[table]} - {"sqlite_sequence"}
    wanted = {"decisions_roomcount"}
    assert changed == (wanted | {"decisions_elector", "decisions_urnballot"} if agree else wanted)
    assert not re.search(r"half|hours", after["decisions_roomcount"] + after["decisions_urnballot"])


def test_the_same_papers_leave_another_commitment_each_time(people, eight, poll):
    """Whoever has the database and the server's keys has nothing to try the few possible papers with."""
    tick(poll, *eight[:3])
    found = set()
    for _time in range(3):
        type_in(poll, people.actor("driss"))
        found.add(RoomCount.objects.exclude(digest="").get().digest)
    assert len({one[:32] for one in found}) == len({one[32:] for one in found}) == 3


def test_a_failure_in_the_urn_leaves_the_first_typing_waiting(people, eight, poll, monkeypatch):
    tick(poll, *eight[:3])
    words = type_in(poll, people.actor("driss")).words
    before, rows = state_of(poll), list(RoomCount.objects.values())
    with monkeypatch.context() as broken:
        broken.setattr(urn, "check", lambda poll: (_ for _ in ()).throw(urn.UrnBroken("no")))
        with pytest.raises(urn.UrnBroken):
            type_in(poll, actor_of(eight[1]), PAPERS, words)
    assert state_of(poll) == before and list(RoomCount.objects.values()) == rows
    assert type_in(poll, actor_of(eight[1]), PAPERS, words).said == Typed.AGREED


def test_no_statement_says_which_paper_is_whose(people, eight, poll):
    """All the roll in one statement, all the urn in another: no paper is written beside a name."""
    from django.db import connection

    tick(poll, *eight[:3])
    words = type_in(poll, people.actor("driss")).words
    with CaptureQueriesContext(connection) as asked:
        type_in(poll, actor_of(eight[4]), PAPERS, words)
    sql = [one["sql"] for one in asked]
    assert sum(one.startswith('UPDATE "decisions_elector"') for one in sql) == 1
    assert sum(one.startswith('INSERT INTO "decisions_urnballot"') for one in sql) == 1


# --- pages


def test_the_page_tells_no_typing_no_phone_and_is_not_for_strangers(people, eight, enter, poll):
    address, driss = page_of(poll), enter("driss")
    unvoted = re.sub(r'value="[^"]{60,}"', "", driss.get(address).content.decode())
    cast(poll, eight[4])
    assert re.sub(r'value="[^"]{60,}"', "", driss.get(address).content.decode()) == unvoted
    assert enter("amina").get(address).status_code == 200
    assert enter("amina").post(address, {"cocher": "1", "ticked": []}).status_code == 403
    for name, code in (("chloe", 404), ("dalia", 404), ("helene", 403), ("elsa", 404)):
        for url in (address, address + "imprimer/"):
            assert enter(name).get(url).status_code == code, name
        assert enter(name).post(address, {"cocher": "1"}).status_code == code
    driss.post(address, {"cocher": "1", "ticked": [one.pk for one in eight[:3]]})
    answer = driss.post(address, fields(poll, PAPERS))
    assert "no-store" in answer.headers["Cache-Control"]
    seen = enter("amina").get(address).content.decode()
    assert "seulement ses quatre mots" in seen and 'value="2"' not in seen
    refused = enter("amina").post(address, fields(poll, PAPERS))
    assert "Demande-lui ses quatre mots" in refused.content.decode()
    assert "no-store" in refused.headers["Cache-Control"]


def test_an_open_vote_has_no_page_of_papers(people, eight, enter):
    poll = in_assembly(people, eight, put_to_vote(people))
    assert enter("driss").get(page_of(poll)).status_code == 404


def test_the_assembly_leads_to_the_papers_of_a_secret_vote(people, eight, enter, poll):
    assembly = poll.agenda_items.get().assembly_id
    seen = enter("driss").get(reverse("decisions:assembly", args=[assembly])).content.decode()
    assert page_of(poll) in seen and "Compter les mains" not in seen
