"""Every public page: what it weighs, when its largest piece is painted on a slow phone, axe, and valid HTML.

Needs Chromium. Weights are bytes on the wire with an empty cache, compressed as served, headers included.
Slow 4G is simulated by the browser (1.6 Mbit/s down, 0.75 up, 150 ms there and back) with its processor four
times slower; on a machine that does something else the paints are too late, so the load is printed beside them.
HTML: the strict parser of justhtml (errors of the WHATWG standard), and the Nu checker (vnu.jar, Java) when
CT_VNU says where it is.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from typing import Any

from bench.table import middle, show
from bench.weights import browsing, serve

HEAVIEST, LATEST, TIMES = 100.0, 1500.0, 3
WIRE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PAINT = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(seen => { for (const one of seen.getEntries()) last = one.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(last), 400);
})"""


def addresses(base: str) -> list[str]:
    """What the site itself says is for everybody."""
    with urllib.request.urlopen(f"{base}/sitemap.xml") as answer:
        told = answer.read().decode()
    found = [part.split("</loc>")[0] for part in told.split("<loc>")[1:]]
    return ["/" + one.split("/", 3)[3] for one in found]


def visit(browser: Any, address: str) -> tuple[float, float]:
    """Kilobytes and milliseconds of one cold visit on a phone of 360 px."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="fr-FR")
    page = context.new_page()
    wire, sizes = context.new_cdp_session(page), []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.emulateNetworkConditions", WIRE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    painted = float(page.evaluate(_PAINT))
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes) / 1024, painted


def violations(browser: Any, address: str) -> int:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(address)
    found = Axe().run(page, options={"runOnly": STANDARD}).violations_count
    page.close()
    return int(found)


def faults(html: str) -> int:
    from justhtml import JustHTML

    count = len(JustHTML(html, collect_errors=True).errors)
    checker = os.environ.get("CT_VNU")
    if checker:
        with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as kept:
            kept.write(html)
            kept.flush()
            done = subprocess.run(
                ["java", "-jar", checker, "--format", "json", "--errors-only", kept.name],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        count += len(json.loads(done.stderr or '{"messages": []}')["messages"])
    return count


def measure(base: str) -> list[list[str]]:
    rows = []
    with browsing() as browser:
        for path in addresses(base):
            visits = [visit(browser, base + path) for _again in range(TIMES)]
            weight = max(one for one, _paint in visits)
            painted = middle([paint for _one, paint in visits])
            with urllib.request.urlopen(base + path) as answer:
                wrong = faults(answer.read().decode())
            axe = violations(browser, base + path)
            good = weight <= HEAVIEST and painted <= LATEST and not axe and not wrong
            rows.append(
                [
                    path,
                    f"{weight:.1f} KB",
                    f"{painted:.0f} ms",
                    str(axe),
                    str(wrong),
                    "yes" if good else "NO",
                ]
            )
    return rows


def main() -> None:
    base = os.environ.get("CT_BASE", "")
    child = None
    if not base:
        child, port = serve()
        base = f"http://127.0.0.1:{port}"
    try:
        before = os.getloadavg()[0]
        rows = measure(base)
        load = f"load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after"
        checked = "justhtml and the Nu checker" if os.environ.get("CT_VNU") else "justhtml"
        asked = f"{HEAVIEST:.0f} KB and {LATEST:.0f} ms asked"
        show(
            f"Public pages, cache empty, slow 4G simulated ({asked}; {load}; HTML by {checked})",
            rows,
            ["page", "transferred", "largest paint", "axe", "HTML errors", "kept"],
        )
    finally:
        if child is not None:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(20)
            shutil.rmtree(os.environ["CT_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
