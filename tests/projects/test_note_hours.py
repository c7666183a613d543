import datetime as dt
import uuid

import pytest

from ct_platform.kit.errors import Refused
from projects.models import WorkChange, WorkEntry
from projects.services import work
from tests.factories import NOW, ProjectFactory, WorkEntryFactory
from tests.projects.verbs import MONDAY, TUESDAY, note


def test_it_writes_minutes_on_a_day_with_the_first_line_of_its_history(people):
    entry = note(people, "amina", minutes=210)

    assert (entry.minutes, entry.state, entry.entered_by) == (210, "open", people.amina)
    told = WorkChange.objects.get(entry=entry)
    assert told.sentence == "Noté : 3\u00a0h\u00a030, Cuisine, La Grande Marmite."
    assert (told.by, told.at) == (people.amina, NOW)


def test_it_takes_a_meeting_without_a_line_of_business(people):
    assert note(people, "amina", kind="meeting").work_label == "Réunion"


def test_it_refuses_work_of_another_cohort(people):
    theirs = ProjectFactory(cohort=people.b.cohort)

    with pytest.raises(Refused, match="pas dans ta coopérative"):
        note(people, "amina", project=theirs)

    assert not WorkEntry.objects.exists()


def test_it_refuses_who_left(people):
    with pytest.raises(Refused, match="parcours est terminé"):
        note(people, "gael", day=dt.date(2026, 9, 30))

    assert not WorkEntry.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2026, 11, 26), "pas encore là"),
        (dt.date(2026, 9, 6), "commencé le 7 septembre 2026"),
        (dt.date(2026, 12, 19), "pas encore là"),
    ],
)
def test_it_refuses_a_day_outside_the_cohort_or_to_come(people, day, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        note(people, "amina", day=day)

    assert refusal.value.field == "day"
    assert not WorkEntry.objects.exists()


def test_it_refuses_a_day_after_the_last(people):
    people.a.cohort.ends_on = dt.date(2026, 11, 20)
    people.a.cohort.save()

    with pytest.raises(Refused, match="terminée le 20 novembre 2026"):
        note(people, "amina")


def test_it_refuses_an_archived_cohort(people):
    people.a.cohort.state = "archived"
    people.a.cohort.save()

    with pytest.raises(Refused, match="coopérative est terminée"):
        note(people, "amina")


def test_it_refuses_more_than_a_day_in_a_day(people):
    note(people, "amina", minutes=23 * 60)

    with pytest.raises(Refused, match=r"24 heures au plus\. Tu as noté 26") as refusal:
        note(people, "amina", minutes=3 * 60)

    assert refusal.value.field == "minutes"
    assert WorkEntry.objects.get().minutes == 23 * 60


def test_it_takes_exactly_a_day(people):
    note(people, "amina", minutes=23 * 60)
    note(people, "amina", minutes=60)

    assert WorkEntry.objects.count() == 2


def test_it_does_not_count_what_was_struck_out(people):
    wrong = note(people, "amina", minutes=24 * 60)
    work.withdraw_hours(entry=wrong, actor=people.actor("amina"), at=NOW)

    note(people, "amina", minutes=60)

    assert WorkEntry.objects.standing().get().minutes == 60


@pytest.mark.parametrize("minutes", [0, -30])
def test_it_refuses_no_time(people, minutes):
    with pytest.raises(Refused, match="au moins 1 minute"):
        note(people, "amina", minutes=minutes)


def test_it_refuses_production_without_saying_what(people):
    with pytest.raises(Refused, match="Choisis un travail"):
        note(people, "amina", kind="production", project=None)


def test_the_same_entry_sent_twice_is_one_entry(people):
    key = uuid.uuid4()

    first, again = note(people, "amina", client_uuid=key), note(people, "amina", client_uuid=key)

    assert first == again
    assert WorkEntry.objects.count() == WorkChange.objects.count() == 1


def test_the_same_key_with_other_hours_is_refused_rather_than_lost(people):
    key = uuid.uuid4()
    note(people, "amina", client_uuid=key)

    with pytest.raises(Refused, match="déjà servi"):
        note(people, "amina", client_uuid=key, minutes=60)
    with pytest.raises(Refused, match="déjà servi"):
        note(people, "bastien", client_uuid=key)

    assert WorkEntry.objects.get().minutes == 210


def test_yesterday_is_repeated_entry_by_entry(people):
    note(people, "amina", minutes=180, day=TUESDAY)
    note(people, "amina", minutes=60, day=TUESDAY, kind="meeting")
    key = uuid.uuid4()

    for _tap in range(2):
        made = work.repeat_day(
            enrolment=people.enrolments["amina"],
            source=TUESDAY,
            day=dt.date(2026, 11, 25),
            client_uuid=key,
            actor=people.actor("amina"),
            at=NOW,
        )

    assert [(one.minutes, one.kind) for one in made] == [(180, "production"), (60, "meeting")]
    assert WorkEntry.objects.count() == 4


def test_an_empty_day_is_not_repeated(people):
    WorkEntryFactory(enrolment=people.enrolments["bastien"], day=TUESDAY)

    with pytest.raises(Refused, match="rien n’est noté"):
        work.repeat_day(
            enrolment=people.enrolments["amina"],
            source=TUESDAY,
            day=dt.date(2026, 11, 25),
            client_uuid=uuid.uuid4(),
            actor=people.actor("amina"),
            at=NOW,
        )


def test_hours_added_to_a_complete_week_are_declared_at_once(people):
    work.declare_week(
        enrolment=people.enrolments["amina"], monday=MONDAY, actor=people.actor("amina"), at=NOW
    )

    assert note(people, "amina").state == "declared"
