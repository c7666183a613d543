"""Time the pay engine on this machine, against its thresholds.

    python -m bench.pay_engine

Prints one row per measure and ends non-zero when a threshold is missed. Random payments, same seed
every time; the best of some repetitions, since only interference makes a run slower.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bench.real import resident_mib
from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross, solve_hours
from payroll.engine.types import PayInput, Ytd

JUNE = load_params(date(2026, 6, 1))
EMPTY = Ytd.empty()
ORDINARY = PayInput(
    month=JUNE.month,
    gross=Decimal("1867.02"),
    hours=Decimal("151.67"),
    headcount=49,
    atmp_rate=Decimal("1.55"),
    contract="CDI",
)


def shares(count: int) -> list[tuple[Decimal, PayInput]]:
    """Realistic pots: 10 to 150 hours, 10 to 16 euros of cost an hour."""
    chance = random.Random(2026)
    drawn = []
    for _ in range(count):
        hours = Decimal(chance.randrange(1000, 15000)) / 100
        share = (hours * chance.randrange(1000, 1600) / 100).quantize(Decimal("0.01"))
        drawn.append((share, replace(ORDINARY, gross=None, hours=hours)))
    return drawn


def best(measured: Callable[[], object], repetitions: int) -> float:
    """Return the shortest time in seconds of processor: what else the machine does is not counted."""
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        measured()
        times.append(time.process_time() - start)
    return min(times)


def solve_all(run: list[tuple[Decimal, PayInput]]) -> None:
    for share, inp in run:
        solve_gross(share, inp, EMPTY, JUNE)


def growth(run: list[tuple[Decimal, PayInput]]) -> int:
    """Return the bytes still held after a second run, compared with after the first."""
    tracemalloc.start()
    solve_all(run)
    after_first, _ = tracemalloc.get_traced_memory()
    solve_all(run)
    after_second, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after_second - after_first


def drift(run: list[tuple[Decimal, PayInput]], times: int) -> float:
    """Return the percent by which resident memory grew over `times` more runs, after a first."""
    solve_all(run)
    first = resident_mib()
    for _ in range(times):
        solve_all(run)
    return (resident_mib() / first - 1) * 100


def solve_hours_all(run: list[tuple[Decimal, PayInput]]) -> None:
    for share, inp in run:
        solve_hours(share, JUNE.smic_hourly, replace(inp, contract="CDD"), EMPTY, JUNE)


def main() -> int:
    covered = replace(
        ORDINARY, health_cover=Decimal(40), health_cover_employer_share=Decimal(50), headcount=50
    )
    rows: list[tuple[str, float, float, str]] = []
    for name, inp in (("compute, 23 lines", ORDINARY), ("compute, 27 lines", covered)):
        seconds = best(lambda inp=inp: [compute(inp, EMPTY, JUNE) for _ in range(1000)], 7)
        rows.append((name, seconds * 1000, 100, "µs"))
    for count, limit, repetitions in ((15, 10, 9), (1000, 300, 3), (10_000, 3500, 2)):
        run = shares(count)
        seconds = best(lambda run=run: solve_all(run), repetitions)
        rows.append((f"solve_gross, {count:,} people", seconds * 1000, limit, "ms"))
    run = shares(15)
    rows.append(("solve_hours, 15 people", best(lambda: solve_hours_all(run), 3) * 1000, 600, "ms"))
    rows.append(("memory after five more runs of 10,000", drift(shares(10_000), 5), 1, "%"))
    rows.append(("memory left by a second run", growth(shares(2000)) / 1024, 16, "KiB"))

    print(f"{'measure':<40}{'measured':>12}{'threshold':>12}")
    for name, value, limit, unit in rows:
        mark = "" if value <= limit else "   missed"
        print(f"{name:<40}{value:>9.1f} {unit}{limit:>9} {unit}{mark}")
    return int(any(value > limit for _, value, limit, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
