"""Colleagues confirm from their phones; a neighbour sees nothing."""

import datetime as dt

import pytest

from projects.models import WorkEntry
from projects.services import work
from tests.factories import NOW, EnrolmentFactory, WorkEntryFactory
from tests.projects.test_my_hours_page import text
from tests.projects.verbs import TUESDAY, confirm, lock, note

PAGE = "/mes-heures/confirmer/"
YES = "/mes-heures/confirmer/oui/"


def seen(*entries: WorkEntry) -> dict[str, list[str]]:
    return {"entry": [f"{entry.pk}:{entry.version}" for entry in entries]}


def test_it_shows_the_hours_of_the_others_and_never_one_s_own(people, enter):
    note(people, "amina")
    note(people, "bastien", minutes=60)
    WorkEntryFactory(enrolment=people.enrolments["chloe"])

    page = text(enter("bastien").get(PAGE))

    assert "Amina Sarr : 3 h 30" in page
    assert "Bastien Cherif :" not in page
    assert "Chloé" not in page


def test_yes_confirms_one(people, enter):
    entry = note(people, "amina")

    answer = enter("bastien").post(YES, seen(entry), follow=True)

    assert "C’est confirmé." in text(answer)
    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by) == ("confirmed", people.bastien)


def test_a_whole_day_is_confirmed_at_once(people, enter):
    rows = [note(people, "amina", day=TUESDAY), note(people, "amina", day=TUESDAY, kind="meeting")]

    answer = enter("bastien").post(YES, seen(*rows), follow=True)

    assert "C’est confirmé : 2 lignes." in text(answer)
    assert WorkEntry.objects.verified().count() == 2


def test_the_author_is_told_that_another_person_confirms(people, enter):
    entry = note(people, "amina")

    answer = enter("amina").post(YES, seen(entry), follow=True)

    assert "On ne confirme pas ses propres heures." in text(answer)
    entry.refresh_from_db()
    assert entry.state == "open"


def test_a_neighbour_does_not_find_the_entry(people, enter):
    entry = note(people, "amina")
    client = enter("chloe")

    assert client.post(YES, seen(entry)).status_code == 404
    assert client.get(f"{PAGE}{entry.pk}/question/").status_code == 404
    assert (
        client.post(f"{PAGE}{entry.pk}/question/", {"question": "Quoi ?", "version": 1}).status_code
        == 404
    )

    entry.refresh_from_db()
    assert (entry.state, entry.question) == ("open", "")


def test_who_left_no_longer_confirms(people, enter):
    entry = note(people, "amina")
    client = enter("gael")

    assert "Ton parcours est terminé." in text(client.get(PAGE))
    assert client.post(YES, seen(entry)).status_code == 403
    assert client.get(f"{PAGE}{entry.pk}/question/").status_code == 403

    entry.refresh_from_db()
    assert entry.state == "open"


@pytest.mark.parametrize("who", ["driss", "helene", "elsa", "nora"])
def test_staff_confirms_elsewhere_or_not_at_all(people, enter, who):
    entry = note(people, "amina")
    client = enter(who)

    assert client.get(PAGE).status_code == 403
    assert client.post(YES, seen(entry)).status_code == 403


def test_hours_that_changed_after_the_page_was_shown_are_not_confirmed(people, enter):
    entry = note(people, "amina")
    shown = seen(entry)
    work.change_hours(
        entry=entry,
        minutes=600,
        kind="meeting",
        project=None,
        seen_version=1,
        actor=people.actor("amina"),
        at=NOW,
    )

    answer = enter("bastien").post(YES, shown, follow=True)

    assert "Ces heures viennent de changer." in text(answer)
    assert not WorkEntry.objects.verified().exists()


@pytest.mark.parametrize("sent", [[], ["1"], ["1:x"], ["x:1"], ["²:1"], ["9" * 40 + ":1"]])
def test_nonsense_confirms_nothing_and_says_so(people, enter, sent):
    answer = enter("bastien").post(YES, {"entry": sent}, follow=True)

    assert answer.status_code == 200
    assert "rien à confirmer" in text(answer) or "plus à jour" in text(answer)


def test_not_that_asks_a_question_and_changes_no_hour(people, enter):
    entry = note(people, "amina")
    client = enter("bastien")
    url = f"{PAGE}{entry.pk}/question/"
    assert "Demander à Amina" in text(client.get(url))

    answer = client.post(url, {"question": " On a fini à midi, non ? ", "version": 1}, follow=True)

    assert "La question est posée à Amina." in text(answer)
    assert "Amina Sarr" not in text(client.get(PAGE))
    entry.refresh_from_db()
    assert (entry.question, entry.minutes) == ("On a fini à midi, non ?", 210)


def test_an_empty_question_is_said_beside_its_field(people, enter):
    entry = note(people, "amina")

    answer = enter("bastien").post(f"{PAGE}{entry.pk}/question/", {"question": "", "version": 1})

    assert "Il manque la question" in text(answer)


def test_nobody_asks_themself(people, enter):
    entry = note(people, "amina")

    assert enter("amina").get(f"{PAGE}{entry.pk}/question/").status_code == 403


def test_what_is_paid_is_quiet(people, enter):
    entry = note(people, "amina")
    shown = seen(entry)
    confirm(people, "bastien", entry)
    lock(people)

    assert "C’était déjà confirmé." in text(enter("bastien").post(YES, shown, follow=True))


def test_nothing_left_says_what_comes_next(people, enter):
    assert "Tout est confirmé" in text(enter("bastien").get(PAGE))


@pytest.mark.parametrize("rows", [1, 200])
def test_the_page_costs_the_same_for_one_row_and_for_two_hundred(
    people, enter, rows, django_assert_max_num_queries
):
    for number in range(rows):
        WorkEntryFactory(
            enrolment=people.enrolments["amina"],
            minutes=5,
            day=dt.date(2026, 11, 25) - dt.timedelta(days=number % 40),
        )
    client = enter("bastien")
    client.get(PAGE)

    with django_assert_max_num_queries(15):
        page = client.get(PAGE)

    assert page.content.decode().count("Oui, c’était bien ça") == rows


def test_two_hundred_people_do_not_change_the_cost(people, enter, django_assert_max_num_queries):
    for enrolment in EnrolmentFactory.create_batch(50, cohort=people.a.cohort):
        WorkEntryFactory(enrolment=enrolment)
    client = enter("bastien")
    client.get(PAGE)

    with django_assert_max_num_queries(15):
        client.get(PAGE)
