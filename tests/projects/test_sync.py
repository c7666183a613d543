"""What a phone kept without a network: sent as often as it must be, noted once, never moved."""

import datetime as dt
import json
import uuid

import pytest
from django.test import Client

from cohorts.models import Cohort
from projects.models import WorkEntry
from tests.factories import NOW, TODAY, ProjectFactory, WorkEntryFactory
from tests.projects.verbs import kitchen, lock, note

ADDRESS = "/mes-heures/envoyer/"
NOW_MS = int(NOW.timestamp() * 1000)


def one(people, **more):
    return {
        "key": str(uuid.uuid4()), "day": "2026-11-25", "minutes": 210,
        "work": str(kitchen(people).pk), "starts_at": None,
    } | more  # fmt: skip


def send(client, people, *entries, who="amina", **more):
    batch = {
        "owner": people.enrolments[who].pk,
        "now": NOW_MS,
        "today": TODAY.isoformat(),
        "entries": list(entries),
    }
    return client.post(ADDRESS, json.dumps(batch | more), content_type="application/json")


def verdicts(answer):
    return [(row["verdict"], row["sentence"]) for row in answer.json()["entries"]]


NOTED = "C’est noté : 3\u00a0h\u00a030, Cuisine, La Grande Marmite, mercredi 25 novembre."


def test_it_notes_what_was_kept_and_says_so(people, enter):
    sent = one(people, starts_at=540)
    answer = send(enter("amina"), people, sent)

    assert verdicts(answer) == [("accepted", NOTED)]
    entry = WorkEntry.objects.get()
    assert (str(entry.client_uuid), entry.day, entry.minutes, entry.starts_at, entry.state) == (
        sent["key"], TODAY, 210, 540, "open",
    )  # fmt: skip
    assert (entry.enrolment, entry.entered_by) == (people.enrolments["amina"], people.amina)


def test_the_same_entry_sent_five_times_is_one_entry_with_the_same_words(people, enter):
    sent, client = one(people), enter("amina")
    first = send(client, people, sent)
    again = [send(client, people, sent) for _ in range(3)] + [send(client, people, sent, sent)]

    assert verdicts(first) == [("accepted", NOTED)]
    assert {row for answer in again for row in verdicts(answer)} == {("known", NOTED)}
    assert WorkEntry.objects.count() == 1


def test_what_was_corrected_or_struck_out_since_is_known_and_left_alone(people, enter):
    entry = note(people, "amina", minutes=60)
    WorkEntry.objects.filter(pk=entry.pk).update(minutes=90, withdrawn_at=NOW)

    answer = send(enter("amina"), people, one(people, key=str(entry.client_uuid), minutes=60))

    assert answer.json()["entries"][0]["verdict"] == "known"
    assert WorkEntry.objects.get().minutes == 90


def test_one_refused_entry_holds_back_no_other(people, enter):
    answer = send(
        enter("amina"),
        people,
        one(people, minutes=60),
        one(people, day="2026-11-26"),
        one(people, minutes=25 * 60),
        one(people, day="2026-09-01"),
        one(people, work="999999"),
        one(people, minutes=30, work="meeting"),
    )

    assert [(verdict, " ".join(said.split())) for verdict, said in verdicts(answer)] == [
        ("accepted", "C’est noté : 1 h, Cuisine, La Grande Marmite, mercredi 25 novembre."),
        ("refused", "Ce jour n’est pas encore là. Note tes heures après le travail."),
        ("refused", "Une journée a 24 heures au plus. Tu as noté 26 h."),
        ("refused", "La coopérative a commencé le 7 septembre 2026."),
        ("refused", "Ce travail n’est plus dans ta coopérative. Choisis-en un autre."),
        ("accepted", "C’est noté : 30 min, Réunion, mercredi 25 novembre."),
    ]
    assert WorkEntry.objects.count() == 2


def test_long_days_warn_as_they_do_online(people, enter):
    answer = send(enter("amina"), people, one(people, minutes=11 * 60))

    assert answer.json()["entries"][0]["verdict"] == "accepted"
    assert [" ".join(said.split()) for said in answer.json()["warnings"]] == [
        "11 h dans la journée : c’est beaucoup. Pense à te reposer."
    ]


def test_moments_that_cross_and_long_weeks_warn_too(people, enter):
    for day in (23, 24):
        WorkEntryFactory(
            enrolment=people.enrolments["amina"], day=dt.date(2026, 11, day), minutes=23 * 60
        )
    answer = send(
        enter("amina"), people, one(people, minutes=180, starts_at=540),
        one(people, minutes=60, starts_at=600, work="meeting"),
    )  # fmt: skip

    said = " ".join(answer.json()["warnings"])
    assert "dans la semaine : c’est beaucoup" in said
    assert "Deux moments se croisent" in said


@pytest.mark.parametrize(
    ("wrong", "today"),
    [
        (dt.timedelta(minutes=6), "2026-11-25"),
        (-dt.timedelta(days=3), "2026-11-22"),
        (dt.timedelta(0), "2026-11-24"),
    ],
)
def test_a_phone_with_a_wrong_clock_is_told_and_its_day_is_kept(people, enter, wrong, today):
    now = NOW_MS + int(wrong.total_seconds() * 1000)
    answer = send(enter("amina"), people, one(people, day="2026-11-24"), now=now, today=today)

    said = " ".join(answer.json()["clock"].split())
    assert said.startswith("L’heure de ton téléphone n’est pas juste. Il dit :")
    assert "Ici : mercredi 25 novembre 2026, 10 h 30." in said
    assert WorkEntry.objects.get().day == dt.date(2026, 11, 24)


