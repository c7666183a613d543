"""kill -9, at random, all along a pay run of two hundred: no slip lost, doubled or misnumbered.

The process that issues is killed inside its transaction and tried again, then two issue at once;
each message leaves one to three times; workers die with their children or lose them. Longer:
`CT_KILL_PEOPLE=2000 CT_KILLS=200 CT_KILL_SEED=7 ./run test -m worker tests/payroll`.
"""

import datetime as dt
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, transaction
from pypdf import PdfReader

from ct_platform.kit import clock
from ct_platform.kit.invariants import all_invariants
from documents.models import Document, Rendering
from documents.services import render
from documents.services.sending import TASK
from payroll.models import AccountEntry, PayRun, Payslip
from payroll.services.runs import issue_run
from tests import workers
from tests.factories import NOW
from tests.payroll.crowd import set_crowd

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

PEOPLE = int(os.environ.get("CT_KILL_PEOPLE", "200"))
KILLS = int(os.environ.get("CT_KILLS", "6"))
SEED = int(os.environ.get("CT_KILL_SEED", "2026"))
ISSUERS_KILLED = 3
# Seconds that one paper may take here, papers waiting for each other included.
PATIENCE = 2.0


@pytest.fixture(autouse=True)
def _frozen_clock() -> None:
    """Leases are of this world here: the clock runs."""


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    # Beat's part is played here, with the short lease of the workers' settings.
    settings.DELIVERY_LEASE, settings.DELIVERY_GRACE = (
        dt.timedelta(seconds=4), dt.timedelta(seconds=8),
    )  # fmt: skip
    return settings.MEDIA_ROOT


class Crew:
    """Two workers; whoever is killed is replaced, as a supervisor would."""

    def __init__(self, media: Path, log: Path) -> None:
        self.media, self.log = media, log
        self.processes = [workers.start_worker(media, log) for _ in range(2)]

    def murder(self, chance: random.Random) -> str:
        place = chance.randrange(2)
        if chance.random() < 0.5:
            return f"children of worker {place}: {workers.kill_children(self.processes[place])}"
        workers.kill_whole(self.processes[place])
        self.processes[place] = workers.start_worker(self.media, self.log)
        return f"worker {place}, whole"

    def stop(self) -> None:
        for process in self.processes:
            workers.stop(process)


@pytest.fixture
def crew(media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    with workers.own_queue():
        several = workers.deliver_several_times(random.Random(SEED))
        monkeypatch.setattr(current_app.tasks[TASK], "apply_async", several)
        crew = Crew(media, tmp_path / "workers.log")
        yield crew
        crew.stop()


def issuer(run: PayRun, media: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.payroll.issue_in_a_process",
         str(run.pk), str(run.reviewed_by_id), str(SEED + number)],
        cwd=workers.ROOT, env=workers.environment(media), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def tell(process: subprocess.Popen[str]) -> None:
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("issue\n")
    process.stdin.flush()


def rehearse(run: PayRun, actor) -> float:
    """Seconds that issuing takes on this machine; nothing of it is kept."""
    began = time.monotonic()
    with transaction.atomic():
        issue_run(run=run, actor=actor, at=NOW)
        transaction.set_rollback(True)
    return time.monotonic() - began


def others_are_gone() -> bool:
    """A killed client's transaction ends when the server notices: then it is all or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state <> 'idle' AND query NOT LIKE 'LISTEN%%'"
        )
        return cursor.fetchone()[0] == 0


def test_it_loses_doubles_and_misnumbers_nothing(people, media, crew):
    chance = random.Random(SEED)
    print(f"\nseed {SEED}, {PEOPLE} people, {KILLS} murders")  # noqa: T201  what repeats it
    scene = set_crowd(people, PEOPLE)
    run = scene.approved()

    issuers = [issuer(run, media, number) for number in range(ISSUERS_KILLED + 2)]
    try:
        lasts = rehearse(run, scene.driss)
        assert not Payslip.objects.exists()
        for process in issuers[:ISSUERS_KILLED]:
            tell(process)
            time.sleep(chance.uniform(0.05, lasts))
            process.kill()
            process.wait(10)
            workers.wait_until(others_are_gone, 30, "a dead issuer still holds its transaction")
            assert Payslip.objects.count() in (0, PEOPLE)
        for process in issuers[ISSUERS_KILLED:]:
            tell(process)
        assert [process.stdout.readline() for process in issuers[ISSUERS_KILLED:]] == [
            "issued\n"
        ] * 2
    finally:
        for process in issuers:
            process.kill()
            process.communicate()

    # Their hour of sending is that of this world, like the sweep below.
    Rendering.objects.update(sent_at=clock.now())
    drain(run, crew, chance)
    require_all_of_it(run)


def drain(run: PayRun, crew: Crew, chance: random.Random) -> None:
    """Murder at random places of the work, sweep, press "Refaire" when a paper asks for it."""
    papers = Rendering.objects.count()
    # As many papers done when each murder comes: the same on a slow and on a fast machine.
    places = sorted(chance.sample(range(papers * 9 // 10), KILLS))
    end, next_sweep = time.monotonic() + PATIENCE * papers + 60, time.monotonic() + 3
    while (done := Rendering.objects.filter(status="done").count()) < papers:
        now = time.monotonic()
        assert now < end, list(Rendering.objects.values_list("status", "error").distinct())
        if places and done >= places[0]:
            with suppress(ProcessLookupError):
                print(f"at {done} papers: {crew.murder(chance)}")  # noqa: T201
            del places[0]
        if now > next_sweep:
            render.sweep(at=clock.now())
            render.retry_failed(batch=run.batch, at=clock.now())
            next_sweep = now + 3
        time.sleep(0.1)
    assert not places


def require_all_of_it(run: PayRun) -> None:
    """Papers = slips = people; numbers 1 to n; every PDF opens and prints its own; ledger right."""
    slips = list(Payslip.objects.select_related("document", "share__enrolment").order_by("number"))
    assert [slip.number for slip in slips] == [f"2026-R-{n:05d}" for n in range(1, PEOPLE + 1)]
    assert len({slip.share.enrolment.person_id for slip in slips}) == PEOPLE
    assert len({slip.document_id for slip in slips}) == PEOPLE
    papers = Document.objects.filter(batch=run.batch)
    assert papers.filter(kind="payslip").count() == PEOPLE
    assert papers.exclude(kind="payslip").values("subject").distinct().count() == PEOPLE
    for slip in slips:
        with slip.document.file.open("rb") as file:
            text = " ".join(page.extract_text() for page in PdfReader(file).pages)
        assert slip.number in text
    for kind, amount in (
        ("share", sum(slip.share.amount for slip in slips)),
        ("cost", -sum(slip.total_cost for slip in slips)),
        ("net", sum(slip.net_paid for slip in slips)),
    ):
        moved = list(AccountEntry.objects.filter(run=run, kind=kind))
        assert len({entry.enrolment_id for entry in moved}) == len(moved) == PEOPLE
        assert sum((entry.amount for entry in moved), Decimal(0)) == amount
    for invariant in all_invariants():
        # The scene writes its vote by hand, without ballots.
        if not invariant.code.startswith("decisions."):
            assert list(invariant.check()) == [], invariant.code
