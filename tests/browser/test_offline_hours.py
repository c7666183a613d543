"""Hours on a phone without a network: kept, shown as not sent, sent once, never under another name."""

import datetime as dt
import json

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import WorkEntry
from projects.services import work
from tests import factories as make
from tests import personas
from tests.browser.test_every_page import STANDARD, cookie_of
from tests.browser.visitor import words
from tests.factories import NOW

PENDING = "[data-ct-pending]"
ROWS = "[data-ct-list] > li"


@pytest.fixture
def people(transactional_db):
    people = personas.build()
    for name, trade in (("Le jardin", "maraichage"), ("La Grande Marmite", "cuisine")):
        make.ProjectFactory(cohort=people.a.cohort, name=name, trade=trade)
    return people


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


@pytest.fixture
def amina(visitor, people, base_url):
    who = visitor("Amina", phone=True)
    signs_in(who, people, "amina", base_url)
    who.people = people
    return who


def test_it_is_noted_without_a_network_and_arrives_once(amina):
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    amina.sees("Pas de réseau.")
    amina.taps = 0
    amina.chooses("3 h 30")
    amina.chooses("Maraîchage")
    amina.touches(amina.page.get_by_role("button", name=words("Noter 3 h 30, maraîchage")))
    amina.sees("Pas encore envoyé : 1", "Mercredi 25 novembre : 3 h 30", "Maraîchage")
    expect(amina.page.locator(".ct-week a.off")).to_have_count(1)
    assert not WorkEntry.objects.exists()

    finds_network(amina)
    amina.sees("C’est noté : 3 h 30, Maraîchage, Le jardin, mercredi 25 novembre.")
    expect(amina.page.locator(PENDING)).to_be_hidden()
    amina.sees("À confirmer")
    entry = WorkEntry.objects.get()
    assert (entry.minutes, entry.day, entry.enrolment) == (
        210, dt.date(2026, 11, 25), amina.people.enrolments["amina"],
    )  # fmt: skip
    assert kept_on(amina)["entries"] == []


def test_the_page_opens_in_aeroplane_mode_with_two_taps_and_nobody_in_it(amina):
    work.note_hours(
        enrolment=amina.people.enrolments["amina"], day=dt.date(2026, 11, 24), minutes=210, kind="production",
        project=amina.people.a.cohort.projects.get(trade="cuisine"), client_uuid=make_key(),
        actor=amina.people.actor("amina"), at=NOW,
    )  # fmt: skip
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    amina.page.reload()
    amina.sees("Pas de réseau.", "Comme la dernière fois", "3 h 30, Cuisine, La Grande Marmite")
    amina.sees_not("Amina", "Sarr", "Les Racines du Plateau")
    assert is_accessible(amina)

    amina.taps = 0
    amina.touches(amina.page.get_by_role("button", name=words("Pareil aujourd’hui : 3 h 30")))
    amina.sees("Pas encore envoyé : 1", "Mercredi 25 novembre : 3 h 30")
    amina.chooses("1 h")
    amina.touches(amina.page.get_by_role("button", name=words("Noter 1 h, cuisine")))
    assert amina.taps == 3  # one tap as last time; two for another duration, the work being chosen
    amina.sees("Pas encore envoyé : 2")
    assert is_accessible(amina)

    # The phone goes in a pocket, and comes out where there is network. (A browser with Background Sync
    # may have sent by itself meanwhile: either way, once.)
    amina.page.goto("about:blank")
    finds_network(amina)
    opens_hours(amina)
    expect(amina.page.locator(PENDING)).to_be_hidden()
    amina.sees("Cette semaine : 8 h")
    noted = WorkEntry.objects.filter(day=dt.date(2026, 11, 25)).order_by("minutes")
    assert [one.minutes for one in noted] == [60, 210]
    assert kept_on(amina)["entries"] == []


def make_key():
    import uuid

    return uuid.uuid4()


def is_accessible(who):
    from axe_playwright_python.sync_playwright import Axe

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


def test_two_tabs_that_come_back_at_once_send_each_entry_once(amina):
    sets_clock(amina)
    opens_hours(amina)
    other = amina.page.context.new_page()
    other.goto(reverse("projects:my_hours"))
    expect(other.locator("[data-ct-outbox][data-ready]")).to_be_attached()
    loses_network(amina)
    notes(amina, "1 h")
    notes(amina, "2 h")
    # The other tab shows them too, and both wake up at the same moment.
    expect(other.locator(ROWS)).to_have_count(2)
    finds_network(amina)
    for page in (amina.page, other):
        expect(page.locator(PENDING)).to_be_hidden()
    assert sorted(WorkEntry.objects.values_list("minutes", flat=True)) == [60, 120]


