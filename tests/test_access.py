"""Every address × every persona. An address without a row fails; a stranger learns and changes nothing."""

import functools
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ct_platform.kit.models import TransitionLog
from tests import personas
from tests.access_row import EVERYBODY, Row
from tests.access_rows import ROWS
from tests.access_world import CANARY, furnish, keys_of
from tests.factories import WorkEntryFactory
from tests.test_consistency import OURS

# allauth's own doors, tested in tests/members; the admin, tested below.
ELSEWHERE = ("account_", "mfa_", "admin:")


def addresses() -> Iterator[tuple[str, list[str]]]:
    def walk(patterns: list, space: str) -> Iterator[tuple[str, list[str]]]:
        for item in patterns:
            if isinstance(item, URLResolver):
                yield from walk(
                    item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space
                )
            elif isinstance(item, URLPattern):
                yield f"{space}{item.name}", list(item.pattern.regex.groupindex)

    yield from walk(get_resolver().url_patterns, "")


ADDRESSES = dict(addresses())


def test_every_address_has_its_row_and_no_row_is_a_ghost():
    ours = {name for name in ADDRESSES if not name.startswith(ELSEWHERE) and name != "None"}
    assert ours - set(ROWS) == set()
    assert set(ROWS) - ours == set()


@functools.cache
def _tables() -> dict[str, str]:
    return {
        m._meta.label: m._meta.db_table
        for app in OURS
        for m in apps.get_app_config(app).get_models()
    } | {"moves": TransitionLog._meta.db_table}


def fingerprint() -> dict[str, int]:
    """How many rows of each kind, and how many changes of state: what a refused act must not move.

    One query.
    """
    tables = _tables()
    counts = ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables.values())  # noqa: S608 - our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def written() -> dict[str, int]:
    """A fingerprint to compare with what it was just before, asked at each address for each persona.

    On PostgreSQL counting two hundred tables costs more than the page: this asks what the transaction
    added and took away so far. What was rolled back stays counted, so it is the stricter of the two.
    """
    if connection.vendor != "postgresql":
        return fingerprint()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins - n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins <> n_tup_del AND relname = ANY(%s)",
            [list(_tables().values())],
        )
        return dict(cursor.fetchall())


def answers(
    client: Client, ids: dict[str, Any], *, visit: bool = False
) -> Iterator[tuple[str, Row, HttpResponse, bool]]:
    """Ask every address in turn, each in a transaction rolled back; tells whether anything moved."""
    client.get(reverse("members:seats"))  # the seat stays in the session: looked for once
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    for name, row in ROWS.items():
        address = reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids))
        # Signing out is among the addresses: each is asked by the same signed-in person.
        client.cookies = SimpleCookie(cookies)
        before = written()
        with transaction.atomic():
            answer = (
                client.get(address)
                if visit or not row.post
                else client.post(address, dict(row.sends))
            )
            moved = written() != before
            transaction.set_rollback(True)
        yield name, row, answer, moved


@pytest.mark.parametrize("person", personas.ALL)
def test_everybody_opens_what_is_theirs_and_meets_a_closed_door_elsewhere(people, enter, person):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(enter(person), ids):
        closed = answer.status_code in ((401,) if row.bearer else (403, 404))
        if person in row.opens:
            # An act asked for with an empty form may be refused in words, never by a closed door.
            if closed and not row.public:
                wrong.append(f"{name} is closed: {answer.status_code}")
            continue
        if not closed:
            wrong.append(f"{name} is open: {answer.status_code}")
        if CANARY in answer.content.decode(errors="ignore") or CANARY in str(answer.headers):
            wrong.append(f"{name} says what it should not")
        if moved:
            wrong.append(f"{name} changed something")
    assert not wrong, "\n".join(wrong)


def test_nobody_enters_without_signing_in(people, client):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(client, ids):
        if row.bearer:
            fine = answer.status_code == 401
        elif row.public:
            fine = answer.status_code in (200, 404)
        elif row.opens == EVERYBODY and row.post:
            fine = answer.status_code in (302, 403)  # signing out when nobody is in
        else:
            fine = answer.status_code == 302 and answer.headers["Location"].startswith(
                reverse("members:sign_in")
            )
        if not fine or moved or CANARY in answer.content.decode(errors="ignore"):
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", ["amina", "driss", "helene"])
def test_an_address_that_acts_does_nothing_on_a_visit(people, enter, person):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(enter(person), ids, visit=True):
        # 200: an act that cannot be undone first shows a page that asks.
        if row.post and person in row.opens and answer.status_code not in (200, 302, 405):
            wrong.append(f"{name}: {answer.status_code}")
        if moved:
            wrong.append(f"{name} changed something")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", personas.ALL)
def test_nobody_but_staff_opens_the_admin(people, enter, person):
    answer = enter(person).get("/gestion/")
    assert answer.status_code == 302
    assert "/gestion/login/" in answer.headers["Location"]


def test_signed_in_pages_stay_out_of_caches(people, enter):
    for person, name in (
        ("amina", "home:my_coop"),
        ("driss", "home:dashboard"),
        ("elsa", "members:profile"),
    ):
        headers = enter(person).get(reverse(name)).headers
        assert "no-store" in headers["Cache-Control"]
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_what_an_act_writes_moves_the_fingerprint(people):
    before = fingerprint(), written()
    WorkEntryFactory(enrolment=people.enrolments["amina"])
    assert fingerprint() != before[0] and written() != before[1]
