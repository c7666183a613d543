"""Real pages in Debian's Chromium. Without Playwright or Chromium these tests say so and are skipped."""

import datetime as dt
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection

from documents.engine.qr import png_src
from tests.browser.held_papers import HeldPapers
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

# Playwright runs a loop in the thread of the test, and Django asks whether that is meant. It is.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
# Milliseconds: a small machine that runs other things as well is slow, and that is no fault.
PATIENCE = 20_000
# No call home, no disk cache shared between tests, and room for pages where /dev/shm is small.
ARGUMENTS = [
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _missing() -> str:
    """Why no browser test can run here, or ""."""
    for module in ("playwright", "pytest_playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            return "browser tests need Playwright: CT_BROWSER=1 ./run test"
    if not _chromium():
        return "browser tests need Chromium: sudo apt install chromium (or CT_CHROMIUM=path)"
    return ""


class _BrowserModule(pytest.Module):
    def collect(self) -> Any:
        if reason := _missing():
            pytest.skip(reason, allow_module_level=True)
        return super().collect()


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    module: pytest.Module = _BrowserModule.from_parent(parent, path=module_path)
    return module


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A browser asks several things at once: in memory, SQLite locks whole tables between threads."""
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    return {**browser_type_launch_args, "executable_path": _chromium(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session")
def base_url(django_db_setup: None, live_server: Any) -> str:
    """Where the site answers; `page.goto` takes paths.

    The database first: a server born before it would share one connection between its threads.
    """
    address: str = live_server.url
    return address


@pytest.fixture(autouse=True)
def _frozen_clock() -> Iterator[None]:
    """The suite's day, but time passes: a browser waits, and a server that never ticks never answers."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def travel() -> Iterator[Callable[[dt.datetime], None]]:
    """`travel(moment)`: from now on it is that moment, for the site and for the test."""
    started: list[time_machine.travel] = []

    def to(moment: dt.datetime) -> None:
        journey = time_machine.travel(moment, tick=True)
        journey.start()
        started.append(journey)

    yield to
    for journey in reversed(started):
        journey.stop()


@pytest.fixture(autouse=True)
def _the_site(settings: Any, base_url: str) -> None:
    settings.PUBLIC_ORIGIN = base_url
    # The browser has a clock of its own: no cookie may depend on the date.
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    settings.ACCOUNT_SESSION_REMEMBER = False


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> HeldPapers:
    """Papers wait until `papers.render()`, as they wait for a worker."""
    held = HeldPapers()
    monkeypatch.setattr("documents.services.sending.send", held.hold)
    return held


@pytest.fixture
def qr_codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn as squares on join cards, in order: what a camera would read."""
    drawn: list[str] = []

    def remembered(text: str, *extra: Any, **options: Any) -> str:
        drawn.append(text)
        source: str = png_src(text, *extra, **options)
        return source

    monkeypatch.setattr("cohorts.services.cards.png_src", remembered)
    return drawn


@pytest.fixture
def visitor(new_context: Any) -> Callable[..., "Visitor"]:
    """`visitor("Amina", phone=True)`: somebody with a browser of their own."""
    from playwright.sync_api import expect

    from tests.browser.visitor import Visitor

    expect.set_options(timeout=PATIENCE)

    def arrives(name: str, *, phone: bool = False, **context: Any) -> Visitor:
        own = new_context(**(PHONE if phone else DESK), **context)
        own.set_default_timeout(PATIENCE)
        return Visitor(name, own.new_page(), phone=phone)

    return arrives
