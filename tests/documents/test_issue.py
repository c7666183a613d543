"""Issuing a paper: the photograph now, the PDF after, whatever the queue does."""

import socket
import time

import pytest
from celery import current_app
from django.db import transaction

from ct_platform.kit.delivery import DeliveryStatus
from ct_platform.kit.errors import Refused
from documents.models import Document, Rendering
from documents.rules import is_code
from documents.services.issue import Paper, issue_documents
from documents.services.render import sweep
from tests.documents.samples import SNAPSHOT


def test_it_writes_the_photograph_and_its_rendering(issue, people, at):
    paper = issue("amina")
    assert paper.snapshot["net"] == "249,52 €"
    assert paper.snapshot["paper"]["subject"] == "Amina Sarr"
    assert paper.snapshot["paper"]["issued_on"] == "2026-11-25"
    assert is_code(paper.code)
    assert paper.snapshot["check"] == {
        "code": paper.code,
        "url": f"http://localhost:8000/verifier/{paper.code}/",
    }
    assert not paper.is_ready
    assert paper.rendering.status == DeliveryStatus.WAITING
    assert paper.rendering.sent_at == at


def test_it_is_drawn_once_the_transaction_holds(issue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        paper = issue("amina")
        assert not Document.objects.get(pk=paper.pk).is_ready
    paper.refresh_from_db()
    assert paper.is_ready
    assert paper.rendering.status == DeliveryStatus.DONE


def test_it_gives_the_same_paper_for_the_same_effect(issue, django_capture_on_commit_callbacks):
    first = issue("amina")
    with django_capture_on_commit_callbacks() as callbacks:
        second = issue("amina", title="Autre titre")
    assert second.pk == first.pk
    assert second.title == first.title
    assert Document.objects.count() == Rendering.objects.count() == 1
    assert callbacks == []


def test_it_leaves_nothing_of_a_transaction_that_fails(
    issue, django_capture_on_commit_callbacks, people
):
    with (
        django_capture_on_commit_callbacks() as callbacks,
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        issue("amina")
        1 / 0  # noqa: B018 - something later in the act breaks
    assert callbacks == []
    assert not Document.objects.exists()


def test_it_never_edits_the_snapshot_it_was_given(issue):
    issue("amina")
    assert "check" not in SNAPSHOT


def test_it_issues_thirty_papers_in_few_queries(people, at, django_assert_max_num_queries):
    papers = [
        Paper(
            kind="sample",
            title=f"Essai {n}",
            issuer_key=1,
            issuer_name="Le Ferment",
            snapshot=SNAPSHOT,
            effect_key=f"sample:{n}",
            batch="run:1",
        )
        for n in range(30)
    ]
    driss = people.actor("driss")
    with django_assert_max_num_queries(7):  # four of them are savepoints
        documents = issue_documents(papers=papers, actor=driss, at=at)
    assert [document.effect_key for document in documents] == [f"sample:{n}" for n in range(30)]
    assert {document.issued_by_id for document in documents} == {people.driss.pk}
    assert len({document.code for document in documents}) == 30


def test_it_completes_a_half_issued_batch(issue, people, at):
    first = issue("amina")
    papers = [
        Paper(
            kind="sample",
            title="x",
            issuer_key=1,
            issuer_name="x",
            snapshot={},
            effect_key=key,
        )
        for key in ("sample:new", "sample:amina")
    ]
    new, old = issue_documents(papers=papers, actor=None, at=at)
    assert old.pk == first.pk
    assert new.effect_key == "sample:new"


def test_it_refuses_a_photograph_too_large_to_print(issue):
    with pytest.raises(Refused, match="trop long"):
        issue("amina", snapshot={"who": {"name": "a" * 1_000_001}})
    assert not Document.objects.exists()


def test_it_refuses_a_kind_nobody_registered(issue):
    with pytest.raises(KeyError):
        issue("amina", kind="unheard-of")
    assert not Document.objects.exists()


@pytest.fixture
def dead_broker():
    """A Redis address where nobody listens; the port was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app, address = current_app, f"redis://127.0.0.1:{port}/0"
    kept = app.conf.task_always_eager, app.conf.broker_url
    app.conf.task_always_eager, app.conf.broker_url = False, address
    app.conf.broker_write_url, app.conf.broker_read_url = address, address
    pools = app._pool, app.amqp._producer_pool
    app._pool = app.amqp._producer_pool = None
    yield
    app.conf.task_always_eager, app.conf.broker_url = kept
    app.conf.broker_write_url = app.conf.broker_read_url = kept[1]
    app._pool, app.amqp._producer_pool = pools


def test_it_answers_quickly_and_loses_nothing_when_the_broker_is_dead(
    issue, dead_broker, at, django_capture_on_commit_callbacks
):
    # The frozen clock stands still; this one does not.
    started = time.perf_counter()
    with django_capture_on_commit_callbacks(execute=True):
        paper = issue("amina")
    assert time.perf_counter() - started < 4
    assert paper.rendering.status == DeliveryStatus.WAITING
    assert paper.rendering.attempts == 0


def test_it_is_sent_again_by_the_sweep_when_the_broker_is_back(issue, at, settings):
    paper = issue("amina")  # no message left: as if the broker had been dead
    assert sweep(at=at + settings.DELIVERY_GRACE) == 0
    assert sweep(at=at + settings.DELIVERY_GRACE * 2) == 1
    paper.refresh_from_db()
    assert paper.is_ready
