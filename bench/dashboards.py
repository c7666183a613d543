"""The board, the territory of two hundred cohorts, the search and a person's path: server time, queries.

Both databases in turn: SQLite in a file of its own, then PostgreSQL (DATABASE_URL names a server where
a database may be made; default: the local one). Times are those of the whole request in one process,
middleware and template included, the network left out. "processor" is what this process itself worked:
on a machine that does something else, it and the time in PostgreSQL say more than the clock.
"""

import os
import subprocess
import sys
import tempfile
import time

from bench.table import middle, show

COHORTS, REQUESTS, CEILING_MS, CEILING_QUERIES = 200, 15, 200, 15


def measure() -> None:
    """One database, that of the environment: migrate, seed, ask each page, print the table."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from cohorts.models import Cohort, Enrolment, NetworkSeat
    from ct_platform.home.seed import seed
    from ct_platform.kit import clock
    from members.models import Person, User
    from members.rules import search_key

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    made = seed(cohorts=COHORTS, per_territory=COHORTS, at_work=True)
    seeded = time.perf_counter() - began
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does by itself a minute later
    # The second factor is its own page; here it would only add its one query.
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ALLOWED_HOSTS = ["*"]

    cohort = Cohort.objects.order_by("pk").first()
    enrolment = Enrolment.objects.of_cohort(cohort.pk).select_related("person").first()
    coordinator = User.objects.get(email__startswith="seed")
    visitor = User.objects.create_user("reseau@exemple.test")
    person = Person.objects.create(
        user=visitor, first_name="Nora", last_name="Semis", search_key=search_key("Nora", "Semis")
    )
    NetworkSeat.objects.create(person=person, starts_on=clock.today())

    def client(user: User) -> Client:
        made = Client()
        made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        made.get(reverse("members:profile"))  # the first page of a session keeps its seat
        return made

    seats = {"coordinator": client(coordinator), "network": client(visitor)}
    territory = reverse("home:dashboard")
    find = reverse("members:search")
    asked = [
        ("Board of a cohort", "coordinator", reverse("home:cohort_dashboard", args=[cohort.pk])),
        ("Territory, 200 cohorts, first page", "coordinator", territory),
        ("Territory, by hours, last page", "coordinator", f"{territory}?tri=heures&page=4"),
        ("Territory, filtered by name", "coordinator", f"{territory}?q=cohorte+0-7&etat=toutes"),
        ("Network, 200 cohorts", "network", reverse("home:network_cohorts")),
        ("Search, a name many bear", "coordinator", f"{find}?q=emilie"),
        ("Search, one person", "coordinator", f"{find}?q=Jeanne+{enrolment.person.last_name}"),
        ("Search, mistyped", "coordinator", f"{find}?q=jeannne+exempl{cohort.pk}"),
        ("Search, nobody", "coordinator", f"{find}?q=introuvable"),
        ("Path of a person", "coordinator", reverse("cohorts:path", args=[cohort.pk, enrolment.pk])),
    ]  # fmt: skip
    rows = []
    from django.core.cache import cache

    for name, seat, address in asked:
        times, spent = [], []
        for _ in range(REQUESTS):
            cache.clear()  # the pause of who searches without end is measured by its test
            start, busy = time.perf_counter(), time.process_time()
            answer = seats[seat].get(address)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - busy) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            seats[seat].get(address)
        in_database = sum(float(one["time"]) for one in queries.captured_queries) * 1000
        rows.append(
            [
                name, f"{middle(times):.0f} ms", f"{min(times):.0f} ms", f"{middle(spent):.0f} ms",
                f"{in_database:.0f} ms",
                str(len(queries)), f"{CEILING_MS} ms, {CEILING_QUERIES}",
            ]
        )  # fmt: skip
    show(
        f"{connection.vendor}: {made['cohorts']} cohorts in one territory, {made['people']} people, "
        f"{made['hours']} days worked (seeded in {seeded:.0f} s)",
        rows,
        ["page", "median", "best", "processor", "database", "queries", "ceiling"],
    )


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "one":
        measure()
        return
    from bench.real import SERVER

    for vendor in ("sqlite", "postgresql"):
        environment = dict(os.environ)
        environment["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
        environment["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
        environment["DATABASE_URL"] = "" if vendor == "sqlite" else fresh(SERVER)
        subprocess.run(
            [sys.executable, "-m", "bench.dashboards", "one"], check=True, env=environment
        )


def fresh(server: str, name: str = "ct_bench_dashboards") -> str:
    """A database made afresh on that server."""
    from urllib.parse import urlsplit, urlunsplit

    import psycopg2

    connection = psycopg2.connect(server.replace("postgres://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


if __name__ == "__main__":
    main()
