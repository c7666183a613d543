"""A phone that changes hands: nothing of one leaves under the name of another, or stays behind."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import WorkEntry
from tests.browser.phones import (
    PENDING,
    finds_network,
    hold_sending,
    is_accessible,
    kept_on,
    loses_network,
    notes,
    opens_hours,
    phone_of_amina,
    sets_clock,
    signs_in,
)


@pytest.fixture
def amina(visitor, transactional_db, base_url):
    return phone_of_amina(visitor, base_url)


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
