"""What a cheap phone downloads: first page with its CSS, font and icons, then the next pages; and each
page of a vote (to answer, answered, counted), by secrecy, each as the first page of a cold cache.

Needs Chromium. Counts the bytes on the wire, headers included, as the browser saw them: compressed as
the site serves them.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.table import show

os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("REDIS_URL", None)
WHO, ASKED = "Aminata Sarr", 60
PAGES = ("/ma-coop/", "/mes-heures/", "/a-decider/", "/ma-paie/", "/mes-papiers/", "/mes-mots/")


def serve() -> tuple[subprocess.Popen[bytes], int]:
    subprocess.run([sys.executable, "manage.py", "demo", "--load-only"], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ct_platform.wsgi:application", "--bind", f"127.0.0.1:{port}",
         "--worker-class", "gthread", "--threads", "4", "--log-level", "error"],
        start_new_session=True,
    )  # fmt: skip
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return child, port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")


class Phone:
    """A coopérante's phone, and what it downloads."""

    def __init__(self, browser: Any, base: str) -> None:
        self.base, self.sizes = base, []
        self.context = browser.new_context(viewport={"width": 360, "height": 640}, locale="fr-FR")
        self.page = self.context.new_page()
        self.page.goto(f"{base}/demo/entrer/")
        self.page.locator("form", has_text=WHO).get_by_role("button").click()
        self.wire = self.context.new_cdp_session(self.page)
        self.wire.send("Network.enable")
        self.wire.on(
            "Network.loadingFinished", lambda event: self.sizes.append(event["encodedDataLength"])
        )

    def weigh(self, act: Callable[[], Any], *, cold: bool) -> float:
        if cold:
            self.wire.send("Network.clearBrowserCache")
        self.sizes.clear()
        act()
        self.page.wait_for_load_state("networkidle")
        return float(sum(self.sizes)) / 1024

    def visit(self, path: str, *, cold: bool) -> float:
        return self.weigh(lambda: self.page.goto(self.base + path), cold=cold)


@contextmanager
def browsing() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CT_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


def kept(size: float) -> list[str]:
    return [f"{size:.1f} KB", "yes" if size <= ASKED else "NO"]


def everyday(base: str) -> list[list[str]]:
    rows = []
    with browsing() as browser:
        for first in PAGES:
            phone = Phone(browser, base)
            full = phone.visit(first, cold=True)
            after = next(path for path in PAGES if path != first)
            rest = phone.visit(after, cold=False)
            rows.append([first, *kept(full), f"{rest:.1f} KB ({after})", "15 KB"])
            phone.context.close()
    return rows


def voting(base: str) -> list[list[str]]:
    """Each page of a vote on a living rule. The house writes and counts between two visits."""
    from bench.votes import count_all, open_all

    polls, rows = open_all(WHO), []
    with browsing() as browser:
        phone = Phone(browser, base)
        for level, poll in polls.items():
            path = f"/a-decider/{poll.pk}/"
            rows.append([level, "to answer", *kept(phone.visit(path, cold=True))])
            phone.page.locator("input[name=choice][value=for]").check(force=True)
            button = phone.page.get_by_role("button", name="Je vote")
            answer = phone.weigh(button.click, cold=True)
            rows.append([level, "answered" if level != "sealed" else "receipt", *kept(answer)])
            rows.append([level, "answered, again", *kept(phone.visit(path, cold=True))])
        phone.context.close()
    count_all(polls)
    with browsing() as browser:
        phone = Phone(browser, base)
        for level, poll in polls.items():
            size = phone.visit(f"/a-decider/{poll.pk}/", cold=True)
            assert phone.page.get_by_role("heading", level=1).count() == 1
            rows.append([level, "counted", *kept(size)])
        phone.context.close()
    return rows


def main() -> None:
    child, port = serve()
    base = f"http://127.0.0.1:{port}"
    try:
        show(
            f"Transferred by a phone, cache empty ({ASKED} KB asked), then the next page",
            everyday(base),
            ["first page", "measured", "kept", "next page", "target"],
        )
        show(
            f"Pages of a vote, each with an empty cache ({ASKED} KB asked)",
            sorted(voting(base)),
            ["secrecy", "page", "measured", "kept"],
        )
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)
        shutil.rmtree(os.environ["CT_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
