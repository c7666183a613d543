"""One cohort's whole story, end to end, through pages: eleven steps, each person in their own browser."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

from django.core.management import call_command

from tests.browser.beginning import almost_empty
from tests.browser.steps import arriving, deciding, paying, telling, working

PARIS = ZoneInfo("Europe/Paris")


def on(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def test_a_cohort_lives_its_whole_story(visitor, papers, travel, qr_codes, tmp_path):
    almost_empty()

    # 1. Wednesday 25 November, 10 h 30. A coordinator comes in and creates a cohort.
    ines = visitor("Inès")
    arriving.signs_in(ines, "ines@exemple.test")
    cohort = arriving.creates_a_cohort(ines)
    arriving.moves_it_on(ines, cohort, "recrute")

    # 2. She imports its people, a faulty list first.
    arriving.imports_the_list(ines, cohort)
    arriving.moves_it_on(ines, cohort, "en cours")

    # 3. She prints their cards. Three scan theirs, one types the code; a card serves once.
    cards = arriving.prints_the_cards(ines, cohort, qr_codes)
    amina, bastien, moussa, nadia = phones = [
        visitor(name, phone=True) for name in ("Amina", "Bastien", "Moussa", "Nadia")
    ]
    arriving.scans(amina, cards.pop("Amina Sarr"))
    arriving.scans(bastien, cards.pop("Bastien Cherif"))
    arriving.scans(moussa, used := cards.pop("Moussa Diabaté"))
    arriving.types_the_code(nadia, cards.pop("Nadia Benali"))
    arriving.finds_it_used(visitor("Quelqu’un d’autre", phone=True), used)
    others = arriving.the_others_enter(list(cards.values()))

    # 4. Hours: noted, repeated on the next day, confirmed by a colleague, the week complete.
    working.opens_two_activities(ines, cohort)
    for someone, time, work in (
        (amina, "3 h 30", "Maraîchage"),
        (bastien, "4 h", "Cuisine"),
        (moussa, "3 h 30", "Maraîchage"),
        (nadia, "5 h", "Cuisine"),
    ):
        working.notes_hours(someone, time, work)
    travel(on(11, 26, 17))
    working.does_as_yesterday(amina, "3 h 30")
    working.notes_today_in_two_taps(bastien, "3 h")
    working.confirms_colleagues(bastien, "Amina Sarr", "Amina Sarr", "Moussa Diabaté", "Nadia")
    working.confirms_colleagues(amina, "Bastien Cherif", "Bastien Cherif")
    working.the_others_work(others, cohort, witness=others[0])
    for someone in phones:
        working.says_the_week_is_complete(someone)
    working.sees_the_week_complete(ines, cohort)

    # 5. Sales and expenses, excluding VAT.
    working.records_the_money(ines, cohort)

    # 6. The group votes how to share.
    poll = deciding.opens_a_vote(ines, cohort)
    deciding.votes(amina, "Égal pour tous")
    deciding.changes_their_mind(amina, "Moitié")
    for someone in (bastien, moussa, nadia):
        deciding.votes(someone, "Moitié")
    deciding.the_others_vote(others, poll, ["half"] * 4 + ["equal"] * 2 + ["hours"] * 2 + [None])
    deciding.follows_without_seeing_choices(ines, poll)
    travel(on(11, 28, 18, 5))
    deciding.counts(ines, poll)
    deciding.reads_the_result(bastien, poll)

    # 7. The pay of November: prepared by one person, agreed to by another, issued.
    run = paying.prepares_the_pay(ines, cohort)
    helene = visitor("Hélène")
    arriving.signs_in(helene, "helene@exemple.test")
    paying.agrees(helene, run)
    paying.issues(ines, run)

    # 8. The papers come one by one, seen live, and by reloading without JavaScript.
    unscripted = visitor(
        "Hélène, sans JavaScript",
        java_script_enabled=False,
        storage_state=helene.page.context.storage_state(),
    )
    paying.watches_the_papers(ines, unscripted, run, papers)

    # 9. Amina reads her pay, fetches her slip; anybody may check it.
    slip = paying.reads_their_pay(amina, run)
    pdf = paying.downloads_the_slip(amina, slip)
    stranger = visitor("Quelqu’un")
    paying.anybody_checks_it(stranger, pdf, tmp_path)

    # 10. A partner reads the report, which points at nobody.
    snapshot = telling.freezes_a_report(ines, cohort, papers)
    elsa = visitor("Elsa")
    secret = arriving.signs_in(elsa, "elsa@exemple.test")
    travel(on(11, 30, 9))
    arriving.comes_back(elsa, "elsa@exemple.test", secret)
    telling.reads_the_report(elsa, snapshot)

    # 11. Amina's words stand on the public page, until she takes them back.
    telling.leaves_words(amina)
    telling.publishes(ines, cohort)
    telling.reads_the_public_page(stranger)
    telling.takes_them_back(amina, stranger)

    # What the house promises of itself holds, and no browser complained on the way.
    call_command("check_consistency", stdout=io.StringIO())
    for who in (ines, *phones, helene, unscripted, stranger, elsa):
        assert who.complaints == [], who.name
