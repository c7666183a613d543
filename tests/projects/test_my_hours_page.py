"""Mes heures through the door, as a phone without JavaScript sends it."""

import datetime as dt
import re
import uuid

import pytest

from projects.models import WeekDeclaration, WorkEntry
from projects.services import work
from tests.factories import NOW, WorkEntryFactory
from tests.projects.verbs import MONDAY, TUESDAY, confirm, kitchen, lock, note

PAGE = "/mes-heures/"


def text(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.replace("\u00a0", " ").replace("&nbsp;", " ").split())


def hidden(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def post_hours(client, people, **more):
    page = client.get(PAGE)
    sent = {
        "client_uuid": hidden(page, "client_uuid"),
        "day": "2026-11-25",
        "minutes": "210",
        "work": str(kitchen(people).pk),
    }
    return client.post(PAGE, sent | more, follow=True)


def test_today_is_one_tap_when_it_was_like_yesterday(people, enter):
    note(people, "amina", day=TUESDAY)
    client = enter("amina")
    page = client.get(PAGE)
    assert "Comme hier : 3 h 30" in text(page)

    sent = {name: hidden(page, name) for name in ("client_uuid", "day", "source")}
    answer = client.post("/mes-heures/comme-hier/", sent, follow=True)

    assert "C’est noté : 3 h 30, Cuisine, La Grande Marmite." in text(answer)
    entry = WorkEntry.objects.get(day=dt.date(2026, 11, 25))
    assert (entry.minutes, entry.kind) == (210, "production")


def test_the_tap_that_repeats_sent_twice_notes_once_and_is_then_no_longer_offered(people, enter):
    note(people, "amina", day=TUESDAY)
    client = enter("amina")
    page = client.get(PAGE)
    sent = {name: hidden(page, name) for name in ("client_uuid", "day", "source")}

    client.post("/mes-heures/comme-hier/", sent)
    client.post("/mes-heures/comme-hier/", sent)

    assert WorkEntry.objects.filter(day=dt.date(2026, 11, 25)).count() == 1
    assert "Comme hier" not in text(client.get(PAGE))


def test_the_last_worked_day_is_said_plainly(people, enter):
    note(people, "amina", day=dt.date(2026, 11, 20))

    assert "Comme vendredi 20 : 3 h 30" in text(enter("amina").get(PAGE))


def test_today_is_two_taps_otherwise_the_last_work_being_chosen(people, enter):
    note(people, "amina", day=TUESDAY)
    page = enter("amina").get(PAGE).content.decode()

    checked = re.findall(r'<input[^>]*name="work"[^>]*checked', page)
    assert len(checked) == 1
    assert f'value="{kitchen(people).pk}"' in checked[0]


def test_it_notes_a_usual_duration(people, enter):
    answer = post_hours(enter("amina"), people)

    assert "C’est noté : 3 h 30" in text(answer)
    assert WorkEntry.objects.get().enrolment == people.enrolments["amina"]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2h45", 165), ("2,75", 165), ("2:45", 165), ("2 h 45", 165), ("45 min", 45), ("2.5", 150)],
)
def test_it_reads_another_duration_as_people_write_it(people, enter, typed, minutes):
    post_hours(enter("amina"), people, minutes="other", other=typed)

    assert WorkEntry.objects.get().minutes == minutes


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"minutes": ""}, "Choisis une durée."),
        ({"minutes": "other"}, "Choisis une durée."),
        ({"minutes": "other", "other": "beaucoup"}, "Écris une durée, par exemple 2 h 45"),
        ({"minutes": "other", "other": "26"}, "Une journée a 24 heures au plus. Tu as noté 26 h."),
        ({"minutes": "other", "other": "0"}, "Note au moins 1 minute."),
        ({"minutes": "17"}, "Choisis une durée."),
        ({"work": ""}, "Choisis un travail."),
        ({"work": "production"}, "Choisis un travail."),
        ({"day": "2026-11-26"}, "Ce jour n’est pas encore là."),
        ({"day": "2026-09-06"}, "La coopérative a commencé le 7 septembre 2026."),
        ({"day": "demain"}, "Cette page n’est plus à jour."),
        ({"client_uuid": "moi"}, "Cette page n’est plus à jour."),
    ],
)
def test_it_says_what_is_wrong_and_notes_nothing(people, enter, sent, sentence):
    answer = post_hours(enter("amina"), people, **sent)

    assert sentence in text(answer)
    assert not WorkEntry.objects.exists()


def test_work_of_another_cohort_is_not_a_choice(people, enter):
    theirs = kitchen(people).pk
    page = enter("chloe").get(PAGE)

    answer = enter("chloe").post(
        PAGE,
        {
            "client_uuid": hidden(page, "client_uuid"),
            "day": "2026-11-25",
            "minutes": "60",
            "work": theirs,
        },
    )

    assert "Choisis un travail." in text(answer)
    assert not WorkEntry.objects.exists()


def test_long_days_and_weeks_warn_and_never_block(people, enter):
    for day in range(3):
        note(people, "amina", minutes=15 * 60, day=MONDAY + dt.timedelta(days=day))
    answer = post_hours(enter("amina"), people, minutes="240", day="2026-11-25")

    assert "19 h dans la journée : c’est beaucoup." in text(answer)
    assert "49 h dans la semaine : c’est beaucoup." in text(answer)
    assert WorkEntry.objects.count() == 4


