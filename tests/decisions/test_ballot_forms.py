"""Each method asks for its ballot in its own form: what is typed, what is said, what is refused."""

import pytest
from django.urls import reverse

from decisions.models import Ballot, BallotChange
from tests.decisions.questions import ask

pytestmark = pytest.mark.usefixtures("questions_of_every_kind")


def sends(enter, poll, typed, name="amina"):
    return enter(name).post(reverse("decisions:poll", args=[poll.pk]), typed)


def words(response):
    return response.content.decode().replace("\u00a0", " ")


ALL_JUDGED = {"option_1": "4", "option_2": "0", "option_3": "2"}
RANKED = {"option_1": "2", "option_2": "1", "option_3": "2"}
WELL_FILLED = [
    ("choice", {"choice": "half"}, {"choice": "half"}),
    ("majority", {"choice": "for"}, {"choice": "for"}),
    ("majority", {"choice": "abstain"}, {"choice": "abstain"}),
    ("consent", {"choice": "consent"}, {"voice": "consent"}),
    (
        "consent",
        {"choice": "concern", "text": "Le bruit"},
        {"voice": "concern", "text": "Le bruit"},
    ),
    ("consent", {"choice": "concern"}, {"voice": "concern"}),
    (
        "consent",
        {"choice": "objection", "text": " Trop tôt "},
        {"voice": "objection", "state": "open", "text": "Trop tôt"},
    ),
    ("consent", {"choice": "abstain"}, {"voice": "abstain"}),
    ("majority-judgment", ALL_JUDGED, {"grades": {"equal": 4, "hours": 0, "half": 2}}),
    ("approval", {"approve": ["half", "equal"]}, {"approve": ["equal", "half"]}),
    ("approval", {"approve": ["_none"]}, {"approve": []}),
    ("ranked", RANKED, {"ranking": [["hours"], ["equal", "half"]]}),
    ("ranked", {"option_3": "3"}, {"ranking": [["half"]]}),
    ("equal-shares", {"approve": ["outils", "bache"]}, {"approve": ["outils", "bache"]}),
    ("equal-shares", {"approve": ["_none"]}, {"approve": []}),
]


@pytest.mark.parametrize(("method", "typed", "ballot"), WELL_FILLED)
def test_what_is_typed_becomes_one_ballot_of_the_file(enter, people, method, typed, ballot):
    poll = ask(people, method)
    assert sends(enter, poll, typed).status_code == 302
    assert Ballot.objects.get().content == ballot


BLANKS = [
    *((method, {"choice": "_blank"}) for method in ("choice", "majority", "consent")),
    *((method, {"blank": "on"}) for method in ("majority-judgment", "ranked")),
    *((method, {"blank": "on"}) for method in ("approval", "equal-shares")),
    ("majority-judgment", {"blank": "on", "option_1": "4"}),
    ("approval", {"blank": "on", "approve": ["half"]}),
]


@pytest.mark.parametrize(("method", "typed"), BLANKS)
def test_a_blank_is_always_possible_and_forgets_the_rest(enter, people, method, typed):
    assert sends(enter, ask(people, method), typed).status_code == 302
    assert Ballot.objects.get().content == {"blank": True}


BADLY_FILLED = [
    ("choice", {}, "Choisis une réponse."),
    ("majority", {"choice": "peut-être"}, "Cette réponse n’est pas proposée dans ce vote."),
    ("consent", {"choice": "objection"}, "Une objection dit pourquoi."),
    ("consent", {"choice": "objection", "text": "   "}, "Une objection dit pourquoi."),
    ("consent", {"choice": "consent", "text": "Le bruit"}, "Choisis « réserve » ou « objection »"),
    ("consent", {"text": "Le bruit"}, "Choisis une réponse."),
    ("majority-judgment", {}, "Donne une mention à « Égal pour tous »."),
    ("majority-judgment", {**ALL_JUDGED, "option_2": ""}, "Donne une mention à « "),
    ("majority-judgment", {**ALL_JUDGED, "option_2": "5"}, "Cette mention n’existe pas."),
    ("approval", {}, "Coche une réponse au moins"),
    ("approval", {"approve": ["_none", "half"]}, "Garde l’un ou l’autre."),
    ("approval", {"approve": ["autre"]}, "Cette réponse n’est pas proposée dans ce vote."),
    ("ranked", {}, "Donne une place à une réponse au moins"),
    ("ranked", {"option_1": "4"}, "Cette place n’existe pas."),
    ("ranked", {"option_1": "0"}, "Cette place n’existe pas."),
    ("equal-shares", {"approve": ["_none", "don"]}, "Garde l’un ou l’autre."),
]


@pytest.mark.parametrize(("method", "typed", "sentence"), BADLY_FILLED)
def test_a_wrong_ballot_is_told_and_not_cast(enter, people, method, typed, sentence):
    answer = sends(enter, ask(people, method), typed)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not Ballot.objects.exists()


LOSE_NOTHING = [
    ("consent", {"choice": "consent", "text": "Le bruit du samedi"}, "Le bruit du samedi"),
    ("majority-judgment", {"option_1": "4"}, 'value="4" checked'),
    ("approval", {"approve": ["_none", "half"]}, 'value="half" checked'),
    ("ranked", {"option_1": "2", "option_2": "9"}, '<option value="2" selected>'),
]


@pytest.mark.parametrize(("method", "typed", "kept"), LOSE_NOTHING)
def test_a_wrong_ballot_keeps_what_was_typed(enter, people, method, typed, kept):
    assert kept in words(sends(enter, ask(people, method), typed))


@pytest.mark.parametrize(("method", "typed", "ballot"), WELL_FILLED)
def test_changing_starts_from_what_was_said_and_saying_it_again_changes_nothing(
    enter, people, method, typed, ballot
):
    poll = ask(people, method)
    sends(enter, poll, typed)
    page = words(enter("amina").get(reverse("decisions:poll", args=[poll.pk]) + "?changer=1"))
    assert "checked" in page or "selected>" in page
    sends(enter, poll, typed)
    assert BallotChange.objects.count() == 1


@pytest.mark.parametrize("method", sorted({method for method, *_ in WELL_FILLED}))
def test_nothing_is_chosen_in_advance(enter, people, method):
    page = words(enter("amina").get(reverse("decisions:poll", args=[ask(people, method).pk])))
    assert "checked" not in page
    assert "selected>" not in page.replace('<option value="" selected>', "")
