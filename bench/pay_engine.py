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

from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross
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
    """Return the shortest time in seconds."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        measured()
        times.append(time.perf_counter() - start)
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
    rows.append(("memory left by a second run", growth(shares(2000)) / 1024, 16, "KiB"))

    print(f"{'measure':<32}{'measured':>12}{'threshold':>12}")
    for name, value, limit, unit in rows:
        mark = "" if value <= limit else "   missed"
        print(f"{name:<32}{value:>9.1f} {unit}{limit:>9} {unit}{mark}")
    return int(any(value > limit for _, value, limit, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