def test_a_phone_that_lives_tomorrow_is_refused_and_told(people, enter):
    tomorrow = NOW_MS + 86_400_000
    answer = send(
        enter("amina"), people, one(people, day="2026-11-26"), now=tomorrow, today="2026-11-26"
    )

    assert answer.json()["entries"][0]["verdict"] == "refused"
    assert "jeudi 26 novembre 2026" in answer.json()["clock"]
    assert not WorkEntry.objects.exists()


def test_a_right_clock_is_not_spoken_of(people, enter):
    answer = send(enter("amina"), people, one(people), now=NOW_MS + 200_000)
    assert answer.json()["clock"] == ""


def test_what_one_noted_never_leaves_under_the_name_of_another(people, enter):
    """A shared phone: Bastien is in, the entries are Amina's."""
    answer = send(enter("bastien"), people, one(people), who="amina")

    assert (answer.status_code, answer.json()) == (409, {"owner": people.enrolments["bastien"].pk})
    assert not WorkEntry.objects.exists()


def test_the_key_of_somebody_elses_entry_says_nothing_of_it(people, enter):
    theirs = note(people, "bastien")
    answer = send(enter("amina"), people, one(people, key=str(theirs.client_uuid)))

    assert verdicts(answer) == [
        ("refused", "Ce formulaire a déjà servi. Recharge la page, puis note tes heures.")
    ]
    assert WorkEntry.objects.get() == theirs


def test_an_activity_of_another_cohort_is_unknown(people, enter):
    theirs = ProjectFactory(cohort=people.b.cohort)
    answer = send(enter("amina"), people, one(people, work=str(theirs.pk)))

    assert answer.json()["entries"][0]["verdict"] == "refused"


def test_who_left_hears_why_and_notes_nothing(people, enter):
    answer = send(enter("gael"), people, one(people, work="meeting"), who="gael")

    assert verdicts(answer) == [
        ("refused", "Ton parcours est terminé. Pour un oubli, parle à la coordination.")
    ]
    assert not WorkEntry.objects.exists()


def test_an_archived_cohort_says_it_entry_by_entry(people, enter):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state="archived")
    answer = send(enter("amina"), people, one(people))

    assert verdicts(answer) == [
        ("refused", "La coopérative est terminée. Ses heures ne changent plus.")
    ]


def test_hours_already_paid_do_not_hold_back_new_ones_of_the_day(people, enter):
    entry = note(people, "amina", minutes=60)
    WorkEntry.objects.filter(pk=entry.pk).update(
        state="confirmed", confirmed_at=NOW, confirmed_by=people.bastien
    )
    lock(people)

    known = one(people, key=str(entry.client_uuid), minutes=60)
    answer = send(enter("amina"), people, known, one(people))

    assert [row["verdict"] for row in answer.json()["entries"]] == ["known", "accepted"]


@pytest.mark.parametrize(
    "line",
    [
        {"day": "demain"}, {"day": None}, {"minutes": "210"}, {"minutes": True}, {"minutes": 1.5},
        {"minutes": 10**12}, {"work": 3}, {"starts_at": "9 h"},
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_refused_with_its_sentence(people, enter, line):
    answer = send(enter("amina"), people, one(people, **line), one(people))

    assert [verdict for verdict, _said in verdicts(answer)] == ["refused", "accepted"]
    assert verdicts(answer)[0][1].startswith("Cette ligne ne se lit pas")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b'{"owner": "1", "entries": []}', b'{"owner": 1}',
        b'{"owner": 1, "entries": [{}]}', b'{"owner": 1, "entries": [{"key": "x"}]}',
        b'{"owner": 1, "entries": "' + b"x" * 70_000 + b'"}', b"[" * 20_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_is_no_batch_is_said_so(people, enter, body):
    answer = enter("amina").post(ADDRESS, body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"sentence": "Cet envoi ne se lit pas."})


def test_too_many_at_once_are_not_taken(people, enter):
    answer = send(enter("amina"), people, *(one(people, minutes=1) for _ in range(51)))

    assert answer.status_code == 400
    assert not WorkEntry.objects.exists()


def test_sending_needs_the_token_of_the_session(people, enter):
    client = enter("amina", enforce_csrf_checks=True)
    assert send(client, people, one(people)).status_code == 403

    given = client.get(ADDRESS).json()
    assert given["owner"] == people.enrolments["amina"].pk
    client.defaults["HTTP_X_CSRFTOKEN"] = given["token"]
    assert verdicts(send(client, people, one(people)))[0][0] == "accepted"


def test_a_session_that_ended_notes_nothing(people):
    answer = send(Client(), people, one(people))

    assert answer.status_code == 302
    assert not WorkEntry.objects.exists()


def test_the_answer_is_small_and_cheap(people, enter, django_assert_max_num_queries):
    client = enter("amina")
    client.get(ADDRESS)
    with django_assert_max_num_queries(24):
        answer = send(client, people, one(people))
    assert len(answer.content) < 400
    assert "no-store" in answer.headers["Cache-Control"]
