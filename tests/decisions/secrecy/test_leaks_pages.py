"""The leaks of voting.md §7 that the application makes, each by its number."""

import io
import json
import logging
import re
import sys

import pytest
from celery.app.task import Task
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.db import models
from django.template.base import Node
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from ct_platform.celery import app as celery
from decisions import tasks
from decisions.models import Ballot, BallotChange, Elector, KeyHolder, UrnBallot
from decisions.selectors import secrecy
from decisions.services import ballots, boxes, opening, urn
from decisions.views import confirming
from members import sms
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, NOW, actor_of, close
from tests.decisions.secrecy.sealed import seal
from tests.test_access import ADDRESSES

ELEVEN = ["hours"] * 7 + ["half"] * 4
CHOSEN, CONFIRMED = {"choice": "half"}, {"confirmer": "1"}


@pytest.fixture
def client_of(settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def enter(person, **extra):
        client = Client(**extra)
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def page(poll):
    return reverse("decisions:poll", args=[poll.pk])


def cast(poll, voter, choice="half"):
    return ballots.cast(poll=poll, ballot={"choice": choice}, actor=actor_of(voter), at=NOW)


def test_leak_1_an_urn_is_read_in_no_order_of_its_own(vote_of):
    vote = vote_of(10)
    for voter, choice in zip(vote.voters, ["half"] * 5 + ["hours"] * 5, strict=True):
        cast(vote.poll, voter, choice)
    orders = {json.dumps(urn.read(vote.poll)) for _time in range(30)}
    assert len(orders) > 15  # of 252


@pytest.mark.parametrize("model", [UrnBallot, Elector])
def test_leak_4_nothing_that_is_rewritten_at_a_vote_keeps_the_time(model):
    kinds = [type(field) for field in model._meta.get_fields()]
    timed = (models.DateField, models.TimeField, models.DurationField)
    assert not [kind for kind in kinds if issubclass(kind, timed)]
    assert not isinstance(model._meta.pk, models.AutoField) or model is Elector


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_5_a_secret_ballot_leaves_no_history(people, vote_of, level):
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    before = {one: one.objects.count() for one in apps.get_models()}
    cast(vote.poll, vote.voters[0])
    grown = {one for one, number in before.items() if one.objects.count() != number}
    assert grown == {UrnBallot}
    assert not Ballot.objects.exists() and not BallotChange.objects.exists()


def test_leak_6_urns_and_keys_are_in_no_admin_and_in_no_dump(people, client_of):
    assert not {UrnBallot, KeyHolder, Ballot, BallotChange, Elector} & set(admin.site._registry)
    vote = seal(people, roll=6)
    receipt = vote.cast(vote.voters[0])
    content = UrnBallot.objects.get().content
    for labels in ((), ("decisions",), ("decisions.urnballot", "decisions.keyholder")):
        told = io.StringIO()
        call_command("dumpdata", *labels, stdout=told)
        assert content not in told.getvalue() and "decisions.urnballot" not in told.getvalue()
        assert "decisions.keyholder" not in told.getvalue()
    boss = make.UserFactory(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    index = client.get("/gestion/").content.decode()
    links = set(re.findall(r'href="(/gestion/[a-z]+/[a-z]+/)"', index))
    for link in links:
        said = client.get(link).content.decode()
        assert content not in said and receipt not in said
    assert not [link for link in links if re.search("urn|keyholder|ballot|elector", link)]


def test_leak_7_statements_are_logged_at_no_level(settings):
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "WARNING"


@pytest.mark.parametrize(
    ("level", "module", "place"),
    [(level, urn, place) for level in ("secret", "sealed") for place in ("_lay", "put_in", "check")]
    + [
        ("secret", boxes, "close_secret"),
        ("secret", boxes, "open_secret"),
        ("secret", boxes, "_padded"),
    ]
    + [("sealed", boxes, "close"), ("sealed", boxes, "_padded"), ("sealed", boxes, "receipt")]
    # The page that shows the choice once more, and what is deep inside its template.
    + [("secret", confirming, "render_to_string"), ("secret", Node, "render_annotated")],
)
def test_leak_8_a_crash_in_the_middle_of_a_vote_tells_nothing(
    people, vote_of, client_of, caplog, settings, monkeypatch, level, module, place
):
    settings.DEBUG = False
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    client = client_of(vote.voters[0].person, raise_request_exception=False)
    reports = []

    def report(sender, request, **kwargs):
        monkeypatch.undo()  # the report is drawn by templates too
        told = ExceptionReporter(request, *sys.exc_info())
        reports.append(told.get_traceback_html() + told.get_traceback_text())

    def crash(*args):
        del args  # this frame is the test's own
        raise RuntimeError("a crash")

    monkeypatch.setattr(module, place, crash)
    # The report shows the lines around the crash: the choice is not among them.
    sent = dict(CHOSEN) if module in (confirming, Node) else CHOSEN | CONFIRMED
    got_request_exception.connect(report)
    try:
        with caplog.at_level(logging.DEBUG):
            answer = client.post(page(vote.poll), sent)
    finally:
        got_request_exception.disconnect(report)
    assert answer.status_code == 500 and reports
    for told in (reports[0], caplog.text, answer.content.decode()):
        found = re.search(r".{0,80}\bhalf\b.{0,80}", told)
        assert found is None, found[0]
    assert not UrnBallot.objects.exists() and not Elector.objects.filter(used=True).exists()


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_9_the_choice_is_in_no_address_and_its_page_in_no_cache(
    people, vote_of, client_of, level
):
    """same-origin, not no-referrer: under the latter browsers send "Origin: null" with a form, and the
    check against forged forms refuses it. No other site is ever told the address."""
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    client = client_of(vote.voters[0].person)
    asked = client.get(page(vote.poll), {"choice": "half"})
    shown = client.post(page(vote.poll), {"choice": "half"})
    changed = client.post(page(vote.poll), {"choice": "half", "modifier": "1"})
    for one in (shown, changed):
        assert "half" in one.content.decode() and one.headers["Referrer-Policy"] == "strict-origin"
        assert not re.search(r"(href|action)=[^>]*half", one.content.decode())
    answer = client.post(page(vote.poll), {"choice": "half"} | CONFIRMED)
    if level == "secret":
        assert answer.status_code == 302 and "half" not in answer.headers["Location"]
    else:
        # The receipt stands in this one answer: an address, session or message would keep it beside
        # the voter. Sent again by a reload, the ballot is refused and the answer shows no choice.
        again = client.post(page(vote.poll), {"choice": "half"} | CONFIRMED)
        for one in (answer, again):
            assert one.status_code == 200 and "checked" not in one.content.decode()
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert UrnBallot.objects.count() == 1
    for one in (shown, changed):
        assert "no-store" in one.headers["Cache-Control"]
    for one in (asked, answer, client.get(page(vote.poll))):
        assert "no-store" in one.headers["Cache-Control"]
        assert one.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert "half" not in str(one.headers) + str(one.cookies)
    # Back, reload or a borrowed phone: nothing is ticked, and the browser is told to keep nothing.
    assert "checked" not in asked.content.decode()
    assert '<form method="post" novalidate autocomplete="off">' in asked.content.decode()
    again = client.get(page(vote.poll)).content.decode()
    assert "checked" not in again and 'value="half"' not in again


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_11_a_cast_sends_no_task_and_clocks_carry_no_argument(
    people, vote_of, monkeypatch, django_capture_on_commit_callbacks, level
):
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    monkeypatch.setattr(Task, "apply_async", lambda *a, **k: pytest.fail("a task was sent"))
    with django_capture_on_commit_callbacks() as later:
        cast(vote.poll, vote.voters[0])
    assert later == []
    for task in (tasks.close_due_polls, tasks.wipe_old_urns):
        assert task.run.__code__.co_argcount == 0
    ours = [one for one in celery.conf.beat_schedule.values() if "decisions" in one["task"]]
    assert not [one for one in ours if one.get("args") or one.get("kwargs")]


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_12_no_session_cache_or_message_keeps_the_choice(people, vote_of, client_of, level):
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    client = client_of(vote.voters[0].person)
    client.get(page(vote.poll))
    for press, ballots_then in ({}, 0), ({"modifier": "1"}, 0), (CONFIRMED, 1):
        client.post(page(vote.poll), {"choice": "half"} | press)
        assert UrnBallot.objects.count() == ballots_then
        kept = [str(one.get_decoded()) for one in Session.objects.all()]
        kept += [str(client.cookies), str(vars(caches["default"])["_cache"])]
        assert not re.search(r"\bhalf\b", " ".join(kept))


@pytest.mark.parametrize("level", ["secret", "sealed"])
def test_leak_13_nobody_is_written_to_when_somebody_votes(
    people, vote_of, django_capture_on_commit_callbacks, level
):
    vote = vote_of(6) if level == "secret" else seal(people, roll=6)
    mail.outbox.clear()
    sent = list(getattr(sms, "outbox", []))
    with django_capture_on_commit_callbacks(execute=True):
        cast(vote.poll, vote.voters[0])
    assert mail.outbox == [] and list(getattr(sms, "outbox", [])) == sent


def test_leak_16_who_comes_after_the_opening_does_not_vote(vote_of, people):
    vote = vote_of(6)
    with pytest.raises(Exception, match="frozen"):
        Elector.objects.create(poll=vote.poll, enrolment=people.enrolments["chloe"])


def test_leak_18_a_second_round_warns_that_two_counts_can_be_compared(vote_of, people):
    vote = vote_of(12)
    warning = "En comparant les deux résultats"
    assert warning not in " ".join(secrecy.said(vote.poll).sentences)
    for voter, choice in zip(vote.voters, ["hours"] * 6 + ["half"] * 6, strict=True):
        cast(vote.poll, voter, choice)
    close(vote.poll)
    again = opening.open_next_round(
        poll=vote.poll, closes_at=CLOSES_AT.replace(day=29), actor=people.actor("driss"), at=NOW
    )
    assert again.is_secret and warning in " ".join(secrecy.said(again).sentences)


def test_what_is_said_before_voting_claims_no_more_than_is_true(vote_of, people, settings):
    settings.SERVER_KEEPER = "Jeanne Petit, du Ferment"
    vote = vote_of(6)
    said = " ".join(secrecy.said(vote.poll).sentences)
    assert "Jeanne Petit, du Ferment pourrait, en cherchant, retrouver un choix." in said
    assert "Si tout le monde vote pareil, tout le monde le saura." in said
    close(vote.poll)
    sealed = " ".join(secrecy.said(seal(people, roll=6).poll).sentences)
    assert "2 clés sur 3" in sealed and "un serveur piraté pendant ton vote" in sealed
    for boast in ("anonymat complet", "inviolable", "conforme CNIL"):
        assert boast not in said + sealed


def test_nobody_acts_in_the_name_of_another():
    """No impersonation exists here: no app, no address, no session key that would take a seat."""
    assert not [one for one in apps.get_app_configs() if re.search("hijack|imperson", one.name)]
    addresses = re.findall("hijack|impersonat|incarner", str(sorted(ADDRESSES)))
    assert addresses == []
