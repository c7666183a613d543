"""A list of five hundred people, CSV and XLSX: read, shown before anything is written, confirmed.

In a base that already knows three thousand others: a hundred of the five hundred are among them, and
the preview has to say so. Each step is the request a coordinator makes, page included; "processor" is
what this process worked, which says more than the clock on a machine that does something else.
"""

import os
import re
import tempfile
import time

from bench.table import show

PEOPLE, KNOWN, CEILING = 500, 100, "5 s"


def word(n: int) -> str:
    """A name of letters for a number: lists refuse digits in names."""
    sounds = ("ba", "do", "ki", "lu", "mé", "no", "pra", "ri", "sou", "ta")
    return "".join(sounds[int(digit)] for digit in f"{n:04}").capitalize()


def lines(mark: str, known: list[tuple[str, str, str]]) -> list[list[str]]:
    """Headings, then five hundred people: the first hundred as the base knows them."""
    rows = [["Nom", "Prénom", "Date de naissance", "Téléphone", "E-mail", "Commune"]]
    for n in range(PEOPLE):
        if n < len(known):
            last, first, born = known[n]
        else:
            last, first = f"{word(n)} {mark}", f"Élé{word(n * 7 + 3)}"
            born = f"{1 + n % 28:02}/0{1 + n % 9}/19{60 + n % 40}"
        phone, email = f"06 39 98 {n // 100:02} {n % 100:02}", f"p{mark}{n}@exemple.test"
        rows.append([last, first, born, phone, email, "Valbrune"])
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    return "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")


def as_xlsx(rows: list[list[str]]) -> bytes:
    import io

    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def measure() -> None:
    import django

    django.setup()
    import uuid

    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from cohorts.models import Cohort, Enrolment, EnrolmentImport
    from ct_platform.home.seed import seed
    from members.models import Person, User
    from members.rules import search_key

    call_command("migrate", verbosity=0)
    seed(cohorts=int(os.environ.get("CT_COHORTS", "200")), per_territory=200, at_work=True)
    settings.SECOND_FACTOR_REQUIRED, settings.ALLOWED_HOSTS = False, ["*"]
    client = Client()
    client.force_login(
        User.objects.get(email__startswith="seed"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    cohorts = list(Cohort.objects.order_by("pk")[:2])
    seen = Enrolment.objects.of_cohort(Cohort.objects.order_by("-pk").first().pk)
    persons = [one.person for one in seen.select_related("person")]
    persons += [
        one.person
        for one in Enrolment.objects.order_by("-pk")[15:KNOWN].select_related("person")
    ]  # fmt: skip
    for n, one in enumerate(persons):
        one.last_name = word(n + 5000)
        one.search_key = search_key(one.first_name, one.last_name)
    Person.objects.bulk_update(persons, ["last_name", "search_key"])
    known = [(p.last_name, p.first_name, f"{p.birth_date:%d/%m/%Y}") for p in persons]

    def step(name: str, act, expected: int) -> list[str]:
        began, busy = time.perf_counter(), time.process_time()
        answer = act()
        took, worked = time.perf_counter() - began, time.process_time() - busy
        if answer.status_code != expected:
            said = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode().partition("<main")[2])
            raise SystemExit(f"{name}: {answer.status_code} {said[:600]}")
        return [name, f"{took:.2f} s", f"{worked:.2f} s"]

    rows = []
    for cohort, suffix, make in ((cohorts[0], "csv", as_csv), (cohorts[1], "xlsx", as_xlsx)):
        content = make(lines(suffix, known))
        upload = {
            "submission_key": uuid.uuid4(),
            "file": SimpleUploadedFile(f"liste.{suffix}", content),
        }
        address = reverse("cohorts:import", args=[cohort.pk])
        read = step(f"{suffix}: read", lambda: client.post(address, upload), 302)  # noqa: B023
        found = EnrolmentImport.objects.order_by("-pk").first()
        there = reverse("cohorts:import_preview", args=[cohort.pk, found.pk])
        page = step(f"{suffix}: preview", lambda: client.get(there), 200)  # noqa: B023
        shown = client.get(there).content.decode()
        sent = {"seen": re.search(r'name="seen" value="([^"]+)"', shown)[1]}
        done = step(f"{suffix}: confirm", lambda: client.post(there, sent), 302)  # noqa: B023
        found.refresh_from_db()
        if found.created_count + found.matched_count != PEOPLE or found.matched_count < KNOWN - 1:
            raise SystemExit(f"{found.created_count} made, {found.matched_count} found again")
        both = float(read[1].split()[0]) + float(page[1].split()[0])
        rows += [
            [*read, ""],
            [*page, ""],
            [f"{suffix}: read and preview", f"{both:.2f} s", "", CEILING],
        ]
        rows.append([*done, ""])
    show(
        f"{connection.vendor}: {PEOPLE} people, {KNOWN} of them known, beside 3,000 others",
        rows, ["step", "measured", "processor", "ceiling"],
    )  # fmt: skip


if __name__ == "__main__":
    os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
    measure()
