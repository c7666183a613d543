"""What a cheap phone downloads: first page with its CSS, font and icons, then the next pages.

Needs Chromium. Counts the bytes on the wire, headers included, as the browser saw them.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from bench.table import show

os.environ["CT_DATA"] = tempfile.mkdtemp(prefix="ct-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.demo"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("REDIS_URL", None)
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


def weigh(port: int) -> list[list[str]]:
    from playwright.sync_api import sync_playwright

    browser_path = (
        os.environ.get("CT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for first in PAGES:
            context = browser.new_context(viewport={"width": 360, "height": 640}, locale="fr-FR")
            page = context.new_page()
            base = f"http://127.0.0.1:{port}"
            page.goto(f"{base}/demo/entrer/")
            page.locator("form", has_text="Aminata Sarr").get_by_role("button").click()
            wire = context.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.clearBrowserCache")
            sizes: list[float] = []
            wire.on(
                "Network.loadingFinished",
                lambda event, into=sizes: into.append(event["encodedDataLength"]),
            )
            page.goto(base + first, wait_until="networkidle")
            full = sum(sizes)
            sizes.clear()
            after = next(path for path in PAGES if path != first)
            page.goto(base + after, wait_until="networkidle")
            rows.append(
                [
                    first,
                    f"{full / 1024:.1f} KB",
                    "60 KB",
                    f"{sum(sizes) / 1024:.1f} KB ({after})",
                    "15 KB",
                ]
            )
            context.close()
        browser.close()
    return rows


def main() -> None:
    child, port = serve()
    try:
        show(
            "Transferred by a phone, cache empty, then the next page",
            weigh(port),
            ["first page", "measured", "target", "next page", "target"],
        )
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)
        shutil.rmtree(os.environ["CT_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
