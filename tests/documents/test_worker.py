"""A real worker on Redis and PostgreSQL, killed while it draws: every paper comes out, once."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from ct_platform.kit import clock
from ct_platform.kit.delivery import DeliveryStatus
from documents.models import Document, Rendering
from documents.services import render, sending
from documents.services.issue import Paper, issue_documents
from tests import workers
from tests.documents.samples import SNAPSHOT
from tests.workers import wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _frozen_clock() -> None:
    """Leases are of this world here: the clock runs."""


@pytest.fixture
def broker() -> Iterator[Celery]:
    with workers.own_queue() as app:
        yield app


@pytest.fixture
def worker(broker: Celery, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`celery worker` with one pool child, on the test database."""
    process = workers.start_worker(tmp_path / "media", tmp_path / "worker.log")
    yield process
    workers.stop(process)


def papers(seconds: str, names: range) -> list[Paper]:
    return [
        Paper(
            kind="sample",
            title=f"Essai {n}",
            issuer_key=1,
            issuer_name="Le Ferment",
            snapshot={**SNAPSHOT, "seconds": seconds if n == 0 else "0"},
            effect_key=f"worker:{n}",
            batch="worker",
        )
        for n in names
    ]


def status_of(n: int) -> str:
    return Rendering.objects.get(document__effect_key=f"worker:{n}").status


def test_it_ends_with_every_paper_once_after_a_kill(
    worker, broker, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    # One message for all four, so that the killed child holds them all.
    monkeypatch.setattr(sending, "chunks", lambda keys, most: [list(keys)])
    issued = issue_documents(papers=papers("3", range(4)), actor=None, at=clock.now())

    wait_until(lambda: status_of(0) == DeliveryStatus.RUNNING, 60, "the worker took nothing")
    workers.kill_children(worker)

    def all_done() -> bool:
        # Beat's part: the settings of this process sweep with the worker's short lease.
        settings.DELIVERY_LEASE = settings.DELIVERY_GRACE = dt.timedelta(seconds=4)
        render.sweep(at=clock.now())
        return not Rendering.objects.exclude(status=DeliveryStatus.DONE).exists()

    wait_until(all_done, 60, "some papers never came out")
    # The killed one was taken twice; whatever was sent again, each paper has one file.
    assert Rendering.objects.get(document__effect_key="worker:0").attempts == 2
    files = sorted((tmp_path / "media").rglob("*.pdf"))
    assert len(files) == len(issued) == Document.objects.exclude(sha256="").count() == 4
    assert list((tmp_path / "media").rglob("*.part")) == []
