"""Voting on a phone by every method: what the page teaches, « A voté », changing, voting for another."""

import re

import pytest
from django.urls import reverse

from decisions.models import Ballot, Elector
from decisions.services import polls
from tests.decisions.assembly import fill, member
from tests.decisions.questions import ask, say

pytestmark = pytest.mark.usefixtures("questions_of_every_kind")
METHODS = [
    "choice", "majority", "consent", "majority-judgment", "approval", "ranked", "equal-shares",
]  # fmt: skip


def address(poll, represented=None):
    if represented:
        return reverse("decisions:poll_for", args=[poll.pk, represented.pk])
    return reverse("decisions:poll", args=[poll.pk])


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words(response)))


def carry(poll, giver, holder):
    """As a proxy given before the opening leaves the roll."""
    Elector.objects.filter(poll=poll, enrolment=giver).update(proxy_holder=holder)


@pytest.mark.parametrize(
    ("method", "taught"),
    [
        ("choice", "6 pour « Égal pour tous », 4 pour « Aux heures »"),
        ("majority", "« Ouvrir le samedi ? » : 7 pour, 5 contre, 3 abstentions."),
        ("consent", "« Ouvrir le samedi ? » : 12 personnes consentent"),
        ("majority-judgment", "« Égal pour tous » reçoit Passable, Bien, Très bien"),
        ("approval", "9 personnes cochent « Égal pour tous »"),
        ("ranked", "8 personnes mettent « Égal pour tous » avant « Aux heures »"),
        ("equal-shares", "« Des outils » coûte 120,00 € : il faut au moins 4 personnes"),
    ],
)
def test_each_method_is_taught_with_the_answers_of_the_vote(enter, people, method, taught):
    page = text_of(enter("amina").get(address(ask(people, method))))
    assert "Comment ça marche" in page
    assert taught in page


@pytest.mark.parametrize(
    ("rule", "taught"),
    [
        ({"majority": "qualified", "fraction": "2/3"}, "Il faut 10 pour."),
        (
            {"majority": "absolute", "base": "roll"},
            "ne pas voter, ou s’abstenir, pèse comme un non",
        ),
        ({"majority": "absolute", "base": "present"}, "s’abstenir pèse comme un non"),
    ],
)
def test_a_majority_is_taught_with_its_own_rule(enter, people, rule, taught):
    assert taught in text_of(enter("amina").get(address(ask(people, "majority", rule))))


@pytest.mark.parametrize(
    ("method", "ballot", "told"),
    [
        ("choice", {"choice": "half"}, ["Moitié égal, moitié heures"]),
        ("majority", {"choice": "against"}, ["Contre"]),
        ("consent", {"voice": "concern", "text": "Le bruit"}, ["avec une réserve", "« Le bruit »"]),
        ("majority-judgment", {"grades": {"hours": 3}}, ["heures : Bien", "tous : À rejeter"]),
        ("approval", {"approve": []}, ["Aucune de ces réponses"]),
        ("approval", {"approve": ["hours", "half"]}, ["Aux heures", "Moitié égal"]),
        (
            "ranked",
            {"ranking": [["hours", "half"]]},
            ["1re place : Aux heures", "Sans place : Égal"],
        ),
        ("equal-shares", {"approve": ["don"]}, ["Un don"]),
        ("ranked", {"blank": True}, ["Blanc"]),
    ],
)
def test_my_own_choice_is_told_in_words_and_may_change(enter, people, method, ballot, told):
    poll = ask(people, method)
    say(poll, people.enrolments["amina"], **ballot)
    page = text_of(enter("amina").get(address(poll)))
    for line in ["A voté", "Changer mon vote", *told]:
        assert line in page


@pytest.mark.parametrize("method", METHODS)
def test_the_history_of_my_choices_is_shown(enter, people, method):
    poll, amina = ask(people, method), enter("amina")
    filled = {
        "choice": {"choice": "half"}, "majority": {"choice": "for"},
        "consent": {"choice": "consent"}, "approval": {"approve": ["half"]},
        "majority-judgment": {f"option_{n}": "3" for n in (1, 2, 3)},
        "ranked": {"option_1": "1"}, "equal-shares": {"approve": ["don"]},
    }[method]  # fmt: skip
    blank = {"choice": "_blank"} if "choice" in filled else {"blank": "on"}
    amina.post(address(poll), blank)
    amina.post(address(poll), filled)
    page = text_of(amina.get(address(poll)))
    assert "Tes choix, dans l’ordre" in page
    assert "Seul le dernier compte." in page


@pytest.mark.parametrize("method", METHODS)
def test_nothing_of_the_others_is_shown_before_the_end(enter, people, method):
    poll = ask(people, method)
    say(poll, people.enrolments["bastien"], blank=True)
    assert "Bastien" not in words(enter("amina").get(address(poll)))


# Consent: an objection is its author's.


@pytest.fixture
def objected(people):
    poll = ask(people, "consent")
    say(poll, people.enrolments["amina"], voice="objection", text="Trop de bruit")
    return poll


def settle(enter, poll, state, name="amina"):
    return enter(name).post(reverse("decisions:settle_objection", args=[poll.pk]), {"state": state})


