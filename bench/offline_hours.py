"""Today's hours on a phone: taps, bytes once the site is known, and what aeroplane mode costs.

Needs Chromium. Bytes are counted on the wire, both ways, headers and the browser's worker included.
"""

import os
import shutil
import signal
import time
from typing import Any

from bench.table import show
from bench.weights import WHO, Phone, browsing, serve
from bench.wire import Wire

TAPS_ASKED, KILOBYTES_ASKED = 2, 15
AWAY = 3  # entries noted in aeroplane mode, then sent at once


def ready(page: Any) -> None:
    page.locator("[data-ct-outbox][data-ready]").wait_for(state="attached")


def settle(phone: Phone) -> None:
    phone.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.page.wait_for_load_state("networkidle")


def note(page: Any, minutes: int) -> int:
    """The duration, then "Noter"; the work of last time is chosen. Gives the taps."""
    page.locator(f"[data-ct-note] label[for={chosen(page, minutes)}]").click()
    page.locator("[data-ct-note] button[type=submit]").click()
    return 2


def chosen(page: Any, minutes: int) -> str:
    return str(
        page.locator(f"[data-ct-note] [name=minutes][value='{minutes}']").get_attribute("id")
    )


def count() -> int:
    from projects.models import WorkEntry

    names = WHO.split(" ", 1)
    mine = WorkEntry.objects.filter(enrolment__person__first_name=names[0])
    return mine.filter(enrolment__person__last_name=names[1]).count()


def measure(wire: Wire) -> list[list[Any]]:
    with browsing() as browser:
        phone = Phone(browser, f"http://127.0.0.1:{wire.port}")
        page = phone.page
        first = phone.visit("/mes-heures/", cold=True)
        settle(phone)
        carried(page, wire)
        page.goto(f"{phone.base}/mes-heures/")
        ready(page)
        opened, before = carried(page, wire), count()
        taps = note(page, 60)
        page.locator("[data-ct-said] .ct-note-ok").first.wait_for()
        sent = carried(page, wire)
        total, made = opened + sent, count() - before
        return [
            ["first load of Mes heures", f"{first:.1f} KB", "60 KB", first <= 60],
            ["taps after opening", str(taps), str(TAPS_ASKED), taps <= TAPS_ASKED],
            ["opening again", f"{opened:.1f} KB", "", True],
            ["noting: sent, answered, the day again", f"{sent:.1f} KB", "", True],
            ["one logging in all", f"{total:.1f} KB", f"{KILOBYTES_ASKED} KB", total <= KILOBYTES_ASKED],
            ["entries it made", str(made), "1", made == 1],
            *away(phone, wire),
        ]  # fmt: skip


def carried(page: Any, wire: Wire) -> float:
    """Kilobytes since the last measure, once nothing moves any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    return wire.kilobytes()


def away(phone: Phone, wire: Wire) -> list[list[Any]]:
    page, before = phone.page, count()
    phone.context.set_offline(True)
    page.reload()
    page.locator("[data-ct-shell]:not([hidden])").wait_for()
    for _entry in range(AWAY):
        note(page, 60)
        page.locator("[data-ct-note] [name=minutes]:checked").wait_for(state="detached")
    page.locator("[data-ct-list] > li").nth(AWAY - 1).wait_for()
    waiting = page.locator("[data-ct-list] > li").count()
    carried(page, wire)
    began = time.monotonic()
    phone.context.set_offline(False)
    page.locator("[data-ct-pending]").wait_for(state="hidden")
    took = time.monotonic() - began
    size, made = carried(page, wire), count() - before
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_load_state("networkidle")
    again = count() - before - made
    return [
        ["aeroplane mode: kept on the phone", str(waiting), str(AWAY), waiting == AWAY],
        ["network back: seconds until sent", f"{took:.2f} s", "", True],
        ["network back: bytes", f"{size:.1f} KB", "", True],
        ["network back: entries made", str(made), str(AWAY), made == AWAY],
        ["network back a second time: entries made", str(again), "0", again == 0],
    ]


def main() -> None:
    child, port = serve()
    try:
        import django

        django.setup()
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        rows = measure(Wire(port))
        show(
            "Hours on a phone",
            [[name, said, asked, "yes" if kept else "NO"] for name, said, asked, kept in rows],
            ["what", "measured", "target", "kept"],
        )
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)
        shutil.rmtree(os.environ["CT_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
