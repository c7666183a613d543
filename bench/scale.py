"""The network at scale on PostgreSQL: 2,000 cohorts, 3 million hour entries, every home and dashboard.

    ./run bench scale                          make the database, measure its pages
    ./run bench scale flat                     the same pages over few cohorts, then over twice the people
    ./run bench scale pages                    again, on the database that DATABASE_URL names
    CT_COHORTS=200 CT_PEOPLE=30 ./run bench scale

DATABASE_URL names a server where a database may be made (default: the local one). Times are those of
the whole request in one process, middleware and template included, the network left out: warm, the
median and the 95th percentile of twenty. "processor" is what this process itself worked, "database"
what the queries took: on a machine that does something else, they say more than the clock.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.table import middle, show

COHORTS, PEOPLE = 2000, 15
REQUESTS = int(os.environ.get("CT_REQUESTS", "20"))
FLAT_COHORTS = 200
CEILING_MS, CEILING_QUERIES = 300, 15


@dataclass(frozen=True)
class Page:
    name: str
    role: str
    address: str


@dataclass(frozen=True)
class Measured:
    page: Page
    clock: list[float]
    processor: list[float]
    database: float
    queries: int
    size: int

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return sorted(self.clock)[int(len(self.clock) * 0.95) - 1]

    def row(self) -> list[str]:
        over = middle(self.clock) > CEILING_MS or self.queries > CEILING_QUERIES
        return [
            self.page.name, str(self.queries), f"{middle(self.clock):.0f} ms", f"{self.late:.0f} ms",
            f"{middle(self.processor):.0f} ms", f"{self.database:.0f} ms", f"{self.size / 1024:.0f} KB",
            "over" if over else "",
        ]  # fmt: skip


HEADER = ["page", "queries", "median", "p95", "processor", "database", "answer", ""]


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


def pages() -> Iterator[Page]:
    """Every home, dashboard and list that a role lands on, on the busiest running cohort."""
    from django.db.models import Count
    from django.urls import reverse

    from cohorts.models import Cohort
    from payroll.models import PayRun
    from reports.models import Snapshot

    running = Cohort.objects.filter(state="running", pay_runs__isnull=False)
    cohort = running.annotate(n=Count("pay_runs")).order_by("-n", "pk").first()
    assert cohort is not None
    run = PayRun.objects.of_cohort(cohort.pk).order_by("month").first()
    assert run is not None

    def at(name: str, *more: int) -> str:
        return reverse(name, args=[cohort.pk, *more])

    dashboard, find = reverse("home:dashboard"), reverse("members:search")
    enrolment = cohort.enrolments.order_by("pk").first()
    yield Page("Tableau de bord, a territory", "coordinator", dashboard)
    yield Page("Board of a cohort", "coordinator", at("home:cohort_dashboard"))
    yield Page("Results of a cohort, today", "coordinator", at("reports:of_cohort"))
    yield Page("Where we stand", "coordinator", at("payroll:standing"))
    yield Page("All hours", "coordinator", at("projects:all_hours"))
    yield Page("Hours of the week", "coordinator", at("projects:cohort_hours"))
    yield Page("People", "coordinator", at("cohorts:people"))
    yield Page("Pay runs", "coordinator", at("payroll:runs"))
    yield Page("Path of a person", "coordinator", at("cohorts:path", enrolment.pk))
    yield Page("Search, a name many bear", "coordinator", f"{find}?q=emilie")
    yield Page("Search, network", "network", f"{find}?q=cohorte+0-1")
    yield Page("Search, host", "host", f"{find}?q=jeanne")
    yield Page("Réseau", "network", reverse("home:network"))
    yield Page("Réseau, cohorts", "network", reverse("home:network_cohorts"))
    yield Page(
        "Réseau, all with archived",
        "network",
        reverse("home:network_cohorts") + "?etat=toutes&page=9",
    )
    yield Page("Suivi, network", "network", reverse("reports:follow"))
    yield Page("À valider, host", "host", reverse("home:to_approve"))
    yield Page("A pay run, host", "host", at("payroll:run", run.pk))
    yield Page("Contracts, host", "host", reverse("cohorts:host_contracts"))
    yield Page("Invoices, host", "host", reverse("projects:host_invoices"))
    for role in ("host", "chamber", "hub", "funder", "authority", "eu"):
        yield Page(f"Suivi, {role}", role, reverse("reports:follow"))
    place = [Cohort.objects.order_by("pk").first().territory_id]
    sent = Snapshot.objects.filter(cohort__territory_id=place[0]).order_by("-pk").first()
    for role in ("funder", "authority"):
        yield Page(f"A territory, {role}", role, reverse("reports:territory", args=place))
    yield Page("A report, funder", "funder", reverse("reports:snapshot", args=[sent.pk]))
    yield Page("Ma coop", "cooperant", reverse("home:my_coop"))
    yield Page("Mes heures", "cooperant", reverse("projects:my_hours"))
    yield Page("Ma paie", "cooperant", reverse("payroll:my_pay"))
    yield Page("À décider", "cooperant", reverse("decisions:to_decide"))
    yield Page("Mon parcours", "cooperant", reverse("cohorts:my_path"))
    yield Page("Public site", "", reverse("home:public"))
    yield Page("Public site, cooperatives", "", reverse("home:cooperatives"))


def clients():  # type: ignore[no-untyped-def]
    """One session a role: those of the seed, the coordinator and a coopérant of the busiest cohort."""
    from django.db.models import Count
    from django.test import Client
    from django.urls import reverse

    from cohorts.models import Cohort
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

    running = Cohort.objects.filter(state="running", pay_runs__isnull=False)
    cohort = running.annotate(n=Count("pay_runs")).order_by("-n", "pk").first()
    member = cohort.enrolments.filter(state="active").order_by("pk").first()
    roles = {"coordinator": account(cohort.territory.coordinator_seats.first().person),
             "cooperant": account(member.person)}  # fmt: skip
    for role in ("network", "host", "chamber", "hub", "funder", "authority", "eu"):
        roles[role] = User.objects.filter(email__startswith=email_of(role, 0)[:-13]).earliest("pk")
    return {"": Client()} | {role: entered(user) for role, user in roles.items()}


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
        for turn in range(REQUESTS + 1):
            cache.clear()  # the pause of who searches without end is measured by its test
            start, busy = time.perf_counter(), time.process_time()
            answer = client.get(page.address)
            if turn:
                clock.append((time.perf_counter() - start) * 1000)
                processor.append((time.process_time() - busy) * 1000)
            assert answer.status_code == 200, (page, answer.status_code)
            size = len(answer.content)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page.address)
        database = sum(float(one["time"]) for one in queries.captured_queries) * 1000
        found.append(Measured(page, clock, processor, database, len(queries), size))
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
