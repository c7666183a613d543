"""Hours on a phone without a network: kept, shown as not sent, sent once."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import WorkEntry
from projects.services import work
from tests.browser.phones import (
    PENDING,
    ROWS,
    a_cohort_with_two_activities,
    finds_network,
    is_accessible,
    kept_on,
    loses_network,
    notes,
    opens_hours,
    phone_of_amina,
    sets_clock,
    signs_in,
)
from tests.browser.visitor import words
from tests.factories import NOW


@pytest.fixture
def amina(visitor, transactional_db, base_url):
    return phone_of_amina(visitor, base_url)


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
        project=amina.people.a.cohort.projects.get(trade="cuisine"), client_uuid=uuid.uuid4(),
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


def test_it_is_done_with_the_keyboard_alone(transactional_db, visitor, base_url):
    people = a_cohort_with_two_activities()
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
