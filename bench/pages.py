"""List and dashboard pages on PostgreSQL, two web workers: one user, then twenty at once.

DATABASE_URL names a PostgreSQL server where a database may be made (default: the local one).
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit, urlunsplit

from bench.table import middle, show

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "ct_bench_pages"
os.environ["DATABASE_URL"] = urlunsplit(urlsplit(SERVER)._replace(path=f"/{NAME}"))
os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"

USERS, SECONDS, ONE_USER_REQUESTS = 20, 10.0, 40


def fresh_database() -> None:
    import psycopg2

    connection = psycopg2.connect(SERVER.replace("postgres://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()


def prepare() -> tuple[dict[str, str], dict[str, str]]:
    """Migrate, load the demo and twenty synthetic cohorts; returns pages by name, cookies by person."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.urls import reverse

    from cohorts.models import Cohort, Enrolment
    from ct_platform.home.demo.load import load_demo
    from ct_platform.home.seed import seed
    from members.middleware import DEMO_ENTRY_KEY
    from members.models import Person
    from members.rules import search_key
    from payroll.models import PayRun

    call_command("migrate", verbosity=0)
    load_demo()
    seed(cohorts=20, at_work=True)
    cohort = Cohort.objects.get(name="Les Racines du Plateau")
    for n in range(10):  # a list of twenty-five
        person = Person.objects.create(
            first_name=f"Ajout{n}", last_name="Mesure", search_key=search_key(f"Ajout{n}", "Mesure")
        )
        Enrolment.objects.create(cohort=cohort, person=person, votes_from=cohort.starts_on)

    def cookie(first_name: str) -> str:
        user = Person.objects.filter(first_name=first_name, user__isnull=False).first().user
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[DEMO_ENTRY_KEY] = True
        session.save()
        return session.session_key

    at = {"cohort_id": cohort.pk}
    run = PayRun.objects.of_cohort(cohort.pk).first()
    pages = {
        "Tableau de bord": ("Inès", reverse("home:cohort_dashboard", kwargs=at)),
        "Mes cohortes": ("Inès", reverse("home:dashboard")),
        "Personnes (25 rows)": ("Inès", reverse("cohorts:people", kwargs=at)),
        "Heures": ("Inès", reverse("projects:cohort_hours", kwargs=at)),
        "Activités": ("Inès", reverse("projects:activities", kwargs=at)),
        "Décisions": ("Inès", reverse("decisions:of_cohort", kwargs=at)),
        "Paies": ("Inès", reverse("payroll:runs", kwargs=at)),
        "Papiers": ("Inès", reverse("cohorts:papers", kwargs=at)),
        "Ma coop": ("Aminata", reverse("home:my_coop")),
        "Mes heures": ("Aminata", reverse("projects:my_hours")),
        "À décider": ("Aminata", reverse("decisions:to_decide")),
        "Ma paie": ("Aminata", reverse("payroll:my_pay")),
        "Mes papiers": ("Aminata", reverse("documents:mine")),
        "À valider": ("Hélène", reverse("home:to_approve")),
        "Suivi": ("Elsa", reverse("reports:follow")),
        "Accueil public": ("", reverse("home:public")),
    }
    if run is not None:
        pages["Paie du mois"] = ("Inès", reverse("payroll:run", kwargs={**at, "run_id": run.pk}))
    cookies = {name: cookie(name) for name in {who for who, _ in pages.values() if who}}
    from django.db import connections

    connections.close_all()
    return pages, cookies


def serve() -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ct_platform.wsgi:application", "--bind", f"127.0.0.1:{port}",
         "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"],
        start_new_session=True,
    )  # fmt: skip
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return child, port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, cookie: str
) -> int:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n"
    writer.write((head + (f"Cookie: sessionid={cookie}\r\n" if cookie else "") + "\r\n").encode())
    await writer.drain()
    header = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(header.split(" ", 2)[1])
    fields = dict(line.lower().split(": ", 1) for line in header.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
    else:  # chunked
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return status


async def alone(port: int, path: str, cookie: str) -> float:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for _ in range(ONE_USER_REQUESTS + 4):
        began = time.perf_counter()
        assert await ask(reader, writer, path, cookie) == 200, path
        times.append(time.perf_counter() - began)
    writer.close()
    return middle(times[4:]) * 1000


async def together(port: int, path: str, cookie: str) -> float:
    until = time.monotonic() + SECONDS
    done = 0

    async def one() -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until:
            assert await ask(reader, writer, path, cookie) == 200
            done += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(USERS)))
    return done / SECONDS


def main() -> None:
    fresh_database()
    pages, cookies = prepare()
    child, port = serve()
    try:
        rows = []
        for name, (who, path) in pages.items():
            median = asyncio.run(alone(port, path, cookies.get(who, "")))
            rows.append([name, f"{median:.1f} ms", "40 ms"])
        show(
            "One user, median of 40 requests, PostgreSQL, two web workers",
            rows,
            ["page", "measured", "target"],
        )
        who, path = pages["Personnes (25 rows)"]
        rate = asyncio.run(together(port, path, cookies[who]))
        rows = [["Personnes (25 rows)", f"{rate:.0f} requests/s", "60 requests/s"]]
        show(f"{USERS} users at once, {SECONDS:.0f} s", rows, ["page", "measured", "target"])
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)


if __name__ == "__main__":
    main()
