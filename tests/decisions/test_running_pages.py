"""A coordinator opens, follows, closes; sees how many came, never what they chose."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from decisions.enums import PollState
from decisions.models import Outcome, Poll
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, all_vote, close, fill, put_to_vote, vote


def at_cohort(people, name, *args):
    return reverse(f"decisions:{name}", args=[people.a.cohort.pk, *args])


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def typed(**changes):
    return {
        "submission_key": str(uuid.uuid4()),
        "title": "Comment partager en décembre ?",
        "text": "C’est la dernière paie.",
        "closes_on": "2026-11-27",
        "closes_hour": "18:00",
        "counted_kinds": ["production", "meeting"],
        "in_force_from": "2026-12-01",
    } | changes


@pytest.fixture
def opening(people):
    return at_cohort(people, "open_vote", "sharing_rule")


@pytest.fixture
def driss(enter):
    return enter("driss")


def test_it_opens_a_vote(driss, people, opening):
    assert "Choisir la règle de partage" in words(driss.get(at_cohort(people, "choose_effect")))
    answer = driss.post(opening, typed())
    poll = Poll.objects.get()
    assert answer.url == at_cohort(people, "poll_of_cohort", poll.pk)
    assert (poll.state, poll.closes_at) == (PollState.OPEN, CLOSES_AT)
    assert poll.effect_settings == {
        "counted_kinds": ["production", "meeting"],
        "in_force_from": "2026-12-01",
    }


def test_a_double_submit_opens_one_vote(driss, opening):
    form = typed()
    first, second = driss.post(opening, form), driss.post(opening, form)
    assert first.url == second.url
    assert Poll.objects.count() == 1


def test_looking_at_what_if_opens_nothing(driss, people, opening):
    make.WorkEntryFactory(confirmed=True, enrolment=people.enrolments["amina"], minutes=300)
    make.WorkEntryFactory(
        confirmed=True, enrolment=people.enrolments["bastien"], minutes=300, kind="training"
    )
    page = words(driss.get(opening))
    assert "Elles ne servent pas à payer." in page
    assert "Pot d’essai : 1 000 €, un chiffre inventé" in page
    tried = driss.post(opening, typed(voir="1", counted_kinds=["training"]))
    assert "1 000,00 €" in words(tried)
    assert "5 h confirmées" in words(tried)
    assert not Poll.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_on": "2026-11-24"}, "La fin du vote est déjà passée."),
        ({"closes_on": "2026-11-25", "closes_hour": "10:30"}, "La fin du vote est déjà passée."),
        ({"closes_on": "demain"}, "Écrivez une date"),
        ({"closes_hour": "le soir"}, "Écrivez une heure"),
        ({"counted_kinds": []}, "Il faut une sorte d’heures au moins."),
        ({"in_force_from": "2026-11-26"}, "La règle ne peut pas commencer avant la fin du vote."),
        ({"title": "?" * 141}, "140"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_opens_nothing(driss, opening, changes, sentence):
    answer = driss.post(opening, typed(**changes))
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "invalid-feedback" in words(answer)
    assert not Poll.objects.exists()


def test_the_rules_of_vote_are_said_in_plain_words(driss, people):
    fill(people.a.cohort, 15)
    page = words(driss.get(at_cohort(people, "of_cohort")))
    assert "Un vote compte si la moitié des personnes inscrites au moins a voté." in page
    assert "Aujourd’hui : 8 sur 15 personnes." in page


def test_reading_the_page_of_a_cohort_without_statutes_writes_none(driss, people):
    make.Statutes.objects.all().delete()
    page = words(driss.get(at_cohort(people, "of_cohort")))
    assert "Elles seront écrites à l’ouverture du premier vote" in page
    assert not make.Statutes.objects.exists()


def test_it_follows_the_turnout_and_never_the_choices(driss, people):
    voters = fill(people.a.cohort, 4)
    poll = put_to_vote(people)
    page_of = at_cohort(people, "poll_of_cohort", poll.pk)
    vote(poll, voters[0], "half")
    page = words(driss.get(page_of))
    assert "1 sur 4" in page
    assert "Quorum pas encore atteint" in page
    vote(poll, voters[1], "half")
    assert "Quorum atteint" in words(driss.get(page_of))
    assert "Moitié égal" not in words(driss.get(page_of))
    assert "2 sur 4 ont voté" in words(driss.get(at_cohort(people, "of_cohort")))


def test_after_the_count_it_shows_counts_without_names(driss, people):
    voters = fill(people.a.cohort, 2)
    poll = put_to_vote(people)
    all_vote(poll, voters, "mm")
    close(poll)
    page = words(driss.get(at_cohort(people, "poll_of_cohort", poll.pk)))
    assert "Le groupe a choisi « Moitié égal, moitié heures »." in page
    assert "Amina" not in page
    assert "Bastien" not in page


def test_it_counts_when_everybody_voted_or_the_hour_has_come(driss, people):
    voters = fill(people.a.cohort, 2)
    poll = put_to_vote(people)
    all_vote(poll, voters, "mm")
    assert "Compter maintenant" in words(driss.get(at_cohort(people, "poll_of_cohort", poll.pk)))
    driss.post(at_cohort(people, "close", poll.pk))
    assert Outcome.objects.get().winner.code == "half"


def test_once_the_hour_has_come_it_may_be_counted_by_hand(driss, people):
    poll = put_to_vote(people)
    with time_machine.travel(CLOSES_AT + dt.timedelta(minutes=3), tick=False):
        page = words(driss.get(at_cohort(people, "poll_of_cohort", poll.pk)))
        assert "L’heure est passée." in page
        driss.post(at_cohort(people, "close", poll.pk))
    assert Outcome.objects.get().kind == "quorum_missed"


def test_finishing_early_needs_a_reason_that_everybody_reads(driss, people, enter):
    poll = put_to_vote(people)
    closing = at_cohort(people, "close", poll.pk)
    answer = driss.post(closing, {"reason": ""})
    assert "Écrivez pourquoi finir avant l’heure." in words(answer)
    assert Poll.objects.get().state == PollState.OPEN
    driss.post(closing, {"reason": "Le marché est avancé"})
    page = words(enter("amina").get(reverse("decisions:poll", args=[poll.pk])))
    assert "Le marché est avancé" in page


def test_cancelling_needs_a_reason(driss, people):
    poll = put_to_vote(people)
    cancelling = at_cohort(people, "cancel", poll.pk)
    assert "tout le monde le lira" in words(driss.post(cancelling, {"cancel-reason": " "}))
    assert Poll.objects.get().state == PollState.OPEN
    driss.post(cancelling, {"cancel-reason": "Question mal posée"})
    assert Poll.objects.get().state == PollState.CANCELLED
    assert "Question mal posée" in words(driss.get(at_cohort(people, "of_cohort")))


def test_one_button_leads_to_a_new_round_between_the_leading_options(driss, people):
    voters = fill(people.a.cohort, 2)
    poll = put_to_vote(people)
    again = at_cohort(people, "next_round", poll.pk)
    assert driss.get(again).status_code == 404
    all_vote(poll, voters, "mh")
    close(poll)
    with time_machine.travel(CLOSES_AT + dt.timedelta(hours=1), tick=False):
        page = words(driss.get(at_cohort(people, "poll_of_cohort", poll.pk)))
        assert "Ouvrir un nouveau tour" in page
        assert "Égal pour tous" not in words(driss.get(again))
        refused = driss.post(again, {"closes_on": "2026-11-26", "closes_hour": "18:00"})
        assert "déjà passée" in words(refused)
        driss.post(again, {"closes_on": "2026-11-29", "closes_hour": "18:00"})
    assert list(Poll.objects.get(round=2).options.values_list("code", flat=True)) == [
        "hours",
        "half",
    ]


# Near misses first: the coordinator next door; then the other roles.


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("dalia", 404), ("chloe", 404), ("hugo", 404), ("farid", 404)),
        *(("amina", 403), ("helene", 403), ("elsa", 403)),
    ],
)
def test_nobody_else_opens_or_follows(enter, people, opening, name, status):
    client = enter(name)
    for url in (at_cohort(people, "of_cohort"), at_cohort(people, "choose_effect"), opening):
        assert client.get(url).status_code == status, url
    assert client.post(opening, typed()).status_code == status
    assert not Poll.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("amina", 403), ("helene", 403)])
def test_nobody_else_closes_or_cancels(enter, people, name, status):
    poll = put_to_vote(people)
    client = enter(name)
    for act in ("close", "cancel"):
        url = at_cohort(people, act, poll.pk)
        fields = {"reason": "Vite", "cancel-reason": "Vite"}
        assert client.post(url, fields).status_code == status
    assert Poll.objects.get().state == PollState.OPEN


def test_a_poll_of_another_cohort_is_not_under_this_address(driss, people):
    elsewhere = put_to_vote(people, cohort=people.b.cohort, actor=people.actor("dalia"))
    assert driss.get(at_cohort(people, "poll_of_cohort", elsewhere.pk)).status_code == 404


def test_reading_cannot_close_nor_cancel(driss, people):
    poll = put_to_vote(people)
    for act in ("close", "cancel"):
        assert driss.get(at_cohort(people, act, poll.pk)).status_code == 405
    assert Poll.objects.get().state == PollState.OPEN


def test_an_unknown_effect_has_no_page(driss, people):
    assert driss.get(at_cohort(people, "open_vote", "world-peace")).status_code == 404