def test_the_answer_lost_on_the_way_does_not_double_the_hours(amina):
    sets_clock(amina)
    opens_hours(amina)
    lost = []

    def loses_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    amina.page.route("**/mes-heures/envoyer/", loses_the_first_answer)
    notes(amina)
    amina.sees("Pas encore envoyé : 1", "Pas de réseau.")
    assert lost == [200]
    amina.page.evaluate("dispatchEvent(new Event('online'))")
    expect(amina.page.locator(PENDING)).to_be_hidden()
    assert WorkEntry.objects.count() == 1
    amina.complaints.clear()


def test_signing_out_says_what_would_be_lost_and_can_send_it_first(amina):
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    notes(amina)
    amina.sees("Pas encore envoyé : 1")
    hold_sending(amina)
    finds_network(amina)
    amina.opens("members:profile")
    amina.touches(amina.page.get_by_role("button", name="Quitter", exact=True))
    amina.sees("1 ligne d’heures n’est pas encore envoyée.")
    assert is_accessible(amina)
    amina.touches(amina.page.get_by_role("button", name="Rester"))
    assert Session.objects.exists()

    amina.page.context.unroute_all()
    amina.touches(amina.page.get_by_role("button", name="Quitter", exact=True))
    with amina.page.expect_navigation():
        amina.touches(amina.page.get_by_role("button", name="Envoyer d’abord, puis quitter"))
    amina.sees("C’est fermé.")
    assert WorkEntry.objects.count() == 1
    assert kept_on(amina) == {"entries": [], "kept": []}


def hold_sending(who):
    who.page.context.route("**/mes-heures/envoyer/", lambda route: route.abort())


def test_signing_out_anyway_leaves_nothing_on_the_phone(amina):
    sets_clock(amina)
    opens_hours(amina)
    hold_sending(amina)
    notes(amina)
    amina.sees("Pas encore envoyé : 1")
    assert [one["label"] for one in kept_on(amina)["entries"]] == ["Maraîchage"]
    amina.opens("members:profile")
    amina.touches(amina.page.get_by_role("button", name="Quitter", exact=True))
    with amina.page.expect_navigation():
        amina.touches(amina.page.get_by_role("button", name="Quitter et effacer"))
    amina.sees("C’est fermé.")

    assert kept_on(amina) == {"entries": [], "kept": []}
    # What the worker kept is anonymous: no page of anybody.
    loses_network(amina)
    amina.page.goto(reverse("projects:my_hours"))
    amina.sees("Ouvre « Mes heures » une fois avec du réseau.")
    amina.sees_not("Amina", "Maraîchage", "Le jardin")
    assert not WorkEntry.objects.exists()


def test_on_a_shared_phone_what_one_noted_waits_for_that_person(amina, base_url):
    people = amina.people
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    notes(amina)
    amina.sees("Pas encore envoyé : 1")

    # Amina's session is over without signing out, and Bastien enters on the same phone.
    amina.page.context.clear_cookies()
    amina.page.goto("about:blank")
    signs_in(amina, people, "bastien", base_url)
    finds_network(amina)
    opens_hours(amina)
    expect(amina.page.locator(PENDING)).to_be_hidden()
    notes(amina, "2 h", "Cuisine")
    amina.sees("C’est noté : 2 h, Cuisine")
    assert [one.enrolment for one in WorkEntry.objects.all()] == [people.enrolments["bastien"]]

    # He signs out: his choices go, what Amina noted waits for her.
    amina.opens("members:profile")
    with amina.page.expect_navigation():
        amina.touches(amina.page.get_by_role("button", name="Quitter", exact=True))
    left = kept_on(amina)
    assert (len(left["entries"]), left["kept"]) == (1, [])
    assert "Bastien" not in json.dumps(left)

    signs_in(amina, people, "amina", base_url)
    opens_hours(amina)
    amina.sees("C’est noté : 3 h 30, Maraîchage")
    assert WorkEntry.objects.filter(enrolment=people.enrolments["amina"]).count() == 1
    assert kept_on(amina)["entries"] == []


def test_a_session_that_ended_meanwhile_asks_to_enter_again(amina, base_url):
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    notes(amina)
    Session.objects.all().delete()
    finds_network(amina)
    amina.sees("Reconnecte-toi pour envoyer.", "Pas encore envoyé : 1")
    assert not WorkEntry.objects.exists()

    signs_in(amina, amina.people, "amina", base_url)
    opens_hours(amina)
    amina.sees("C’est noté : 3 h 30, Maraîchage")
    assert WorkEntry.objects.count() == 1
    amina.complaints.clear()


