"""A coopérant's phone, with and without a network: what the tests of hours do with it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from playwright.sync_api import expect

from tests import factories as make
from tests import personas
from tests.browser.test_every_page import STANDARD, cookie_of
from tests.browser.visitor import Visitor, words
from tests.factories import NOW

PENDING = "[data-ct-pending]"
ROWS = "[data-ct-list] > li"


def a_cohort_with_two_activities() -> personas.People:
    people = personas.build()
    for name, trade in (("Le jardin", "maraichage"), ("La Grande Marmite", "cuisine")):
        make.ProjectFactory(cohort=people.a.cohort, name=name, trade=trade)
    return people


def phone_of_amina(visitor: Any, base_url: str) -> Visitor:
    people = a_cohort_with_two_activities()
    who = visitor("Amina", phone=True)
    signs_in(who, people, "amina", base_url)
    who.people = people
    return who


def signs_in(who, people, name, base_url):
    who.page.context.add_cookies(
        [
            {
                "name": site.SESSION_COOKIE_NAME,
                "value": cookie_of(people.user(name)),
                "url": base_url,
            }
        ]
    )


def sets_clock(who, moment=NOW):
    """The browser has a clock of its own: it shall tell the suite's day."""
    who.page.context.clock.install(time=moment)


def opens_hours(who, *, wait_for_worker=True):
    who.opens("projects:my_hours")
    expect(who.page.locator("[data-ct-outbox][data-ready]")).to_be_attached()
    if wait_for_worker:
        # Once it holds the page, it has kept everything it needs.
        who.page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def loses_network(who):
    who.page.context.set_offline(True)


def finds_network(who):
    who.page.context.set_offline(False)


def kept_on(who):
    """Everything the phone's own store holds."""
    return who.page.evaluate(
        """async () => {
            const names = (await indexedDB.databases()).map((one) => one.name);
            if (!names.includes("ct-hours")) return {entries: [], kept: []};
            const base = await new Promise((done) => {
                const asked = indexedDB.open("ct-hours");
                asked.onsuccess = () => done(asked.result);
            });
            const all = (name) => new Promise((done) => {
                const asked = base.transaction(name).objectStore(name).getAll();
                asked.onsuccess = () => done(asked.result);
            });
            const found = {entries: await all("entries"), kept: await all("kept")};
            base.close();
            return found;
        }"""
    )


def is_accessible(who):
    found = Axe().run(who.page, options=STANDARD).response["violations"]
    wide = who.page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 360, f"{wide} px wide"
    assert found == [], [
        (one["id"], [str(node["target"]) for node in one["nodes"]]) for one in found
    ]
    return True


def notes(who, time="3 h 30", work_name="Maraîchage"):
    who.chooses(time)
    who.chooses(work_name)
    who.touches(who.page.get_by_role("button", name=words(f"Noter {time}, {work_name.lower()}")))


def hold_sending(who):
    who.page.context.route("**/mes-heures/envoyer/", lambda route: route.abort())
