"""A secret ballot is for good: it is shown once more, and only the second press casts it."""

import itertools
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from decisions.models import Ballot, Elector, UrnBallot
from decisions.services import urn
from tests.decisions.assembly import CLOSES_AT, fill, put_to_vote
from tests.decisions.questions import ask
from tests.decisions.secrecy.sealed import seal

CAST, CHANGE = {"confirmer": "1"}, {"modifier": "1"}
pytestmark = pytest.mark.usefixtures("questions_of_every_kind")
# What is typed, what it says, the ballot.
TYPED = {
    "choice": ({"choice": "half"}, ["Moitié égal"], {"choice": "half"}),
    "majority": ({"choice": "against"}, ["Contre"], {"choice": "against"}),
    "majority-judgment": (
        {"option_1": "3", "option_2": "0", "option_3": "4"},
        ["Égal pour tous : Bien", "Aux heures : À rejeter", "Moitié égal, moitié heures : Très"],
        {"grades": {"equal": 3, "hours": 0, "half": 4}},
    ),
    "approval": (
        {"approve": ["half", "equal"]},
        ["Égal pour tous", "Moitié égal"],
        {"approve": ["equal", "half"]},
    ),
    "ranked": (
        {"option_1": "3", "option_3": "1"},
        ["1re place : Moitié égal", "2e place : Égal pour tous", "Sans place : Aux heures"],
        {"ranking": [["half"], ["equal"]]},
    ),
    "equal-shares": (
        {"approve": ["don", "fete"]},
        ["Une fête", "Un don"],
        {"approve": ["fete", "don"]},
    ),
}


@pytest.fixture
def secret(people, secret_kept_here):
    def make(method="choice", **rule):
        fill(people.a.cohort, 6)
        return ask(people, method, rule, secrecy="secret")

    return make


@pytest.fixture
def amina(enter):
    return enter("amina")


