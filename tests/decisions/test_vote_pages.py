"""Votes on a phone: one question, one screen, without script; and what each person may know."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from decisions.models import Ballot
from decisions.services import polls
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, all_vote, close, fill, member, put_to_vote, vote
from tests.factories import NOW

LIST = "/a-decider/"


@pytest.fixture
def poll(people):
    return put_to_vote(people)


def address(poll):
    return reverse("decisions:poll", args=[poll.pk])


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_it_shows_what_waits_for_me_then_that_i_voted(enter, poll, people):
    amina = enter("amina")
    assert "Voir et voter" in words(amina.get(LIST))
    vote(poll, people.enrolments["amina"], "half")
    page = words(amina.get(LIST))
    assert "Voir et voter" not in page
    assert "A voté" in page


def test_it_says_what_to_expect_when_nothing_is_to_decide(enter):
    assert "Rien à décider pour l’instant" in words(enter("chloe").get(LIST))


def test_it_says_before_voting_that_members_will_see(enter, poll):
    page = words(enter("amina").get(address(poll)))
    assert "Vote ouvert.</b> Les membres de la coopérative verront ce que tu as choisi." in page
    assert "Jusqu’à vendredi 27 novembre, 18 h" in page
    assert "checked" not in page


def test_it_writes_my_own_line_under_each_answer_and_nobody_elses(enter, people):
    for name, minutes in (("amina", 1000), ("bastien", 600)):
        for day in (23, 24):
            make.WorkEntryFactory(
                confirmed=True,
                enrolment=people.enrolments[name],
                minutes=minutes // 2,
                day=dt.date(2026, 11, day),
            )
    poll = put_to_vote(people)
    page = words(enter("amina").get(address(poll)))
    assert "Avec tes 16 h 40" in page
    assert "625,00 €" in page
    assert "375,00 €" not in page


def test_voting_redirects_to_my_answer_which_may_still_change(enter, poll):
    amina = enter("amina")
    answer = amina.post(address(poll), {"choice": "half"})
    assert (answer.status_code, answer.url) == (302, address(poll))
    page = words(amina.get(address(poll)))
    assert "A voté" in page
    assert "Moitié égal, moitié heures" in page
    assert "Tu peux changer jusqu’à vendredi 27 novembre, 18 h." in page
    amina.post(address(poll), {"choice": "_blank"})
    assert Ballot.objects.get().content == {"blank": True}
    assert "Tes choix, dans l’ordre" in words(amina.get(address(poll)))


def test_reading_never_votes(enter, poll):
    enter("amina").get(address(poll), {"choice": "half"})
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "Choisis une réponse."), ({"choice": "autre"}, "Cette réponse n’est pas proposée")],
)
def test_a_wrong_answer_is_told_beside_the_answers(enter, poll, typed, sentence):
    answer = enter("amina").post(address(poll), typed)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not Ballot.objects.exists()


def test_the_results_are_hidden_until_the_end(enter, poll, people):
    vote(poll, people.enrolments["bastien"], "half")
    page = words(enter("amina").get(address(poll)))
    assert "Bastien" not in page
    assert "Qui a choisi quoi" not in page


def test_after_the_end_members_see_who_chose_what(enter, people):
    voters = fill(people.a.cohort, 3)
    poll = put_to_vote(people)
    all_vote(poll, voters, "mm-")
    close(poll)
    page = words(enter("amina").get(address(poll)))
    assert "Le groupe a choisi « Moitié égal, moitié heures »." in page
    assert "2 personnes sur 3 ont voté. Il en fallait 2. Le vote compte." in page
    assert "Règle de partage n° 1" in page
    assert "Amina Sarr, Bastien Cherif" in page
    assert "N’ont pas voté" in page


def test_who_left_before_the_vote_sees_the_result_without_the_names(enter, poll, people):
    all_vote(poll, [people.enrolments["amina"], people.enrolments["bastien"]], "mm")
    close(poll)
    page = words(enter("gael").get(address(poll)))
    assert "Le groupe a choisi" in page
    assert "Qui a choisi quoi" not in page
    assert "Bastien" not in page


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("mh", "Aucune réponse n’a plus de la moitié des voix."),
        ("--", "Il manque des voix. Le vote ne compte pas."),
        ("bb", "Aucune réponse n’a plus de la moitié des voix."),
    ],
)
def test_a_vote_that_chose_nothing_says_so(enter, poll, people, codes, said):
    all_vote(poll, [people.enrolments["amina"], people.enrolments["bastien"]], codes)
    close(poll)
    page = words(enter("amina").get(address(poll)))
    assert said in page
    assert "Un nouveau tour peut être ouvert entre" in page
    assert "Ce que ça change" not in page


def test_after_the_hour_and_before_the_count_it_says_that_counting_is_on(enter, poll, people):
    vote(poll, people.enrolments["amina"], "half")
    amina = enter("amina")
    with time_machine.travel(CLOSES_AT, tick=False):
        assert "On compte" in words(amina.get(address(poll)))
        answer = amina.post(address(poll), {"choice": "hours"})
    assert "Le vote est fini" in words(answer)
    assert Ballot.objects.get().content == {"choice": "half"}


def test_a_cancelled_vote_says_why(enter, poll, people, at):
    polls.cancel_poll(poll=poll, reason="Mal écrite", actor=people.actor("driss"), at=at)
    page = words(enter("amina").get(address(poll)))
    assert "Vote annulé" in page
    assert "Mal écrite" in page


def test_who_came_after_the_opening_is_told_and_cannot_vote(enter, poll, people):
    late = member(people.a.cohort)
    people.persons["late"] = late.person
    client = enter("late")
    page = words(client.get(address(poll)))
    assert "La liste de ce vote a été fixée le 25 novembre" in page
    assert "Je vote" not in page
    answer = client.post(address(poll), {"choice": "half"})
    assert "Ton nom n’y est pas" in words(answer)
    assert not Ballot.objects.exists()


# Near misses first: same role, other cohort; then the other roles.


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("chloe", 404), ("dalia", 404), ("hugo", 404), ("elsa", 404), ("nora", 404)),
        *(("driss", 403), ("helene", 403)),
    ],
)
def test_others_neither_see_nor_vote(enter, poll, name, status):
    client = enter(name)
    assert client.get(address(poll)).status_code == status
    assert client.post(address(poll), {"choice": "half"}).status_code == status
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("name", ["driss", "helene", "elsa", "nora"])
@pytest.mark.parametrize("url", [LIST, "/decisions-prises/"])
def test_the_phone_pages_are_for_cooperants(enter, name, url):
    assert enter(name).get(url).status_code == 403


# The register.


def test_the_register_tells_what_was_in_force_on_a_day(enter, people):
    settings = {"counted_kinds": ["production"], "in_force_from": "2026-11-10"}
    opened = NOW - dt.timedelta(days=20)
    poll = put_to_vote(
        people, at=opened, closes_at=opened + dt.timedelta(days=1), effect_settings=settings
    )
    for name in ("amina", "bastien"):
        vote(poll, people.enrolments[name], "hours", at=opened)
    close(poll, at=opened + dt.timedelta(days=1))
    amina = enter("amina")
    assert "Décision n° 1, depuis le 10 novembre 2026" in words(amina.get("/decisions-prises/"))
    before = words(amina.get("/decisions-prises/?jour=2026-11-09"))
    assert "Aucune décision n’était en vigueur ce jour-là." in before
    on_the_day = words(amina.get("/decisions-prises/?jour=2026-11-10"))
    assert "Décision n° 1, depuis" in on_the_day
    assert "Écris une date" in words(amina.get("/decisions-prises/?jour=hier"))
    assert "Pas encore de décision" in words(enter("chloe").get("/decisions-prises/"))


# Cost.


def finished_polls(people, count):
    for number in range(count):
        opened = NOW - dt.timedelta(days=400 - number)
        poll = put_to_vote(people, at=opened, closes_at=opened + dt.timedelta(hours=1))
        close(poll, at=opened + dt.timedelta(hours=1))


@pytest.mark.parametrize("rows", [1, 200])
def test_lists_cost_the_same_at_one_and_at_two_hundred_votes(
    enter, people, rows, django_assert_max_num_queries
):
    type(people.enrolments["amina"]).objects.update(votes_from="2025-01-01")
    finished_polls(people, rows)
    put_to_vote(people)
    amina, driss = enter("amina"), enter("driss")
    cohort_page = reverse("decisions:of_cohort", args=[people.a.cohort.pk])
    for client, url in ((amina, LIST), (amina, "/decisions-prises/"), (driss, cohort_page)):
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_a_vote_costs_no_more_with_a_full_roll(enter, people, django_assert_max_num_queries):
    voters = fill(people.a.cohort, 30)
    poll = put_to_vote(people)
    amina = enter("amina")
    amina.get(address(poll))
    with django_assert_max_num_queries(15):
        amina.get(address(poll))
    all_vote(poll, voters, "m" * 30)
    with django_assert_max_num_queries(15):
        amina.get(address(poll))
    close(poll)
    with django_assert_max_num_queries(15):
        assert "Qui a choisi quoi" in words(amina.get(address(poll)))
