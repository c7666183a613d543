"""The register as people read it: on the phone, at the desk, as files."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from cohorts.models import Enrolment
from decisions.services import polls
from projects.models import SpendingLimit
from tests.decisions.assembly import (
    CLOSES_AT,
    all_vote,
    ask,
    close,
    decide,
    everybody,
    fill,
    put_to_vote,
    typed_settings,
)
from tests.factories import TODAY

YES = {"choice": "for"}


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def of_cohort(people, name="of_cohort", *args):
    return reverse(f"decisions:{name}", args=[people.a.cohort.pk, *args])


@pytest.fixture
def allowed(people):
    settings = typed_settings(people, "spending_limit", {"label": "Bâche", "amount": "90"})
    return decide(people, "spending_limit", settings, YES)


@pytest.fixture
def blocked(people):
    bastien = people.enrolments["bastien"]
    typed = {"label": "Bâche", "amount": "90", "holder": bastien.pk}
    poll = ask(people, "spending_limit", typed_settings(people, "spending_limit", typed))
    everybody(poll, YES)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY)
    return close(poll)


def test_both_pages_show_what_was_decided_and_what_it_opened(enter, people, allowed):
    after = "?jour=2026-11-28"
    for name, address in (("amina", reverse("decisions:register")), ("driss", of_cohort(people))):
        page = words(enter(name).get(address + after))
        assert "Pour ou contre." in page
        assert "Le groupe peut dépenser 90,00 € au plus pour « Bâche »" in page
        assert "Décision n° 1, depuis le 27 novembre 2026" in page


def test_both_pages_show_reviews_and_the_board_reminds(enter, people):
    settings = typed_settings(people, "living_rule", {"review_on": "2026-12-05"})
    poll = ask(people, "living_rule", settings)
    everybody(poll, {"voice": "consent"})
    close(poll, at=poll.closes_at)
    with time_machine.travel(CLOSES_AT + dt.timedelta(days=1), tick=False):
        for name, address in (
            ("amina", reverse("decisions:register")),
            ("driss", of_cohort(people)),
        ):
            assert "À revoir ensemble" in words(enter(name).get(address))
        assert "1 à revoir ensemble" in words(enter("amina").get(reverse("home:my_coop")))
        board = reverse("home:cohort_dashboard", args=[people.a.cohort.pk])
        assert "1 décision à revoir" in words(enter("driss").get(board))


def test_an_early_end_is_signed_in_the_register(enter, people):
    voters = fill(people.a.cohort, 4)
    poll = put_to_vote(people)
    all_vote(poll, voters, "hhh-")
    early = CLOSES_AT - dt.timedelta(hours=5)
    polls.close_poll(poll=poll, actor=people.actor("driss"), at=early, reason="Le four est chaud")
    said = "Fini avant l’heure par Driss Marchal, parce que : « Le four est chaud »."
    assert said in words(enter("amina").get(reverse("decisions:register")))
    assert said in words(enter("driss").get(of_cohort(people)))


def test_a_blocked_decision_waits_on_the_page_and_the_board_until_it_is_applied(
    enter, people, blocked
):
    driss = enter("driss")
    page = words(driss.get(of_cohort(people)))
    assert "Décisions bloquées" in page and "Bastien Cherif n’est plus" in page
    board = reverse("home:cohort_dashboard", args=[people.a.cohort.pk])
    assert "1 décision bloquée" in words(driss.get(board))
    again = of_cohort(people, "apply_again", blocked.poll_id)
    answer = driss.post(again, follow=True)
    assert "Décision n° 1 toujours bloquée." in words(answer)
    assert not SpendingLimit.objects.exists()
    bastien = people.enrolments["bastien"]
    Enrolment.objects.filter(pk=bastien.pk).update(state="active", left_on=None)
    page = words(driss.post(again, follow=True))
    assert "Bastien Cherif peut dépenser 90,00 €" in page
    assert "Décisions bloquées" not in page
    assert SpendingLimit.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("amina", 403), ("helene", 403)])
def test_only_the_coordinator_of_the_cohort_applies_again(enter, people, blocked, name, status):
    answer = enter(name).post(of_cohort(people, "apply_again", blocked.poll_id))
    assert answer.status_code == status
    blocked.refresh_from_db()
    assert blocked.effect_state == "blocked"


@pytest.mark.parametrize(
    ("name", "status"), [("driss", 200), ("dalia", 404), ("amina", 403), ("helene", 403)]
)
def test_the_register_is_downloaded_by_its_coordinator(enter, people, allowed, name, status):
    answer = enter(name).get(of_cohort(people, "register_file"))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"] == 'attachment; filename="registre-2026-11-25.csv"'
        assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "status"),
    [("driss", 200), ("amina", 200), ("chloe", 404), ("dalia", 404), ("helene", 403)],
)
def test_ballots_to_recount_are_for_those_of_the_vote(enter, people, allowed, name, status):
    answer = enter(name).get(reverse("decisions:ballots_file", args=[allowed.poll_id]))
    assert answer.status_code == status
    if status == 200:
        document = json.loads(answer.content)
        assert document["ballots"] == [{"choice": "for", "count": 2}]
        assert "Amina" not in answer.content.decode()


def test_an_open_vote_has_no_ballots_to_show(enter, people):
    poll = put_to_vote(people)
    answer = enter("amina").get(reverse("decisions:ballots_file", args=[poll.pk]))
    assert answer.status_code == 404
