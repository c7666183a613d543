"""The pictures of the README, taken in Chromium from a demo made on the spot. Not a measure."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.start import ROOT, free_port

FOLDER = ROOT / "demo" / "screenshots"
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 780}
# File, first name of who looks, screen, links to follow from their home, heading to bring on top.
PICTURES = (
    ("ma-coop", "Aminata", PHONE, (), ""),
    ("ma-paie", "Aminata", PHONE, ("Ma paie",), ""),
    ("voter", "Aminata", PHONE, ("Comment partager le mois prochain ?",), ""),
    (
        "resultat",
        "Aminata",
        PHONE,
        ("Décider", "Le bouquet du samedi à 12 euros ?"),
        "Le groupe a dit oui.",
    ),
    ("tableau-de-bord", "Inès", DESK, ("Les Racines du Plateau",), ""),
    (
        "registre",
        "Inès",
        DESK,
        ("Les Racines du Plateau", "Décisions"),
        "Décidé et valable aujourd’hui",
    ),
)


def main() -> None:
    data, port = tempfile.mkdtemp(prefix="ct-pictures-"), free_port()
    address = f"http://127.0.0.1:{port}"
    site = subprocess.Popen(
        ["./run"],
        cwd=ROOT,
        env={**os.environ, "CT_DATA": data, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CT_CHROMIUM") or shutil.which("chromium"),
                args=["--no-sandbox", "--disable-dev-shm-usage"],
            )
            for name, who, screen, links, top in PICTURES:
                _picture(browser, address, who, screen, links, top, FOLDER / f"{name}.png")
    finally:
        os.killpg(site.pid, signal.SIGTERM)
        site.wait(20)
        shutil.rmtree(data, ignore_errors=True)


def _wait(address: str) -> None:
    for _second in range(120):
        try:
            urllib.request.urlopen(f"{address}/", timeout=2).read()
            return
        except OSError:
            time.sleep(1)
    raise SystemExit("no page in two minutes")


def _picture(
    browser: Browser,
    address: str,
    who: str,
    screen: dict[str, int],
    links: tuple[str, ...],
    top: str,
    target: Path,
) -> None:
    phone = screen["width"] < 500
    context = browser.new_context(
        viewport=screen, is_mobile=phone, has_touch=phone, locale="fr-FR", base_url=address
    )
    page = context.new_page()
    page.goto("/demo/entrer/")
    with page.expect_navigation():
        page.get_by_role("button", name=f"comme {who}").click()
    for link in links:
        _follow(page, link)
    if top:
        page.get_by_role("heading", name=top).evaluate("one => one.scrollIntoView()")
    page.screenshot(path=target)
    print(target.relative_to(ROOT), page.title())
    context.close()


def _follow(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=label).first.click()


if __name__ == "__main__":
    main()