def test_a_phone_that_lives_tomorrow_is_told_and_its_entry_mended(amina):
    sets_clock(amina, NOW + dt.timedelta(days=1))
    opens_hours(amina)
    loses_network(amina)
    amina.page.reload()
    notes(amina, "2 h", "Cuisine")
    amina.sees("Jeudi 26 novembre : 2 h")
    finds_network(amina)
    amina.sees("Ce jour n’est pas encore là.", "L’heure de ton téléphone n’est pas juste.")
    amina.sees("jeudi 26 novembre 2026", "Ici : mercredi 25 novembre 2026")
    assert not WorkEntry.objects.exists()
    assert is_accessible(amina)

    row = amina.page.locator(ROWS)
    amina.touches(row.get_by_text("Corriger"))
    row.get_by_label(words("Quel jour ?")).fill("2026-11-25")
    amina.touches(row.get_by_role("button", name="Envoyer ainsi"))
    amina.sees("C’est noté : 2 h, Cuisine, La Grande Marmite, mercredi 25 novembre.")
    assert WorkEntry.objects.get().day == dt.date(2026, 11, 25)


def test_a_day_of_25_hours_stays_on_the_phone_with_its_sentence(amina):
    sets_clock(amina)
    opens_hours(amina)
    amina.chooses("Autre")
    amina.fills(other="25 h")
    amina.chooses("Cuisine")
    amina.touches(amina.page.get_by_role("button", name=words("Noter 25 h, cuisine")))
    amina.sees("Refusé", "Une journée a 24 heures au plus. Tu as noté 25 h.")
    amina.touches(
        amina.page.get_by_role("button", name=words("Enlever : Mercredi 25 novembre : 25 h"))
    )
    expect(amina.page.locator(PENDING)).to_be_hidden()
    assert not WorkEntry.objects.exists()
    assert kept_on(amina)["entries"] == []


def test_what_cannot_be_read_is_said_beside_the_form(amina):
    opens_hours(amina)
    amina.chooses("Cuisine")
    amina.touches(amina.page.get_by_role("button", name="Noter", exact=True))
    amina.sees("Choisis une durée.")
    amina.chooses("Autre")
    amina.fills(other="longtemps")
    amina.touches(amina.page.get_by_role("button", name=words("Noter longtemps, cuisine")))
    amina.sees("Écris une durée, par exemple 2 h 45 ou 45 min.")
    assert kept_on(amina)["entries"] == []


def test_long_days_and_moments_that_cross_are_said_after_sending(amina):
    sets_clock(amina)
    opens_hours(amina)
    loses_network(amina)
    for time in ("6 h", "5 h"):
        amina.touches(amina.page.get_by_text("Préciser l’heure"))
        amina.page.locator("[name=starts_at]").fill("09:00")
        notes(amina, time, "Cuisine")
        amina.touches(amina.page.get_by_text("Préciser l’heure"))
    finds_network(amina)
    amina.sees(
        "11 h dans la journée : c’est beaucoup.",
        "Deux moments se croisent : 9 h à 14 h, et 9 h à 15 h.",
    )


def test_todays_hours_take_two_taps_and_less_than_15_kilobytes(amina):
    sets_clock(amina)
    opens_hours(amina)
    wire = amina.page.context.new_cdp_session(amina.page)
    sizes = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    amina.page.reload()
    expect(amina.page.locator("[data-ct-outbox][data-ready]")).to_be_attached()
    amina.chooses("Cuisine")
    amina.taps = 0
    amina.chooses("3 h 30")
    amina.touches(amina.page.get_by_role("button", name=words("Noter 3 h 30, cuisine")))
    amina.sees("C’est noté : 3 h 30", "À confirmer")
    amina.page.wait_for_load_state("networkidle")
    assert amina.taps == 2
    assert sum(sizes) <= 15 * 1024, sizes


def test_nothing_but_the_anonymous_page_and_static_files_is_kept_by_the_browser(amina):
    opens_hours(amina)
    kept = amina.page.evaluate(
        """async () => {
            const found = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const one of await cache.keys())
                    found[new URL(one.url).pathname] = await (await cache.match(one)).text();
            }
            return found;
        }"""
    )
    pages = {address: text for address, text in kept.items() if not address.startswith("/static/")}
    assert list(pages) == [reverse("projects:offline_hours")]
    for name in ("Amina", "Sarr", "Racines", "Le jardin", "csrfmiddlewaretoken"):
        assert name not in pages[reverse("projects:offline_hours")]


def test_it_is_done_with_the_keyboard_alone(people, visitor, base_url):
    who = visitor("Amina")
    signs_in(who, people, "amina", base_url)
    sets_clock(who)
    opens_hours(who)
    loses_network(who)
    for name in ("minutes", "work"):
        who.page.locator(f"[name={name}]").first.focus()
        who.page.keyboard.press("Space")
    who.page.locator("[data-ct-note] button[type=submit]").focus()
    who.page.keyboard.press("Enter")
    who.sees("Pas encore envoyé : 1")
    remove = who.page.get_by_role("button", name="Enlever")
    remove.focus()
    who.page.keyboard.press("Enter")
    expect(who.page.locator(PENDING)).to_be_hidden()
    expect(who.page.locator("[data-ct-said]")).to_be_focused()
    finds_network(who)
