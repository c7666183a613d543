"""From the host's agreement to the last paper: fifteen slips and fifteen attestations, two workers.

DATABASE_URL names a PostgreSQL server where a database may be made (default: the local one); the
broker is REDIS_URL when given (an empty database number), else the file system. A real Celery
worker runs; its first run warms the queue and is shown apart.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from urllib.parse import urlsplit, urlunsplit

from bench.table import show

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "ct_bench_pay"
os.environ["DATABASE_URL"] = urlunsplit(urlsplit(SERVER)._replace(path=f"/{NAME}"))
os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"

PEOPLE, TARGET = 15, 5.0
MONTHS = [dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)]


def fresh_database() -> None:
    import psycopg2

    connection = psycopg2.connect(SERVER.replace("postgres://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()


def prepare():
    """A cohort of fifteen who worked and sold in each of the three months."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from payroll.models import SplitRule
    from tests import factories as make
    from tests import personas
    from tests.payroll.scene import set_scene

    scene = set_scene(personas.build(), kind="half")
    SplitRule.objects.update(in_force_from=dt.date(2026, 9, 7))
    gone = scene.people.enrolments["gael"]
    type(gone).objects.filter(pk=gone.pk).update(left_on=dt.date(2026, 8, 31))
    enrolments = [scene.people.enrolments[name] for name in ("amina", "bastien")]
    for _ in range(PEOPLE - len(enrolments)):
        enrolment = make.EnrolmentFactory(cohort=scene.cohort, activity="cuisine, préparation")
        make.ContractFactory(enrolment=enrolment)
        enrolments.append(enrolment)
    for month in MONTHS:
        for number, enrolment in enumerate(enrolments):
            for day in range(5):
                make.WorkEntryFactory(
                    enrolment=enrolment, minutes=300 + 10 * number, day=month.replace(day=8 + day),
                    confirmed=True,
                )  # fmt: skip
        scene.sell("6500.00", moved_on=month.replace(day=9))
    return scene


def start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "ct_platform", "--quiet", "worker", "--pool", "prefork",
         "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
        start_new_session=True,
    )  # fmt: skip


def measure(scene, month: dt.date) -> tuple[float, float, int]:
    """Seconds until the agreement and the issue are committed, until the last paper, and papers."""
    from ct_platform.kit import clock
    from documents.selectors import batch_progress
    from payroll.services.runs import approve_run, issue_run

    run = scene.reviewed(
        month=month, paid_on=month + dt.timedelta(days=40), reserve=Decimal("100.00")
    )
    began = time.perf_counter()
    run = approve_run(run=run, actor=scene.helene, at=clock.now())
    run = issue_run(run=run, actor=scene.driss, at=clock.now())
    answered = time.perf_counter() - began
    while True:
        progress = batch_progress(run.batch)
        if progress.is_finished or time.perf_counter() - began > 60:
            break
        time.sleep(0.02)
    assert progress.is_complete, progress
    return answered, time.perf_counter() - began, progress.total


def main() -> None:
    fresh_database()
    scene = prepare()
    child = start_worker()
    try:
        broker = "Redis" if os.environ.get("REDIS_URL") else "file system"
        rows = []
        for month in MONTHS:
            answered, finished, papers = measure(scene, month)
            first = month == MONTHS[0]
            rows.append(
                [f"{month:%Y-%m}" + (" (worker starting)" if first else ""), papers,
                 f"{answered * 1000:.0f} ms", f"{finished:.2f} s", "–" if first else f"{TARGET:.0f} s"]
            )  # fmt: skip
        show(
            f"Pay of {PEOPLE} people, two workers, PostgreSQL, broker: {broker}",
            rows,
            ["month", "papers", "agreed and issued", "last paper", "target"],
        )
    finally:
        child.terminate()  # the parent alone: it lets its children finish
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