@pytest.mark.parametrize(
    ("state", "told"), [("withdrawn", "objection retirée"), ("integrated", "prise en compte")]
)
def test_its_author_may_say_that_an_objection_no_longer_stands(enter, objected, state, told):
    assert "Elle bloque ce texte." in words(enter("amina").get(address(objected)))
    settle(enter, objected, state)
    ballot = Ballot.objects.get()
    assert ballot.content == {"voice": "objection", "state": state, "text": "Trop de bruit"}
    page = words(enter("amina").get(address(objected)))
    assert told in page
    assert "Remettre mon objection" in page
    settle(enter, objected, "open")
    assert Ballot.objects.get().content["state"] == "open"


@pytest.mark.parametrize("name", ["bastien", "gael", "chloe", "driss"])
def test_nobody_else_settles_an_objection(enter, objected, name):
    assert settle(enter, objected, "withdrawn", name).status_code in (403, 404, 409)
    assert Ballot.objects.get().content["state"] == "open"


def test_an_objection_is_not_settled_after_the_end_nor_by_an_unknown_word(enter, objected):
    settle(enter, objected, "inadmissible")
    assert Ballot.objects.get().content["state"] == "open"
    polls.close_poll(poll=objected, actor=None, at=objected.closes_at)
    for state in ("integrated", "open"):
        assert settle(enter, objected, state).status_code == 409
    # Taken back after the count, it only lets the same text be voted again.
    assert settle(enter, objected, "withdrawn").status_code == 302
    assert Ballot.objects.get().content["state"] == "open"


def test_who_consents_has_no_objection_to_settle(enter, people):
    poll = ask(people, "consent")
    say(poll, people.enrolments["amina"], voice="consent")
    assert "Ton objection" not in words(enter("amina").get(address(poll)))
    assert settle(enter, poll, "withdrawn").status_code == 409
    assert Ballot.objects.get().content == {"voice": "consent"}


# Voting for somebody who gave their voice.


@pytest.fixture
def carried(people):
    poll = ask(people, "majority")
    carry(poll, people.enrolments["bastien"], people.enrolments["amina"])
    return poll


def test_the_holder_sees_for_whom_they_vote_and_casts_that_ballot_alone(enter, people, carried):
    amina, bastien = enter("amina"), people.enrolments["bastien"]
    assert "Tu votes aussi pour Bastien Cherif" in words(amina.get("/a-decider/"))
    page = words(amina.get(address(carried, bastien)))
    assert "Tu votes pour <b>Bastien Cherif</b>" in page
    answer = amina.post(address(carried, bastien), {"choice": "against"})
    assert (answer.status_code, answer.url) == (302, address(carried, bastien))
    ballot = Ballot.objects.get()
    assert (ballot.elector.enrolment, ballot.cast_by) == (bastien, people.amina)
    assert "C’est le bulletin de <b>Bastien Cherif</b>" in words(
        amina.get(address(carried, bastien))
    )
    # Their own voice still waits.
    assert "Je vote" in words(amina.get(address(carried)))


def test_who_gave_their_voice_is_told_and_has_no_button(enter, carried):
    bastien = enter("bastien")
    page = words(bastien.get(address(carried)))
    assert "Tu as donné ta voix à <b>Amina Sarr</b>" in page
    assert "Je vote" not in page
    assert "Voir et voter" not in words(bastien.get("/a-decider/"))
    assert "Ta voix est ailleurs" in words(bastien.get("/a-decider/"))
    assert "Reprends-la" in words(bastien.post(address(carried), {"choice": "for"}))
    assert not Ballot.objects.exists()


def test_a_proxy_holder_never_reads_what_the_other_would_earn(enter, people):
    poll = ask(people, "majority-judgment")
    carry(poll, people.enrolments["bastien"], people.enrolments["amina"])
    assert "Avec tes" not in words(enter("amina").get(address(poll, people.enrolments["bastien"])))


@pytest.mark.parametrize(
    ("name", "status"),
    [("bastien", 404), ("gael", 404), ("chloe", 404), ("driss", 403), ("elsa", 404)],
)
def test_the_page_of_a_carried_voice_is_its_holders_alone(enter, people, carried, name, status):
    url = address(carried, people.enrolments["bastien"])
    assert enter(name).get(url).status_code == status
    assert enter(name).post(url, {"choice": "for"}).status_code == status
    assert not Ballot.objects.exists()


def test_holding_one_voice_opens_no_other(enter, people, carried):
    other = member(people.a.cohort)
    url = address(carried, other)
    assert enter("amina").post(url, {"choice": "for"}).status_code == 404
    assert not Ballot.objects.exists()


def test_who_is_counted_in_the_room_is_told_on_the_phone(enter, people):
    poll = ask(people, "majority")
    Elector.objects.filter(poll=poll, enrolment=people.enrolments["amina"]).update(channel="room")
    page = words(enter("amina").get(address(poll)))
    assert "Ta voix est comptée dans la salle" in page
    assert "Je vote" not in page


# Cost.


@pytest.mark.parametrize("method", METHODS)
def test_a_vote_page_costs_the_same_by_every_method(
    enter, people, method, django_assert_max_num_queries
):
    voters = fill(people.a.cohort, 15)
    poll, amina = ask(people, method), enter("amina")
    amina.get(address(poll))
    for _stage in ("to vote", "voted"):
        with django_assert_max_num_queries(15):
            amina.get(address(poll))
        for voter in voters:
            say(poll, voter, blank=True)