def test_the_back_button_does_not_note_twice(people, enter):
    client, key = enter("amina"), str(uuid.uuid4())

    post_hours(client, people, client_uuid=key)
    post_hours(client, people, client_uuid=key)
    other = post_hours(client, people, client_uuid=key, minutes="60")

    assert "Ce formulaire a déjà servi." in text(other)
    assert WorkEntry.objects.count() == 1


def test_one_tap_calls_the_week_complete_even_at_zero(people, enter):
    client = enter("amina")
    assert "Je n’ai pas travaillé cette semaine" in text(client.get(PAGE))

    answer = client.post("/mes-heures/semaine-complete/", {"jour": "2026-11-25"}, follow=True)

    assert "Semaine complète" in text(answer)
    assert WeekDeclaration.objects.get().monday == MONDAY


def test_another_day_is_one_link_away(people, enter):
    note(people, "amina", day=dt.date(2026, 11, 18), minutes=60)

    page = text(enter("amina").get(PAGE + "?jour=2026-11-18"))

    assert "Semaine du 16 novembre : 1 h" in page
    assert "Mercredi 18 novembre : 1 h , c’est déjà noté." in page


@pytest.mark.parametrize("asked", ["2027-03-01", "n’importe quoi", "2026-01-01", "9999-99-99"])
def test_a_day_out_of_the_cohort_is_brought_back(people, enter, asked):
    assert enter("amina").get(PAGE, {"jour": asked}).status_code == 200


def test_who_left_reads_and_no_longer_notes(people, enter):
    WorkEntryFactory(enrolment=people.enrolments["gael"], day=dt.date(2026, 9, 30))
    client = enter("gael")

    assert "Ton parcours est terminé." in text(client.get(PAGE))
    sent = {
        "client_uuid": str(uuid.uuid4()),
        "day": "2026-11-25",
        "minutes": "60",
        "work": "meeting",
    }
    assert client.post(PAGE, sent).status_code == 403
    assert client.post("/mes-heures/comme-hier/", sent).status_code == 403
    assert client.post("/mes-heures/semaine-complete/").status_code == 403
    assert WorkEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["driss", "helene", "elsa", "nora"])
def test_staff_has_no_hours_of_its_own(people, enter, who):
    assert enter(who).get(PAGE).status_code == 403


def test_a_colleague_cannot_open_nor_change_my_entry_and_a_stranger_does_not_see_it(people, enter):
    entry = note(people, "amina")
    url = f"/mes-heures/{entry.pk}/"
    sent = {"minutes": "60", "work": "meeting", "version": 1}

    for who, status in (("bastien", 403), ("chloe", 404), ("driss", 403)):
        client = enter(who)
        assert client.get(url).status_code == status
        assert client.post(url, sent).status_code == status
        assert client.post(f"{url}retirer/").status_code == status
        assert client.post(f"{url}garder/").status_code == status

    entry.refresh_from_db()
    assert (entry.minutes, entry.withdrawn_at) == (210, None)


def test_correcting_shows_in_the_history(people, enter):
    entry = note(people, "amina")
    client = enter("amina")

    sent = {"minutes": "240", "work": "meeting", "version": "1"}
    client.post(f"/mes-heures/{entry.pk}/", sent)

    page = text(client.get(f"/mes-heures/{entry.pk}/"))
    assert "Corrigé. Avant : 3 h 30, Cuisine, La Grande Marmite. Maintenant : 4 h, Réunion." in page
    assert "Noté : 3 h 30, Cuisine, La Grande Marmite." in page


def test_an_odd_duration_stands_in_its_field_when_correcting(people, enter):
    entry = note(people, "amina", minutes=165)

    page = enter("amina").get(f"/mes-heures/{entry.pk}/").content.decode()

    assert 'value="2\u00a0h\u00a045"' in page


def test_a_locked_entry_says_why_it_no_longer_changes(people, enter):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    lock(people)
    client = enter("amina")

    page = text(client.get(f"/mes-heures/{entry.pk}/"))
    assert "Ces heures sont dans une paie. Elles ne changent plus." in page
    assert "Retirer ces heures" not in page
    answer = client.post(f"/mes-heures/{entry.pk}/retirer/", follow=True)
    assert "Ces heures sont dans une paie." in text(answer)


def test_striking_out_is_one_post_and_stays_visible(people, enter):
    entry = note(people, "amina")
    answer = enter("amina").post(f"/mes-heures/{entry.pk}/retirer/", follow=True)

    assert "Ces heures sont retirées." in text(answer)
    assert "<s>Mercredi 25" in answer.content.decode()


def test_a_question_stands_on_top_and_can_be_answered(people, enter):
    entry = note(people, "amina")
    work.question_hours(
        entry=entry, sentence="À midi, non ?", seen_version=1, actor=people.actor("bastien"), at=NOW
    )
    client = enter("amina")
    assert "Bastien a une question sur mercredi 25 novembre" in text(client.get(PAGE))

    client.post(f"/mes-heures/{entry.pk}/garder/")

    entry.refresh_from_db()
    assert entry.question == ""


@pytest.mark.parametrize("rows", [1, 200])
def test_the_page_costs_the_same_for_one_row_and_for_two_hundred(
    people, enter, rows, django_assert_max_num_queries
):
    WorkEntryFactory.create_batch(rows, enrolment=people.enrolments["amina"], minutes=5)
    client = enter("amina")
    client.get(PAGE)

    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200


def test_reading_writes_nothing_and_acts_refuse_a_get(people, enter):
    entry = note(people, "amina")
    client = enter("amina")

    for path in ("comme-hier/", "semaine-complete/", f"{entry.pk}/retirer/", f"{entry.pk}/garder/"):
        assert client.get(f"/mes-heures/{path}").status_code == 405
