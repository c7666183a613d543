"""A real worker on Redis and PostgreSQL, killed while it draws: every paper comes out, once."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.db import connection

from ct_platform.kit import clock
from ct_platform.kit.delivery import DeliveryStatus
from documents.models import Document, Rendering
from documents.services import render, sending
from documents.services.issue import Paper, issue_documents
from tests.documents.samples import SNAPSHOT

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
QUEUE = "ct-test-worker"


@pytest.fixture(autouse=True)
def _frozen_clock() -> None:
    """Leases are of this world here: the clock runs."""


@pytest.fixture
def broker(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Celery]:
    """Our side of the queue: a queue of this test only, emptied before and after."""
    from ct_platform.celery import app

    address = os.environ["REDIS_URL"]
    store = redis.Redis.from_url(address)
    store.delete(QUEUE)
    app.conf.task_always_eager = False
    kept = app.conf.task_default_queue
    app.conf.task_default_queue = QUEUE
    app.amqp.__dict__.pop("queues", None)
    pools, app._pool, app.amqp._producer_pool = (app._pool, app.amqp._producer_pool), None, None
    yield app
    app.conf.task_always_eager, app.conf.task_default_queue = True, kept
    app.amqp.__dict__.pop("queues", None)
    app._pool, app.amqp._producer_pool = pools
    store.delete(QUEUE)
    store.close()


@pytest.fixture
def worker(broker: Celery, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`celery worker` with one pool child, on the test database."""
    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    url = (
        f"postgres://{database['USER']}{password}@{database['HOST'] or '127.0.0.1'}:"
        f"{database['PORT'] or 5432}/{database['NAME']}"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.documents.worker_settings",
        "DATABASE_URL": url,
        "CT_TEST_MEDIA": str(tmp_path / "media"),
    }
    log = (tmp_path / "worker.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "ct_platform", "worker", "-Q", QUEUE,
         "--concurrency", "1", "--loglevel", "INFO", "--without-gossip", "--without-mingle"],
        cwd=ROOT, env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    yield process
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
    log.close()


def wait_until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True
    )
    return [int(pid) for pid in found.stdout.split()]


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
    for child in children_of(worker):
        os.kill(child, signal.SIGKILL)

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
