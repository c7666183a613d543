"""The pages of keys and receipts: each for its holder, words in one answer only, no script needed."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from decisions.models import KeyHolder, UrnBallot
from decisions.services import boxes
from decisions.views import keys
from tests.decisions.assembly import CLOSES_AT, NOW, put_to_vote
from tests.decisions.secrecy.sealed import announce, seal

ELEVEN = ["hours"] * 7 + ["half"] * 4
CONFIRMED = {"choice": "half", "confirmer": "1"}


@pytest.fixture
def as_holder(people, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def enter(vote, position):
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(vote.holder(position).person.user, backend=backend)
        return client

    return enter


def address(vote):
    return reverse("decisions:key", args=[vote.poll.pk])


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def draw(client, vote):
    page = text(client.post(address(vote), {"act": "draw"}))
    return re.search(r'name="words" value="([a-z ]+)"', page)[1].split()


def keep(client, vote, words, **changes):
    said = {"act": "keep", "words": " ".join(words), "second": words[1], "fifth": words[4]}
    return client.post(address(vote), said | changes)


@pytest.mark.parametrize("position", [1, 2])
def test_a_holder_takes_a_key_from_phone_or_desk(people, as_holder, position):
    vote = announce(people)
    client = as_holder(vote, position)
    assert "Voir mes six mots" in text(client.get(address(vote)))
    words = draw(client, vote)
    assert len(words) == 6 and not vote.holder(position).ready_at
    assert keep(client, vote, words, second=words[1].upper()).status_code == 302
    assert vote.holder(position).ready_at == NOW
    page = text(client.get(address(vote)))
    taken = (
        "Votre clé est prise" if position == 1 else "Ta clé est prise"
    )  # a coordinator's, then one's own
    assert taken in page and not any(f">{word}<" in page for word in words)


def test_a_word_misread_takes_no_key_and_shows_the_words_again(people, as_holder):
    vote = announce(people)
    client = as_holder(vote, 2)
    words = draw(client, vote)
    page = text(keep(client, vote, words, fifth=words[3]))
    assert "Ce n’est pas le même mot" in page and words[0] in page
    assert not vote.holder(2).ready_at


def test_words_pass_through_no_session_message_or_cookie(people, as_holder):
    vote = announce(people)
    client = as_holder(vote, 2)
    words = draw(client, vote)
    keep(client, vote, words)
    kept = " ".join(str(one.get_decoded()) for one in Session.objects.all()) + str(client.cookies)
    assert not [word for word in words if f"{word} " in kept or f"'{word}'" in kept]
    stored = str(list(KeyHolder.objects.values()))
    assert not [word for word in words if word in stored.split()]


def test_words_are_in_no_cache(people, as_holder):
    vote = announce(people)
    answer = as_holder(vote, 2).post(address(vote), {"act": "draw"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_square_says_the_six_words_and_is_drawn_in_their_answer_only(
    people, as_holder, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        keys, "png_src", lambda text: asked.append(text) or "data:image/png;base64,AA"
    )
    vote = announce(people)
    client = as_holder(vote, 2)
    answer = client.post(address(vote), {"act": "draw"})
    words = re.search(r'name="words" value="([a-z ]+)"', text(answer))[1]
    assert asked == [words] and 'src="data:image/png;base64,AA"' in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    page = text(answer)
    kept = page[page.index("ct-alone") :]
    for form in re.findall(
        "<form[^>]*>", kept
    ):  # what is printed is the words, no form around them
        assert "d-print-none" in form
    keep(client, vote, words.split())
    assert "data:image/png" not in text(client.get(address(vote)))


@pytest.mark.parametrize("words", ["", "abeille", "x" * 119, "<b>" * 20])
def test_words_that_are_not_a_key_have_no_square(people, as_holder, words):
    vote = announce(people)
    sent = {"act": "keep", "words": words, "second": "a", "fifth": "b"}
    answer = as_holder(vote, 2).post(address(vote), sent)
    assert answer.status_code == 200 and "data:image/png" not in text(answer)


def test_the_urn_is_opened_by_two_people_each_on_their_own_page(people, as_holder):
    vote = seal(people)
    vote.cast_all(ELEVEN)
    vote.close()
    with time_machine.travel(CLOSES_AT, tick=False):
        first, second = as_holder(vote, 1), as_holder(vote, 3)
        assert "Écrivez vos six mots" in text(first.get(address(vote)))
        wrong = first.post(address(vote), {"act": "open", "words": " ".join(vote.words[2])})
        assert "Ces mots ne sont pas ceux de cette clé" in text(wrong)
        first.post(address(vote), {"act": "open", "words": " ".join(vote.words[1])})
        assert "Il en faut encore une" in text(first.get(address(vote)))
        second.post(address(vote), {"act": "open", "words": " ".join(vote.words[3]).upper()})
        assert vote.fresh().is_counted
        assert "L’urne est ouverte et comptée" in text(second.get(address(vote)))


def test_lost_words_are_said_on_the_page(people, as_holder):
    vote = seal(people)
    client = as_holder(vote, 2)
    assert "J’ai perdu mes mots" in text(client.get(address(vote)))
    client.post(address(vote), {"act": "lose"})
    assert "Tes mots sont perdus" in text(client.get(address(vote)))


def test_a_visit_draws_nothing_and_changes_nothing(people, as_holder):
    vote = announce(people)
    before = list(KeyHolder.objects.values())
    as_holder(vote, 2).get(address(vote))
    assert list(KeyHolder.objects.values()) == before


@pytest.mark.parametrize("act", ["draw", "keep", "open", "lose"])
def test_nobody_else_reaches_a_key(people, enter, as_holder, act):
    """Near misses: a voter who holds no key, the other cohort, its coordinator, the host."""
    vote = announce(people)
    held = set(KeyHolder.objects.values_list("person_id", flat=True))
    voter = next(one.person for one in vote.voters if one.person_id not in held)
    same = Client()
    same.force_login(voter.user, backend="django.contrib.auth.backends.ModelBackend")
    assert same.get(address(vote)).status_code == 403
    assert same.post(address(vote), {"act": act}).status_code == 403
    for name in ("chloe", "dalia", "helene", "elsa", "nora"):
        assert enter(name).post(address(vote), {"act": act}).status_code in (403, 404)
    assert Client().get(address(vote)).status_code == 302
    assert not KeyHolder.objects.filter(ready_at__isnull=False).exists()


def test_an_open_vote_has_no_key_page(people, enter):
    poll = put_to_vote(people)
    assert enter("driss").get(reverse("decisions:key", args=[poll.pk])).status_code == 404
    assert enter("amina").get(reverse("decisions:board", args=[poll.pk])).status_code == 404


def test_what_waits_for_me_shows_my_key(people, as_holder):
    vote = announce(people)
    assert address(vote) in text(as_holder(vote, 2).get("/a-decider/"))
    vote.take(2)
    assert address(vote) not in text(as_holder(vote, 2).get("/a-decider/"))


def test_the_coordinator_follows_the_keys_and_reads_no_word(people, enter):
    vote = announce(people)
    vote.take(2)
    own = reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, vote.poll.pk])
    page = text(enter("driss").get(own))
    assert page.count("Clé à prendre") == 2 and page.count("Clé prise") == 1
    assert address(vote) in page
    assert "attendent leurs clés" in text(
        enter("driss").get(reverse("decisions:of_cohort", args=[people.a.cohort.pk]))
    )
    vote.take(1), vote.take(3)
    vote.cast_all(ELEVEN)
    vote.close()
    assert "L’urne attend ses clés" in text(enter("driss").get(own))
    vote.open(1), vote.open(2)
    assert "Qui a voté" not in text(enter("driss").get(own))  # the group's own business


def test_the_receipt_is_in_the_answer_only_and_the_board_shows_it(people, as_holder):
    vote = seal(people)
    client = as_holder(vote, 2)
    answer = client.post(reverse("decisions:poll", args=[vote.poll.pk]), CONFIRMED)
    receipt = boxes.receipt(UrnBallot.objects.get().content)
    assert receipt in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert receipt not in str([one.get_decoded() for one in Session.objects.all()])
    again = client.post(reverse("decisions:poll", args=[vote.poll.pk]), CONFIRMED)
    assert receipt not in text(again) and UrnBallot.objects.count() == 1
    board = reverse("decisions:board", args=[vote.poll.pk])
    assert client.get(board).status_code == 404
    mine = vote.holder(2).person_id
    for voter in [one for one in vote.voters if one.person_id != mine][:10]:
        vote.cast(voter, "hours")
    vote.close()
    assert client.get(board).status_code == 404
    vote.open(1), vote.open(2)
    assert receipt in text(client.get(board))


def test_the_board_is_for_members_and_their_coordinator(people, enter):
    vote = seal(people)
    vote.cast_all(ELEVEN)
    vote.close()
    vote.open(1), vote.open(2)
    board = reverse("decisions:board", args=[vote.poll.pk])
    for name, code in (("amina", 200), ("driss", 200), ("chloe", 404), ("dalia", 404)):
        assert enter(name).get(board).status_code == code
    for name in ("helene", "elsa", "nora"):
        assert enter(name).get(board).status_code in (403, 404)
