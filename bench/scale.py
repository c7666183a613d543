"""The network at scale on PostgreSQL: 2,000 cohorts, 3 million hour entries, every home and dashboard.

    ./run bench scale                          make the database, measure its pages
    ./run bench scale flat                     the same pages over few cohorts, then over twice the people
    ./run bench scale pages                    again, on the database that DATABASE_URL names
    CT_COHORTS=200 CT_PEOPLE=30 ./run bench scale

DATABASE_URL names a server where a database may be made (default: the local one). Times are those of
the whole request in one process, middleware and template included, the network left out: warm, the
median and the 95th percentile of twenty. "processor" is what this process itself worked, "database"
what the queries took (the median of three), "its processor" what the process of PostgreSQL worked, when
it runs here: on a machine that does something else, they say more than the clock. The ceiling judges the
lesser of the clock and of both processors. bench/scale_pages.py names the pages.
"""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.scale_pages import Page, busiest, pages
from bench.table import middle, show

COHORTS, PEOPLE = 2000, 15
REQUESTS = int(os.environ.get("CT_REQUESTS", "20"))
FLAT_COHORTS = 200
CEILING_MS, CEILING_QUERIES = 300, 15


@dataclass(frozen=True)
class Measured:
    page: Page
    clock: list[float]
    processor: list[float]
    database: float
    backend: float | None
    queries: int
    size: int

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return sorted(self.clock)[int(len(self.clock) * 0.95) - 1]

    @property
    def server(self) -> float:
        """What the page costs: our work and the database's, whatever else the machine does."""
        asked = self.database if self.backend is None else self.backend
        return min(middle(self.clock), middle(self.processor) + asked)

    def row(self) -> list[str]:
        over = self.server > CEILING_MS or self.queries > CEILING_QUERIES
        return [
            self.page.name, str(self.queries), f"{middle(self.clock):.0f} ms", f"{self.late:.0f} ms",
            f"{middle(self.processor):.0f} ms", f"{self.database:.0f} ms",
            "" if self.backend is None else f"{self.backend:.0f} ms", f"{self.size / 1024:.0f} KB",
            "over" if over else "",
        ]  # fmt: skip


HEADER = [
    "page",
    "queries",
    "median",
    "p95",
    "processor",
    "database",
    "its processor",
    "answer",
    "",
]


def prepare() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ct_platform.settings.demo")
    django.setup()
    from django.conf import settings

    # The second factor is its own page; here it would only add its one query.
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ALLOWED_HOSTS = ["*"]


def make(cohorts: int, people: int) -> None:
    """Migrate and seed the database of the environment; say what it cost."""
    from django.core.management import call_command
    from django.db import connection

    from ct_platform.home.seed import analyse, seed

    call_command("migrate", verbosity=0)
    began, busy = time.perf_counter(), time.process_time()
    made = seed(cohorts=cohorts, people_each=people)
    analyse()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    show(
        "seed",
        [[
            f"{made['cohorts']}", f"{made['people']}", f"{made['hours']}", f"{made['rows']}",
            f"{time.perf_counter() - began:.0f} s", f"{time.process_time() - busy:.0f} s",
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB",
            f"{size / 2**20:.0f} MiB",
        ]],
        ["cohorts", "people", "hour entries", "rows", "clock", "processor", "memory", "database"],
    )  # fmt: skip


