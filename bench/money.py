"""Ten thousand entries of hours, five thousand sales in one cohort: lists, totals, where we stand, books.

Both databases in turn, as bench.dashboards: the whole request in one process, template included.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

from bench.dashboards import fresh
from bench.table import middle, show

ENTRIES, SALES, EXPENSES = 10_000, 5_000, 2_000
REQUESTS, CEILING_MS, CEILING_QUERIES = 15, 200, 15


def fill(cohort, today: dt.date) -> None:  # type: ignore[no-untyped-def]
    """Rows of every day since the first, of every kind and state, paid or not."""
    from ct_platform.kit import clock
    from projects.enums import WorkKind, WorkState
    from projects.models import Expense, Project, Sale, WorkEntry

    people = list(cohort.enrolments.select_related("person").order_by("pk"))
    projects = list(Project.objects.of_cohort(cohort.pk).order_by("pk"))
    days = max((min(today, cohort.ends_on) - cohort.starts_on).days, 1)
    kinds, at = list(WorkKind), clock.now()
    rows = []
    for number in range(ENTRIES):
        one, other = people[number % len(people)], people[(number + 1) % len(people)]
        sure = number % 10 != 0
        rows.append(
            WorkEntry(
                enrolment=one, entered_by=one.person, minutes=10 + number % 7,
                day=cohort.starts_on + dt.timedelta(days=number // len(people) % days),
                kind=kinds[number % 4 if number % 5 == 0 else 0], project=projects[number % len(projects)],
                state=WorkState.CONFIRMED if sure else WorkState.OPEN,
                confirmed_by=other.person if sure else None, confirmed_at=at if sure else None,
            )
        )  # fmt: skip
    WorkEntry.objects.filter(enrolment__cohort=cohort).delete()
    WorkEntry.objects.bulk_create(rows, 1000)
    by = people[0].person
    Sale.objects.bulk_create(
        (
            Sale(
                project=projects[n % len(projects)], label=f"Vente {n}", customer="Marché",
                amount=Decimal(500 + n % 900).scaleb(-2), vat_rate=Decimal("5.5"), recorded_by=by,
                sold_on=cohort.starts_on + dt.timedelta(days=n % days),
                moved_on=cohort.starts_on + dt.timedelta(days=n % days) if n % 4 else None,
            )
            for n in range(SALES)
        ),
        1000,
    )  # fmt: skip
    Expense.objects.bulk_create(
        (
            Expense(
                project=projects[n % len(projects)], label=f"Achat {n}", supplier="Halles",
                amount=Decimal(200 + n % 300).scaleb(-2), vat_amount=Decimal("0.10"), recorded_by=by,
                moved_on=cohort.starts_on + dt.timedelta(days=n % days),
            )
            for n in range(EXPENSES)
        ),
        1000,
    )  # fmt: skip


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

    from cohorts.models import Cohort
    from ct_platform.home.seed import seed
    from ct_platform.kit import clock
    from members.models import User

    call_command("migrate", verbosity=0)
    seed(cohorts=1, per_territory=1, at_work=True)
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ALLOWED_HOSTS = ["*"]
    cohort = Cohort.objects.order_by("pk").first()
    assert cohort is not None
    today = clock.today()
    fill(cohort, today)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    client = Client()
    client.force_login(
        User.objects.get(email__startswith="seed"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.get(reverse("members:profile"))  # the first page of a session keeps its seat
    one = cohort.enrolments.order_by("pk").first()
    assert one is not None

    def at(name: str, *more: int) -> str:
        return reverse(name, args=[cohort.pk, *more])

    hours, money = at("projects:all_hours"), at("projects:activities")
    asked = [
        ("All hours, first page and totals", hours),
        ("All hours, last page", f"{hours}?page=last"),
        ("All hours of one person, to confirm", f"{hours}?personne={one.pk}&etat=attend"),
        ("Week of the cohort", at("projects:cohort_hours")),
        ("Week of one person", at("projects:person_hours", one.pk)),
        ("Sales, first page and totals", money),
        ("Sales, last page", f"{money}?page=last"),
        ("Expenses, first page", f"{money}?vue=depenses"),
        ("Where we stand", at("payroll:standing")),
        ("Books, the page", at("payroll:cohort_books")),
        ("Board of the cohort", at("home:cohort_dashboard")),
    ]
    rows = []
    for name, address in asked:
        times, spent = [], []
        for _ in range(REQUESTS):
            start, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - busy) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        rows.append(
            [name, f"{middle(times):.0f} ms", f"{min(times):.0f} ms", f"{middle(spent):.0f} ms",
             str(len(queries)), f"{CEILING_MS} ms, {CEILING_QUERIES}"]
        )  # fmt: skip
    period = {"du": cohort.starts_on.isoformat(), "au": today.isoformat()}
    for name, book in (("Journal, XLSX", "ventes"), ("VAT, XLSX", "tva"), ("FEC", "ecritures"),
                       ("Hours, XLSX", "heures"), ("Hours, CSV", "heures-csv")):  # fmt: skip
        start, busy = time.perf_counter(), time.process_time()
        answer = client.post(reverse("payroll:cohort_book", args=[cohort.pk, book]), period)
        size = sum(len(piece) for piece in answer.streaming_content)
        took, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
        rows.append(
            [
                f"{name}, {size // 1000} KB",
                f"{took:.0f} ms",
                f"{took:.0f} ms",
                f"{worked:.0f} ms",
                "",
                "",
            ]
        )
    show(
        f"{connection.vendor}: {ENTRIES} entries, {SALES} sales, {EXPENSES} expenses in one cohort",
        rows,
        ["page", "median", "best", "processor", "queries", "ceiling"],
    )


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "one":
        measure()
        return
    from bench.real import SERVER

    for vendor in sys.argv[1:] or ("sqlite", "postgresql"):
        environment = dict(os.environ)
        environment["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
        environment["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
        environment["DATABASE_URL"] = "" if vendor == "sqlite" else fresh(SERVER)
        subprocess.run([sys.executable, "-m", "bench.money", "one"], check=True, env=environment)


if __name__ == "__main__":
    main()
