"""Shared fixtures: the frozen day, the people, a strict client per person."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from members.models import User
from tests import database_image, personas
from tests.factories import NOW
from tests.flush import set_triggers_aside_while_flushing
from tests.laid_again import laid_again
from tests.personas import People


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database",
        action="store_true",
        help="only tests that ask a database: arithmetic and drawing are the same on every one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without its service a test says plainly that it was skipped; CT_NO_SKIP makes that a failure."""
    if config.getoption("--with-database"):
        others = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_a_database(item)]
    on_postgres = connection.vendor == "postgresql"
    for item in items:
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL"))
        if item.get_closest_marker("worker") and not (on_postgres and os.environ.get("REDIS_URL")):
            item.add_marker(
                pytest.mark.skip(
                    reason="needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL"
                )
            )


def _asks_a_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "worker"))
    return marked or not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI nothing may be skipped: what a run is meant to prove, it proves."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CT_NO_SKIP") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("CT_NO_SKIP is set, and tests were skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, pytestconfig: pytest.Config
) -> None:
    database_image.make_once(connection.creation, pytestconfig.cache.mkdir("database-images"))


@pytest.fixture(autouse=True)
def _frozen_clock() -> Iterator[None]:
    """Wednesday 25 November 2026, 10 h 30 in Paris. A test that needs time to pass travels itself."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def _triggers_stand_aside_for_the_flush() -> None:
    set_triggers_aside_while_flushing()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits count in the cache: each test starts with all its tries."""
    cache.clear()


@pytest.fixture
def people(db) -> People:
    return laid_again(personas.build, ground=personas.ground())


@pytest.fixture
def enter(people: People, settings) -> Callable[..., Client]:
    """`enter("amina")` → a client signed in as her, past the second factor (its own tests switch it on)."""
    settings.SECOND_FACTOR_REQUIRED = False

    def as_person(name: str, **extra: str) -> Client:
        client = Client(**extra)
        user: User = people.user(name)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person


@pytest.fixture
def at() -> dt.datetime:
    """The instant services are given."""
    return NOW