def address(poll):
    return reverse("decisions:poll", args=[poll.pk])


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def carried(answer):
    """What the page sends again by itself, without its token."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text(answer)):
        sent.setdefault(name, []).append(value)
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@pytest.mark.parametrize("method", TYPED)
def test_a_ballot_is_said_in_words_then_cast_by_what_its_page_carries(amina, secret, method):
    poll = secret(method)
    typed, words, ballot = TYPED[method]
    shown = amina.post(address(poll), typed)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(shown)))
    assert shown.status_code == 200 and all(one in page for one in words), page
    assert "Voter définitivement" in page and "Modifier" in page
    assert not UrnBallot.objects.exists() and not Elector.objects.filter(used=True).exists()
    assert amina.post(address(poll), carried(shown) | CAST).status_code == 302
    assert urn.read(poll) == [ballot]


@pytest.mark.parametrize("method", TYPED)
def test_a_blank_is_said_and_carried_alone(amina, secret, method):
    poll = secret(method)
    blank = {"choice": "_blank"} if method in ("choice", "majority") else {"blank": "on"}
    shown = amina.post(address(poll), TYPED[method][0] | blank)
    assert "<li>Blanc</li>" in text(shown) and len(carried(shown)) == 1
    amina.post(address(poll), carried(shown) | CAST)
    assert urn.read(poll) == [{"blank": True}]


def test_changing_gives_the_form_back_filled_and_writes_nothing(amina, secret):
    poll = secret("ranked")
    shown = amina.post(address(poll), TYPED["ranked"][0])
    again = text(amina.post(address(poll), carried(shown) | CHANGE))
    assert "Vérifier mon choix" in again and "invalid-feedback" not in again
    chosen = re.findall(r'<option value="(\d*)" selected', again)
    assert chosen == ["2", "", "1"]
    assert not UrnBallot.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"choice": "nobody"}, {"choice": ""}, {"choice": "nobody", "modifier": "1"}]
)
def test_a_malformed_second_press_does_not_consume_the_vote(amina, secret, sent):
    poll = secret()
    assert amina.post(address(poll), sent | CAST).status_code == 200
    assert not UrnBallot.objects.exists() and not Elector.objects.filter(used=True).exists()
    amina.post(address(poll), {"choice": "half"} | CAST)
    assert UrnBallot.objects.count() == 1


def test_confirming_twice_casts_once(amina, secret):
    poll = secret()
    for _press in range(2):
        amina.post(address(poll), {"choice": "half"} | CAST)
    assert urn.read(poll) == [{"choice": "half"}]
    late = text(amina.post(address(poll), {"choice": "hours"}))
    assert "Voter définitivement" not in late and "déjà voté" in late


def test_confirming_after_the_hour_casts_nothing(amina, secret):
    poll = secret()
    shown = amina.post(address(poll), {"choice": "half"})
    with time_machine.travel(CLOSES_AT, tick=False):
        assert "Le vote est fini" in text(amina.post(address(poll), carried(shown) | CAST))
        assert "Voter définitivement" not in text(amina.post(address(poll), {"choice": "half"}))
    assert not UrnBallot.objects.exists()


def test_who_may_not_vote_is_told_before_confirming(enter, people, secret):
    """Near misses: a voice given away, the other cohort, those who never vote."""
    poll = secret()
    Elector.objects.filter(poll=poll, enrolment=people.enrolments["amina"]).update(
        proxy_holder=people.enrolments["bastien"]
    )
    page = text(enter("amina").post(address(poll), {"choice": "half"}))
    assert "Tu as donné ta voix" in page and "Voter définitivement" not in page
    for name, code in (("chloe", 404), ("driss", 403), ("helene", 403)):
        assert enter(name).post(address(poll), {"choice": "half"}).status_code == code
    given = reverse("decisions:poll_for", args=[poll.pk, people.enrolments["amina"].pk])
    shown = enter("bastien").post(given, {"choice": "half"})
    assert "Tu votes pour" in text(shown)
    enter("bastien").post(given, carried(shown) | CAST)
    assert Elector.objects.get(used=True).enrolment == people.enrolments["amina"]


def test_an_open_ballot_needs_no_second_press(amina, people):
    poll = put_to_vote(people)
    assert amina.post(address(poll), {"choice": "half"}).status_code == 302
    assert Ballot.objects.count() == 1


def test_a_sealed_ballot_gives_its_receipt_after_the_second_press_only(people, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    vote = seal(people, roll=6)
    client = Client()
    client.force_login(
        vote.voters[0].person.user, backend="django.contrib.auth.backends.ModelBackend"
    )
    shown = client.post(address(vote.poll), {"choice": "half"})
    assert "Ton reçu" not in text(shown) and not UrnBallot.objects.exists()
    assert "Ton reçu" in text(client.post(address(vote.poll), carried(shown) | CAST))


@pytest.mark.parametrize("press", [{}, CHANGE], ids=["confirm", "change"])
@pytest.mark.parametrize("method", ["choice", "majority-judgment", "approval", "ranked"])
def test_the_length_of_a_page_tells_no_choice(amina, secret, method, press):
    """Servers write the length of what they answer in their logs, beside who asked."""
    poll = secret(method)
    codes = ["equal", "hours", "half"]
    every = {
        "choice": [{"choice": one} for one in (*codes, "_blank")],
        "approval": [
            {"approve": some} for n in (1, 2, 3) for some in itertools.combinations(codes, n)
        ],
        "majority-judgment": [
            {f"option_{n}": one for n, one in enumerate(given, 1)}
            for given in itertools.product("024", repeat=3)
        ],
        "ranked": [{"option_1": "1"}, {"option_1": "1", "option_2": "2", "option_3": "3"}],
    }[method]
    answers = [
        amina.post(address(poll), one | press, HTTP_ACCEPT_ENCODING="gzip")
        for one in [*every, {"blank": "on"}]
        if not (method == "choice" and one == {"blank": "on"})
    ]
    assert {one.status_code for one in answers} == {200}
    assert len({len(one.content) for one in answers}) == 1
    assert len({one.content for one in answers}) > 1