def clients():  # type: ignore[no-untyped-def]
    """One session a role: those of the seed, the coordinator and a coopérant of the busiest cohort."""
    from django.test import Client
    from django.urls import reverse

    from ct_platform.home.seeding.network import email_of
    from members.models import User

    def entered(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("members:profile"))  # the first page of a session keeps its seat
        return client

    def account(person) -> User:  # type: ignore[no-untyped-def]
        if person.user is None:
            person.user = User.objects.create_user(f"p{person.pk}@exemple.test")
            person.save(update_fields=["user"])
        return person.user

    cohort = busiest()
    member = cohort.enrolments.filter(state="active").order_by("pk").first()
    roles = {"coordinator": account(cohort.territory.coordinator_seats.first().person),
             "cooperant": account(member.person),
             "host": account(cohort.host.host_seats.earliest("pk").person)}  # fmt: skip
    for role in ("network", "chamber", "hub", "funder", "authority", "eu"):
        roles[role] = User.objects.filter(email__startswith=email_of(role, 0)[:-13]).earliest("pk")
    return {"": Client()} | {role: entered(user) for role, user in roles.items()}


def backend_ms(connection) -> float | None:  # type: ignore[no-untyped-def]
    """What the process of the database that answers us has worked so far; None when it is elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    work = Path(f"/proc/{process}/schedstat")
    is_ours = work.exists() and b"postgres" in Path(f"/proc/{process}/cmdline").read_bytes()
    return int(work.read_text().split()[0]) / 1e6 if is_ours else None


def measure() -> list[Measured]:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sessions = clients()
    found = []
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    for page in pages():
        if wanted not in page.name:
            continue
        client = sessions[page.role]
        clock, processor, size = [], [], 0
        worked = None
        for turn in range(REQUESTS + 1):
            cache.clear()  # the pause of who searches without end is measured by its test
            start, busy = time.perf_counter(), time.process_time()
            answer = client.get(page.address)
            if turn:
                clock.append((time.perf_counter() - start) * 1000)
                processor.append((time.process_time() - busy) * 1000)
            else:
                worked = backend_ms(connection)  # from the second turn on: warm
            assert answer.status_code == 200, (page, answer.status_code)
            size = len(answer.content)
        cache.clear()
        now = backend_ms(connection)
        backend = None if now is None or worked is None else (now - worked) / REQUESTS
        asked = []
        for _turn in range(3):
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(page.address)
            asked.append(sum(float(one["time"]) for one in queries.captured_queries) * 1000)
        found.append(Measured(page, clock, processor, middle(asked), backend, len(queries), size))
        print("  ".join(found[-1].row()), flush=True)
    return found


def tell(measured: list[Measured]) -> None:
    from cohorts.models import Cohort, Enrolment
    from projects.models import WorkEntry

    title = (
        f"{Cohort.objects.count()} cohorts, {Enrolment.objects.count()} people, "
        f"{WorkEntry.objects.count()} hour entries; ceiling {CEILING_MS} ms, {CEILING_QUERIES} queries"
    )
    show(title, [one.row() for one in measured], HEADER)


def one(act: str) -> None:
    prepare()
    cohorts = int(os.environ.get("CT_COHORTS", COHORTS))
    if act == "make":
        make(cohorts, int(os.environ.get("CT_PEOPLE", PEOPLE)))
    tell(measure())


def flat() -> None:
    """The same cohorts twice: fifteen people each, then thirty. The number of queries may not move."""
    from bench.dashboards import fresh
    from bench.real import SERVER

    os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
    cohorts = os.environ.get("CT_COHORTS", str(FLAT_COHORTS))
    for people in (PEOPLE, 2 * PEOPLE):
        environment = os.environ | {
            "CT_COHORTS": cohorts, "CT_PEOPLE": str(people),
            "DATABASE_URL": fresh(SERVER, f"ct_bench_scale_{people}"),
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "bench.scale", "make"], check=True, env=environment)


def main() -> None:
    act = sys.argv[1] if len(sys.argv) > 1 else ""
    if act in ("make", "pages"):
        one(act)
    elif act == "flat":
        flat()
    else:
        from bench.dashboards import fresh
        from bench.real import SERVER

        environment = os.environ | {"DATABASE_URL": fresh(SERVER, "ct_bench_scale")}
        subprocess.run([sys.executable, "-m", "bench.scale", "make"], check=True, env=environment)


if __name__ == "__main__":
    main()
