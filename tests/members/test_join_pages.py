import datetime as dt
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cohorts.models import CoordinatorSeat
from members.models import JoinCard
from members.services.join_cards import issue_cards
from tests.factories import NOW, EnrolmentFactory, PersonFactory
from tests.members.door import is_inside


@pytest.fixture
def card(people, at):
    """The card of Awa Keita, called Nana, who has no account."""
    person = PersonFactory(
        first_name="Awa", last_name="Keita", used_name="Nana", phone="+33639980012"
    )
    EnrolmentFactory(cohort=people.a.cohort, person=person)
    (made,) = issue_cards(
        persons=[person], cohort_key=people.a.cohort.pk, actor=people.actor("driss"), at=at
    )
    return made


def page_of(card) -> str:
    return reverse("members:join", args=[card.token])


def test_the_page_greets_by_first_name_and_tells_nothing_else(card, people):
    page = Client().get(page_of(card)).content.decode()
    assert "Bonjour Nana" in page
    for private in ("Keita", "Awa", "Racines", "Plateau", "0639980012", "06 39 98 00 12", "1990"):
        assert private not in page


def test_looking_never_consumes(card):
    for _scanner in range(3):
        assert Client().get(page_of(card)).status_code == 200
        assert Client().head(page_of(card)).status_code == 200
    assert JoinCard.objects.get().used_at is None
    client = Client()
    assert client.post(page_of(card)).url == reverse("home:arrive")
    assert is_inside(client)


def test_it_enters_in_the_seat_of_the_card_with_a_new_session(card, people):
    client = Client()
    client.get(page_of(card))
    before = client.session.session_key
    client.post(page_of(card))
    assert client.session.session_key != before
    assert client.get("/moi/").context["actor"].cohort_id == people.a.cohort.pk


def test_a_shared_phone_forgets_who_was_inside(card, enter):
    client = enter("bastien")
    client.get("/moi/")
    before = client.session.session_key
    client.post(page_of(card))
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get("/moi/").context["person"].first_name == "Awa"


def test_a_second_browser_is_refused_in_a_sentence(card):
    Client().post(page_of(card))
    other = Client()
    for answer in (other.get(page_of(card)), other.post(page_of(card))):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "a déjà servi" in page
        assert "Demande une nouvelle carte" in page
        assert "Nana" not in page
    assert not is_inside(other)


def test_a_double_tap_enters_once_and_is_not_thrown_out(card):
    """The second POST carries the anonymous session of the page: its answer may be the one seen."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(page_of(card)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    anonymous = client.cookies["sessionid"].value
    assert client.post(page_of(card), {"csrfmiddlewaretoken": token}).status_code == 302
    client.cookies["sessionid"] = anonymous
    assert client.post(page_of(card), {"csrfmiddlewaretoken": token}).url == reverse("home:arrive")
    assert is_inside(client)


def test_unknown_and_replaced_and_old_cards_say_what_to_do(card, people, at):
    unknown = Client().get("/carte/xxxxxxxxxxxxxxxxxxxxxx/")
    assert unknown.status_code == 404
    assert "demande une nouvelle carte" in unknown.content.decode()
    with time_machine.travel(NOW + dt.timedelta(days=61), tick=False):
        old = Client().get(page_of(card))
    assert old.status_code == 410
    assert "n’est plus valable depuis le 24 janvier 2027" in old.content.decode()
    issue_cards(
        persons=[card.person], cohort_key=people.a.cohort.pk, actor=people.actor("driss"), at=at
    )
    assert "plus récente" in Client().get(page_of(card)).content.decode()


def test_the_card_of_somebody_who_became_staff_opens_nothing(card, people):
    CoordinatorSeat.objects.create(
        person=card.person, territory=people.a.territory, starts_on="2026-11-01"
    )
    client = Client()
    answer = client.post(page_of(card))
    assert answer.status_code == 410
    assert "par e-mail" in answer.content.decode()
    assert not is_inside(client)


def test_join_pages_stay_out_of_caches_and_referers(card):
    for path in (page_of(card), "/carte/", "/carte/inconnue/"):
        answer = Client().get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        # Not no-referrer: browsers would then post "Origin: null", which the CSRF check refuses.
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_entering_takes_the_token_of_the_page(card):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page_of(card)).status_code == 403
    assert JoinCard.objects.get().used_at is None


def test_a_typed_code_lets_in(card):
    client = Client()
    assert client.post("/carte/", {"code": card.code.lower()}).url == reverse("home:arrive")
    assert is_inside(client)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écris le code de la carte."),
        ("7GK2", "Ce n’est pas complet."),
        ("7GK2-9QXU", "Ce n’est pas complet."),
        ("7GK2-9QXM", "n’est pas connue"),
    ],
)
def test_a_wrong_code_is_said_beside_the_field(card, typed, sentence):
    answer = Client().post("/carte/", {"code": typed})
    assert sentence in answer.context["form"].errors["code"][0]
    assert sentence in answer.content.decode()


def test_the_sixth_unknown_code_waits_even_when_it_is_right(card):
    client = Client()
    for _try in range(5):
        assert client.post("/carte/", {"code": "7GK2-9QXM"}).status_code == 200
    answer = client.post("/carte/", {"code": card.code})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert "trop d’essais" in answer.content.decode()
    assert JoinCard.objects.get().used_at is None
    assert Client(REMOTE_ADDR="192.0.2.7").post("/carte/", {"code": card.code}).status_code == 302


def test_the_wait_ends(card):
    client = Client()
    for _try in range(6):
        client.post("/carte/", {"code": "7GK2-9QXM"})
    with time_machine.travel(NOW + dt.timedelta(minutes=11), tick=False):
        assert client.post("/carte/", {"code": card.code}).status_code == 302


def test_a_whole_group_enters_from_one_connection(people, at):
    persons = [EnrolmentFactory(cohort=people.a.cohort).person for _number in range(8)]
    cards = issue_cards(
        persons=persons, cohort_key=people.a.cohort.pk, actor=people.actor("driss"), at=at
    )
    assert [Client().post("/carte/", {"code": card.code}).status_code for card in cards] == [
        302
    ] * 8


def test_many_addresses_guessing_together_are_held_too(card, monkeypatch):
    from members.limits import Limit

    monkeypatch.setattr("members.views.cards.OVERALL", Limit("overall-test", tries=10, seconds=60))
    for number in range(10):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/carte/", {"code": "7GK2-9QXM"})
    fresh = Client(REMOTE_ADDR="192.0.2.200")
    assert fresh.post("/carte/", {"code": card.code}).status_code == 429
    assert fresh.post(page_of(card)).status_code == 302  # a scanned card is not held


def test_addresses_of_one_household_count_together(card):
    for number in range(5):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number}").post("/carte/", {"code": "7GK2-9QXM"})
    assert (
        Client(REMOTE_ADDR="2001:db8:1:2::99").post("/carte/", {"code": card.code}).status_code
        == 429
    )
    assert (
        Client(REMOTE_ADDR="2001:db8:1:3::1").post("/carte/", {"code": card.code}).status_code
        == 302
    )


def test_the_page_of_a_card_costs_few_queries(card, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        Client().get(page_of(card))
