"""Somebody in front of a browser: opens pages, touches what they read, sees what is said."""

import re
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect


def words(text: str) -> re.Pattern[str]:
    """`text` with any spaces between words: pages keep no-break spaces where French has them."""
    return re.compile(r"\s+".join(map(re.escape, text.split())))


class Visitor:
    def __init__(self, name: str, page: Page, *, phone: bool) -> None:
        self.name = name
        self.page = page
        self.phone = phone
        self.taps = 0
        # What a reader of the console would find; a test ends with none.
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._request_failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _request_failed(self, request: Request) -> None:
        # A download, or a page left before its last image, is aborted by the browser itself.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.url}: {response.status}")

    def met(self, *statuses: int) -> None:
        """These answers were meant, and are forgiven once."""
        for status in statuses:
            said = next((one for one in self.complaints if one.endswith(f": {status}")), None)
            assert said is not None, f"{self.name} met no answer {status}: {self.complaints}"
            self.complaints.remove(said)

    # --- moving
    def goes(self, path: str) -> None:
        self.page.goto(path)

    def opens(self, name: str, **keys: Any) -> None:
        self.goes(reverse(name, kwargs=keys))

    def follows(self, label: str, *, within: Locator | None = None) -> None:
        link = (within or self.page).get_by_role("link", name=words(label)).first
        with self.page.expect_navigation():
            self.touches(link)

    def menu(self, label: str) -> None:
        menu = self.page.get_by_role("navigation", name="Menu principal")
        self.follows(label, within=menu)

    # --- acting
    def touches(self, what: Locator) -> None:
        self.taps += 1
        if self.phone:
            what.tap()
        else:
            what.click()

    def presses(self, label: str, *, within: Locator | None = None) -> None:
        """A button that sends a form: the next page is there when this returns."""
        with self.page.expect_navigation():
            self.touches(self._button(label, within))

    def acts(self, label: str, *, within: Locator | None = None) -> None:
        """A button that acts where it stands: the page stays."""
        self.touches(self._button(label, within))

    def acts_on_fold(self, label: str) -> None:
        """Opens what is folded under its summary."""
        self.touches(self.page.locator("summary", has_text=words(label)).first)

    def _button(self, label: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=words(label)).first

    def chooses(self, label: str) -> None:
        """A tile, a radio or a checkbox, by the words a finger would touch."""
        self.touches(self.page.locator("label:visible", has_text=words(label)).first)

    def fills(self, **by_name: str) -> None:
        """Fields by their name; dates as 2026-11-25."""
        for name, value in by_name.items():
            self.page.locator(f"[name={name}]:visible").fill(value)

    def selects(self, name: str, label: str) -> None:
        field = self.page.locator(f"select[name={name}]")
        option = field.locator("option", has_text=words(label)).first
        field.select_option(option.get_attribute("value"))

    def downloads(self, label: str) -> bytes:
        with self.page.expect_download() as expected:
            self.touches(self._button(label))
        return Path(expected.value.path()).read_bytes()

    def fetches(self, path: str) -> bytes:
        """A file, with the cookies of this browser."""
        answer = self.page.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    # --- seeing
    def sees(self, *texts: str) -> None:
        for text in texts:
            # A page may say it twice, once inside a fold: what counts is that it is in sight.
            expect(self.page.get_by_text(words(text)).filter(visible=True).first).to_be_visible()

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(words(text))).to_have_count(0)

    def is_told_beside(self, name: str, sentence: str) -> None:
        """The field says what is wrong, and points at the sentence for who does not see it."""
        field = self.page.locator(f"[name={name}]").first
        expect(field).to_have_attribute("aria-invalid", "true")
        described = (field.get_attribute("aria-describedby") or "").split()
        said = " ".join(self.page.locator(f"#{one}").inner_text() for one in described)
        assert words(sentence).search(said), f"beside {name}: {said!r}"

    def table(self, caption: str) -> Locator:
        return self.page.get_by_role("table", name=words(caption))
