"""Two thousand people in one run: computed, issued, every slip drawn by two workers, none lost.

    ./run bench pay_many [--people 2000]

DATABASE_URL and REDIS_URL as in bench.real. The clock starts at "compute" and stops at the last
slip; attestations follow in the same queue and are shown apart. Ends non-zero when anything is
lost, doubled or misnumbered, or when the workers' memory drifts.
"""

import argparse
import datetime as dt
import sys
import time

from bench.real import broker, children_mib, own_database, processor_seconds, two_workers
from bench.table import show

TARGET, DRIFT = 170, 10  # seconds for 2,000; percent of memory between a quarter and the end


def wait_for(run, kind: str, began: float, worker: int, limit: float) -> tuple[float, list[float]]:
    """Seconds since `began` until every paper of this kind is done, and memory at each quarter."""
    from documents.models import Rendering

    papers = Rendering.objects.filter(document__batch=run.batch, document__kind=kind)
    total, memory = papers.count(), []
    while (done := papers.filter(status="done").count()) < total:
        if done * 4 >= total * (len(memory) + 1):
            memory.append(max(children_mib(worker)))
        if time.perf_counter() - began > limit:
            raise SystemExit(f"{total - done} papers of kind {kind} are still to be done")
        time.sleep(0.2)
    return time.perf_counter() - began, [*memory, max(children_mib(worker))]


def breaches(run, people: int) -> list[str]:
    """What was lost, doubled or misnumbered: nothing, or sentences."""
    from ct_platform.kit.invariants import all_invariants
    from payroll.models import Payslip

    slips = Payslip.objects.filter(share__run=run).order_by("number")
    numbers = list(slips.values_list("number", flat=True))
    expected = [f"{run.issued_at.year}-R-{n:05d}" for n in range(1, people + 1)]
    found = [] if numbers == expected else ["the numbers are not 1 to n"]
    if (
        slips.exclude(document__sha256="").values("share__enrolment__person").distinct().count()
        != people
    ):
        found.append("somebody has no drawn slip")
    for invariant in all_invariants():
        if invariant.code.startswith(("payroll.", "documents.")):
            found += invariant.check()
    return found


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=2000)
    people = reader.parse_args().people
    own_database("ct_bench_many")
    from ct_platform.kit import clock
    from payroll.services.runs import approve_run, compute_run, issue_run, review_run
    from tests import personas
    from tests.payroll.crowd import set_crowd

    scene = set_crowd(personas.build(), people)
    run = scene.frozen(paid_on=dt.date(2026, 12, 10))
    target = TARGET * people / 2000
    with two_workers() as worker:
        time.sleep(5)  # the workers start: it is their work that is measured
        began = time.perf_counter()
        run = compute_run(run=run, actor=scene.driss, at=clock.now())
        computed = time.perf_counter() - began
        run = review_run(run=run, actor=scene.driss, at=clock.now())
        run = approve_run(run=run, actor=scene.helene, at=clock.now())
        run = issue_run(run=run, actor=scene.driss, at=clock.now())
        issued = time.perf_counter() - began
        consumed = processor_seconds(worker.pid)
        drawn, memory = wait_for(run, "payslip", began, worker.pid, 20 * target + 60)
        consumed = processor_seconds(worker.pid) - consumed
        others = [kind for kind in run_kinds(run) if kind != "payslip"]
        rest = max(
            (wait_for(run, k, began, worker.pid, 40 * target + 60)[0] for k in others),
            default=drawn,
        )
    lost = breaches(run, people)
    drift = (memory[-1] / memory[0] - 1) * 100
    rows = [
        ["computed", f"{computed:.1f} s", "–"],
        ["reviewed, agreed, issued", f"{issued:.1f} s", "–"],
        [f"last of {people} slips", f"{drawn:.1f} s", f"{target:.0f} s"],
        ["  processor of the workers, a slip", f"{consumed / people * 1000:.0f} ms", "–"],
        ["last of the other papers", f"{rest:.1f} s", "–"],
        ["memory of a worker, a quarter to the end", f"{memory[0]:.0f} → {memory[-1]:.0f} MiB", f"+ {DRIFT} %"],
        ["lost, doubled, misnumbered", str(len(lost)), "0"],
    ]  # fmt: skip
    show(
        f"Pay of {people} people, two workers, PostgreSQL, broker: {broker()}",
        rows,
        ["since compute", "measured", "target"],
    )
    print(*lost, sep="\n")
    return int(bool(lost) or drift > DRIFT)


def run_kinds(run) -> list[str]:
    from documents.models import Document

    return sorted(set(Document.objects.filter(batch=run.batch).values_list("kind", flat=True)))


if __name__ == "__main__":
    sys.exit(main())
