"""The link of a message: three questions, one button, one person, for a time; a stop as easy."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from cohorts.models import FollowUpAnswer, FollowUpMessage
from cohorts.selectors.follow_ups import choice_of
from cohorts.services.entry_files import write_answers
from cohorts.services.follow_up_links import LinkRefused, look
from tests.cohorts.after.conftest import DUE, MONDAY, link_in, paris, question

SAID = {
    "status": "fixed_term",
    "contract_months": "8",
    "thanks": "yes",
    "news": "",
    "help_wanted": "no",
}


@pytest.fixture
def token(leave, agree, ask, outbox):
    leave()
    agree()
    ask()
    return link_in(outbox)


@pytest.fixture
def then():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_opening_writes_nothing_and_says_nobody_else_s_name(token, then, client):
    page = client.get(reverse("cohorts:news", args=[token]))
    text = page.content.decode()
    assert page.status_code == 200 and "Amina" in text and "Sarr" not in text
    assert not FollowUpAnswer.objects.exists()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_one_button_answers_without_an_account(token, then, client, amina):
    client.post(reverse("cohorts:news", args=[token]), SAID)
    kept = FollowUpAnswer.objects.get()
    assert (kept.follow_up, kept.status, kept.contract_months) == (question(amina), "fixed_term", 8)
    assert (kept.way, kept.said_on, kept.written_by_id) == ("link", MONDAY.date(), amina.person_id)
    assert "Merci" in client.get(reverse("cohorts:news", args=[token])).content.decode()


def test_two_taps_answer_once_and_a_correction_follows(token, then, client):
    address = reverse("cohorts:news", args=[token])
    client.post(address, SAID)
    client.post(address, SAID)
    assert FollowUpAnswer.objects.count() == 1
    client.post(address, SAID | {"status": "open_ended"})
    assert [one.status for one in FollowUpAnswer.objects.all()] == ["fixed_term", "open_ended"]
    assert [one.number for one in FollowUpAnswer.objects.all()] == [1, 2]


def test_an_answer_cannot_be_edited_in_the_database(token, then, client):
    client.post(reverse("cohorts:news", args=[token]), SAID)
    for act in (FollowUpAnswer.objects.all().delete, lambda: FollowUpAnswer.objects.update(status="x")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_three_questions_are_asked_and_a_fourth_of_who_worked_before(
    token, then, client, people, amina
):
    address = reverse("cohorts:news", args=[token])
    assert "mieux qu’avant" not in client.get(address).content.decode()
    write_answers(
        enrolment=amina, answers={"labour": "employed"}, actor=people.actor("driss"), at=MONDAY
    )
    assert "mieux qu’avant" in client.get(address).content.decode()
    client.post(address, SAID | {"better": "yes"})
    assert FollowUpAnswer.objects.get().better == "yes"


@pytest.mark.parametrize("status", ["death", "prevented", "moved", "unknown", "", "retired"])
def test_a_situation_that_is_not_asked_is_refused(token, then, client, status):
    answer = client.post(reverse("cohorts:news", args=[token]), SAID | {"status": status})
    assert answer.status_code == 422 and not FollowUpAnswer.objects.exists()


def test_one_button_stops_and_nothing_is_asked_there_any_more(token, then, client, amina):
    address = reverse("cohorts:news", args=[token])
    client.post(address, {"stop": "yes"})
    assert choice_of(amina).agrees is False
    page = client.get(address).content.decode()
    assert "C’est arrêté" in page and "Que fais-tu" not in page
    client.post(address, SAID)
    assert not FollowUpAnswer.objects.exists()


def test_a_link_ends_two_months_after_the_question(token):
    assert look(token=token, at=paris(DUE[3] + dt.timedelta(days=60)))
    with pytest.raises(LinkRefused) as refusal:
        look(token=token, at=paris(DUE[3] + dt.timedelta(days=61)))
    assert refusal.value.known


@pytest.mark.parametrize("wrong", ["x", "1-", "999999-abc", "²-abc", "1" * 30 + "-a"])
def test_a_link_nobody_was_sent_is_unknown(token, then, client, wrong):
    assert client.get(reverse("cohorts:news", args=[wrong])).status_code == 404


def test_the_secret_of_another_message_opens_nothing(token):
    key, _dash, secret = token.partition("-")
    with pytest.raises(LinkRefused):
        look(token=f"{int(key) + 1}-{secret}", at=MONDAY)


def test_the_link_sent_to_an_old_number_is_over(token, agree):
    agree(phone="06 39 98 00 13")
    with pytest.raises(LinkRefused):
        look(token=token, at=MONDAY)


def test_a_link_is_kept_as_a_hash_and_opens_one_question(token, amina):
    message = FollowUpMessage.objects.get()
    assert token.partition("-")[2] not in message.link_index
    assert look(token=token, at=MONDAY).follow_up == question(amina)


def test_a_called_off_question_opens_nothing(token, leave):
    leave("moved", reason="Parti à Lyon.")
    with pytest.raises(LinkRefused):
        look(token=token, at=MONDAY)


def test_guesses_are_few(db, then, client):
    address = reverse("cohorts:news", args=["1-faux"])
    answers = [client.post(address, SAID).status_code for _ in range(21)]
    assert answers[:20] == [404] * 20 and answers[20] == 429
