"""What the house does by itself, at scale: the tasks of the clock, check_consistency, backup.

    DATABASE_URL=postgres://…/ct_bench_scale ./run bench upkeep [word of a name]

On the database that DATABASE_URL names (see bench.scale). Each task runs in a transaction that is
rolled back: nothing is written, nothing is sent. Memory is the most this process ever held.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.table import show

HEADER = ["what", "queries", "clock", "processor", "memory so far", ""]


def measured(name: str, act: Callable[[], object]) -> list[str]:
    from django.db import connection

    count = 0

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    began, busy = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counting):
        answer = act()
    took = (time.perf_counter() - began) * 1000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = [
        name, str(count), f"{took:.0f} ms", f"{(time.process_time() - busy) * 1000:.0f} ms",
        f"{memory:.0f} MiB", str(answer or ""),
    ]  # fmt: skip
    print("  ".join(row), flush=True)
    return row


def tasks() -> list[list[str]]:
    from celery import current_app
    from django.db import transaction

    from ct_platform.celery import app

    class Undone(Exception):
        pass

    def undone(name: str) -> object:
        found: object = None
        try:
            with transaction.atomic():
                found = current_app.tasks[name].run()
                raise Undone
        except Undone:
            return found

    app.loader.import_default_modules()
    names = sorted(one["task"] for one in app.conf.beat_schedule.values())
    return [measured(name, lambda name=name: undone(name)) for name in names if wanted(name)]


def invariants() -> list[list[str]]:
    from ct_platform.kit.invariants import all_invariants

    def breaches(check: Callable[[], object]) -> str:
        found = sum(1 for _one in check())  # type: ignore[attr-defined]
        return f"{found} breaches" if found else ""

    return [
        measured(one.code, lambda one=one: breaches(one.check))
        for one in all_invariants()
        if wanted(one.code)
    ]


def backup() -> list[list[str]]:
    from ct_platform.kit.backups import back_up

    def act() -> str:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "copy"
            back_up(target)
            return f"{target.stat().st_size / 2**20:.0f} MiB"

    return [measured("backup", act)] if wanted("backup") else []


def wanted(name: str) -> bool:
    return not sys.argv[1:] or sys.argv[1] in name


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ct_platform.settings.demo")
    django.setup()
    rows = [*tasks(), *invariants(), *backup()]
    show("upkeep", rows, HEADER)


if __name__ == "__main__":
    main()
