"""From "issue" to the last paper: fifteen slips and fifteen attestations, two workers.

DATABASE_URL and REDIS_URL as in bench.real. The first run warms the workers and is shown apart.
"""

import datetime as dt
import time
from decimal import Decimal

from bench.real import broker, own_database, two_workers
from bench.table import show

PEOPLE, TARGET = 15, 4.0
MONTHS = [dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)]


def prepare():
    """A cohort of fifteen who worked and sold in each of the three months."""
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


def measure(scene, month: dt.date) -> tuple[float, float, int]:
    """Seconds until the issue is committed, until the last paper, and how many papers."""
    from ct_platform.kit import clock
    from documents.selectors import batch_progress
    from payroll.services.runs import approve_run, issue_run

    run = scene.reviewed(
        month=month, paid_on=month + dt.timedelta(days=40), reserve=Decimal("100.00")
    )
    run = approve_run(run=run, actor=scene.helene, at=clock.now())
    began = time.perf_counter()
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
    own_database("ct_bench_pay")
    scene = prepare()
    with two_workers():
        rows = []
        for month in MONTHS:
            answered, finished, papers = measure(scene, month)
            first = month == MONTHS[0]
            rows.append(
                [f"{month:%Y-%m}" + (" (worker starting)" if first else ""), papers,
                 f"{answered * 1000:.0f} ms", f"{finished:.2f} s", "–" if first else f"{TARGET:.0f} s"]
            )  # fmt: skip
        show(
            f"Pay of {PEOPLE} people, two workers, PostgreSQL, broker: {broker()}",
            rows,
            ["month", "papers", "issued", "last paper", "target"],
        )


if __name__ == "__main__":
    main()
