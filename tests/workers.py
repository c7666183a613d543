"""Real Celery workers for tests: a queue of one's own, processes to start, watch and kill."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from celery import Celery
from django.db import connection

ROOT = Path(__file__).parents[1]
SETTINGS = "tests.documents.worker_settings"


def queue_name() -> str:
    """One per test database: two suites on one Redis do not take each other's messages."""
    return f"ct-test-{connection.settings_dict['NAME']}"


@contextmanager
def own_queue() -> Iterator[Celery]:
    """Our side of the queue: of this test only, emptied before and after."""
    from ct_platform.celery import app

    store = redis.Redis.from_url(os.environ["REDIS_URL"])
    store.delete(queue_name())
    app.conf.task_always_eager = False
    kept = app.conf.task_default_queue
    app.conf.task_default_queue = queue_name()
    app.amqp.__dict__.pop("queues", None)
    pools, app._pool, app.amqp._producer_pool = (app._pool, app.amqp._producer_pool), None, None
    try:
        yield app
    finally:
        app.conf.task_always_eager, app.conf.task_default_queue = True, kept
        app.amqp.__dict__.pop("queues", None)
        app._pool, app.amqp._producer_pool = pools
        store.delete(queue_name())
        store.close()


def environment(media: Path) -> dict[str, str]:
    """What a process needs to stand on the test database, the test queue and the test's files."""
    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    url = (
        f"postgres://{database['USER']}{password}@{database['HOST'] or '127.0.0.1'}:"
        f"{database['PORT'] or 5432}/{database['NAME']}"
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": url,
        "CT_TEST_MEDIA": str(media),
        "CT_TEST_QUEUE": queue_name(),
    }


def start_worker(media: Path, log: Path, concurrency: int = 1) -> subprocess.Popen[bytes]:
    """`celery worker`, leader of its own process group."""
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "ct_platform", "worker", "-Q", queue_name(),
             "--concurrency", str(concurrency), "--loglevel", "INFO", "--without-gossip",
             "--without-mingle"],
            cwd=ROOT, env=environment(media), stdout=written, stderr=written,
            start_new_session=True,
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, then insist; nothing of the group survives."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        kill_whole(process)


def kill_whole(process: subprocess.Popen[bytes]) -> None:
    """kill -9 the worker with its children, as a machine that loses its power does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def kill_children(process: subprocess.Popen[bytes]) -> int:
    """kill -9 the children alone, as the kernel does when memory is short; returns how many."""
    children = children_of(process)
    for child in children:
        os.kill(child, signal.SIGKILL)
    return len(children)


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True
    )
    return [int(pid) for pid in found.stdout.split()]


def wait_until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def deliver_several_times(chance: random.Random, most: int = 3) -> Callable[..., None]:
    """Replace the door to the queue: each message leaves one to `most` times. Returns the door."""
    from celery import current_app

    from documents.services.sending import TASK

    send_once = type(current_app.tasks[TASK]).apply_async.__get__(current_app.tasks[TASK])

    def several(*args: object, **options: object) -> None:
        for _ in range(chance.randint(1, most)):
            send_once(*args, **options)

    return several
