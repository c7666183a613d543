"""Minutes print what the results page shows: figures by method, as far as publication allows."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from decisions.enums import Secrecy
from decisions.papers import context
from decisions.rules.terms import Terms
from decisions.selectors import secrecy
from decisions.services import polls
from decisions.services.minutes_text import text_of
from documents.models import Document
from documents.services.render import draw
from tests.decisions.assembly import CLOSES_AT, close, fill, put_to_vote
from tests.decisions.meeting import closed, opened, sign
from tests.decisions.questions import ask, say
from tests.payroll.golden_slips import text_of as words_of

pytestmark = pytest.mark.usefixtures("questions_of_every_kind")
JUDGED = [
    (6, {"grades": {"half": 3, "equal": 1}}),
    (3, {"grades": {"half": 4}}),
    (1, {"blank": True}),
]
RANKED = [(6, {"ranking": [["half"], ["hours"]]}), (3, {"ranking": [["hours"]]})]
SHARED = [
    (5, {"approve": ["outils", "bache"]}), (4, {"approve": ["fete"]}), (2, {"approve": ["fete", "don"]}),
    (2, {"approve": ["don", "tabliers"]}), (1, {"approve": ["outils", "tabliers"]}),
]  # fmt: skip


def held(people, poll, lines, number=15):
    """The vote is decided in an assembly of two, the others on their phones; it is closed."""
    voters = fill(people.a.cohort, number)
    assembly = opened(people, voters[:2], poll.proposal)
    each = iter(voters)
    for count, ballot in lines:
        for _ in range(count):
            say(poll, next(each), **ballot)
    close(poll)
    return closed(people, assembly), voters


def resolution(assembly):
    (found,) = [point["resolution"] for point in text_of(assembly)["agenda"] if point["resolution"]]
    return found


def asked(people, method, lines):
    fill(people.a.cohort, 15)
    return held(people, ask(people, method), lines)


def test_a_judgment_prints_its_grades_and_the_middle_best_first(people):
    assembly, _voters = asked(people, "majority-judgment", JUDGED)
    said = resolution(assembly)
    assert said["table"]["heads"] == [
        "Réponse", "À rejeter", "Passable", "Assez bien", "Bien", "Très bien", "Au milieu",
    ]  # fmt: skip
    assert said["table"]["rows"] == [
        ["Moitié égal, moitié heures", 0, 0, 0, 6, 3, "Bien"],
        ["Égal pour tous", 3, 6, 0, 0, 0, "Passable"],
        ["Aux heures", 9, 0, 0, 0, 0, "À rejeter"],
    ]
    assert said["ballots"] == [10, 1]
    assert said["said"].startswith("Le groupe a choisi «\u00a0Moitié égal, moitié heures\u00a0».")


def test_a_ranking_prints_its_order_and_its_duels(people):
    assembly, _voters = asked(people, "ranked", RANKED)
    said = resolution(assembly)
    assert said["ranking"] == [
        "«\u00a0Moitié égal, moitié heures\u00a0»",
        "«\u00a0Aux heures\u00a0»",
        "«\u00a0Égal pour tous\u00a0»",
    ]
    assert said["table"]["rows"][0] == ["Moitié égal, moitié heures avant Aux heures", "6 à 3"]
    assert len(said["table"]["rows"]) == 3


def test_equal_shares_print_what_is_paid_its_cost_and_what_is_left(people):
    assembly, _voters = asked(people, "equal-shares", SHARED)
    said = resolution(assembly)
    assert said["table"]["rows"][0] == ["Des outils – payé à parts égales", "120,00\u00a0€"]
    assert said["table"]["rows"][3] == ["Une fête – pas payé", "150,00\u00a0€"]
    assert said["table"]["foot"] == ["Dépensé sur 300,00\u00a0€", "270,00\u00a0€"]
    assert "270,00\u00a0€ dépensés, 30,00\u00a0€ gardés." in said["said"]


@pytest.mark.parametrize(
    ("method", "ballot", "line"),
    [
        ("majority", {"choice": "for"}, ["Pour", 9]),
        ("consent", {"voice": "consent"}, ["Consentement", 9]),
        ("choice", {"choice": "half"}, ["Moitié égal, moitié heures", 9]),
        ("approval", {"approve": ["half"]}, ["Moitié égal, moitié heures", 9]),
    ],
)
def test_methods_of_one_number_an_answer_keep_their_lines(people, method, ballot, line):
    said = resolution(asked(people, method, [(9, ballot)])[0])
    assert line in said["figures"]
    assert said["table"] is None


def test_answers_are_printed_with_their_words_whatever_came_out(people):
    said = resolution(asked(people, "ranked", [])[0])
    assert said["outcome"] == "quorum manqué"
    assert ["Aux heures", "Chaque heure compte pareil."] in said["options"]
    assert said["proposed"]


def test_a_quorum_missed_prints_its_counts_and_no_order(people):
    said = resolution(asked(people, "ranked", RANKED[1:])[0])
    assert said["said"] == "Il manque des voix. Le vote ne compte pas."


@pytest.fixture
def secretly(people, monkeypatch):
    monkeypatch.setattr(secrecy, "offered", lambda: tuple(Secrecy))

    def decide(number):
        fill(people.a.cohort, 15)
        poll = put_to_vote(people, terms=Terms("majority-judgment", {}, "secret"))
        return held(people, poll, [(number, {"grades": {"half": 3}})])[0]

    return decide


def test_nine_secret_ballots_print_the_outcome_and_not_one_figure(secretly):
    said = resolution(secretly(9))
    assert (said["kept_back"], said["table"], said["figures"], said["ranking"]) == (
        True, None, [], [],
    )  # fmt: skip
    assert said["said"] == "Le groupe a choisi «\u00a0Moitié égal, moitié heures\u00a0»."
    assert said["ballots"] == [0, 0]


def test_ten_secret_ballots_print_the_grades(secretly):
    said = resolution(secretly(10))
    assert said["table"]["rows"][0] == ["Moitié égal, moitié heures", 0, 0, 0, 10, 0, "Bien"]


def test_the_paper_and_the_page_before_it_say_the_same(people, enter):
    assembly, voters = asked(people, "majority-judgment", JUDGED)
    page = enter("amina").get(reverse("decisions:sign_minutes", args=[assembly.pk]))
    shown = page.content.decode().replace("\u00a0", " ")
    for one in voters[:2]:
        sign(assembly, one)
    paper = " ".join(words_of(draw(Document.objects.get())).split())
    for said in (
        "Au milieu",
        "Passable",
        "Chaque heure compte pareil.",
        "lui donne « Bien » ou mieux",
    ):
        assert said in shown, said
        assert said in paper, said
    assert "Moitié égal, moitié heures 0 0 0 6 3 Bien" in paper
    assert "se lisent dans le registre" not in paper


def test_who_ended_a_vote_early_stands_in_the_minutes_with_the_reason(people):
    fill(people.a.cohort, 6)
    poll = ask(people, "majority")
    voters = fill(people.a.cohort, 6)
    assembly = opened(people, voters[:2], poll.proposal)
    for voter in voters[:4]:
        say(poll, voter, choice="for")
    early = CLOSES_AT.replace(hour=9)
    polls.close_poll(poll=poll, actor=people.actor("driss"), at=early, reason="La salle ferme")
    closed(people, assembly)
    said = resolution(assembly)
    assert (said["early"], said["early_by"]) == ("La salle ferme", "Driss Marchal")
    for one in voters[:2]:
        sign(assembly, one)
    paper = " ".join(words_of(draw(Document.objects.get())).split())
    assert "Fini avant l’heure par Driss Marchal, parce que : « La salle ferme »." in paper


# Papers issued before.

GOLDEN = Path(__file__).parent / "golden" / "minutes_1.json"
FORMER = "pdf/former/meeting_minutes_1.html"


def test_a_former_template_is_kept_as_it_was():
    source = Path(settings.BASE_DIR) / "templates" / FORMER
    assert hashlib.sha256(source.read_bytes()).hexdigest() == (
        "348ec9827eb4b646b9fb977d908f64ca0b2d8ed282e1dc32a659c4f8bd332f7b"
    )


def test_minutes_issued_before_are_drawn_as_they_were():
    snapshot = json.loads(GOLDEN.read_text())
    paper = Document(kind="meeting_minutes", snapshot=snapshot, template_version="1")
    pdf = draw(paper)
    assert pdf == draw(paper)
    words = " ".join(words_of(pdf).split())
    assert "Les chiffres de ce vote se lisent dans le registre des décisions." in words
    assert "Moitié égal, moitié heures 4" in words
    assert "Réponses proposées" not in words


def test_a_text_signed_before_and_issued_after_is_printed_whole():
    """Photographed by the first signature of one release, issued by the second of the next."""
    snapshot = json.loads(GOLDEN.read_text())
    frame = {"paper": snapshot["paper"], "check": {}}
    html = render_to_string("pdf/meeting_minutes.html", {**context(snapshot), **frame})
    assert "Décision n° 2" in html
    assert html.count("se lisent dans le registre") == 1
    assert "Réponses proposées" not in html
