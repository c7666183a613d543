"""What measures on the real thing share: a database of their own, real workers, clean ends.

DATABASE_URL names a PostgreSQL server where a database may be made (default: the local one); the
broker is REDIS_URL when given (an empty database number), else the file system.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def own_database(name: str) -> None:
    """Make database `name` afresh and point the settings at it: call before Django is set up."""
    import psycopg2

    connection = psycopg2.connect(SERVER.replace("postgres://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def broker() -> str:
    return "Redis" if os.environ.get("REDIS_URL") else "file system"


@contextmanager
def two_workers() -> Iterator[subprocess.Popen[bytes]]:
    """One Celery parent with two children, as the demo and the image run it."""
    child = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "ct_platform", "--quiet", "worker", "--pool", "prefork",
         "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
        start_new_session=True,
    )  # fmt: skip
    try:
        yield child
    finally:
        child.terminate()  # the parent alone: it lets its children finish
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def resident_mib(process: int | str = "self") -> float:
    sizes = Path(f"/proc/{process}/statm").read_text().split()
    return int(sizes[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(parent: int) -> float:
    """What the children of `parent` have consumed, those already replaced included."""

    def ticks(process: int | str, *fields: int) -> int:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(int(after_name[field]) for field in fields)

    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    living = sum(ticks(pid, 11, 12) for task in tasks for pid in task.read_text().split())
    return (living + ticks(parent, 13, 14)) / os.sysconf("SC_CLK_TCK")


def children_mib(parent: int) -> list[float]:
    """Resident memory of each child of `parent`, in MiB."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    pids = [pid for task in tasks for pid in task.read_text().split()]
    return [resident_mib(pid) for pid in pids if Path(f"/proc/{pid}/statm").exists()]
