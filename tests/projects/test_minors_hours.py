"""Before eighteen, hours have a hard limit: 8 a day, 35 a week (C. trav. L3162-1)."""

import datetime as dt
import uuid

import pytest

from ct_platform.kit.errors import Refused
from projects.models import WorkEntry
from projects.services import work
from tests.factories import NOW

MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def note(people):
    """`note(day, minutes)`: Amina notes a meeting."""

    def noted(day: dt.date, minutes: int) -> WorkEntry:
        return work.note_hours(
            enrolment=people.enrolments["amina"], day=day, minutes=minutes, kind="meeting",
            project=None, client_uuid=uuid.uuid4(), actor=people.actor("amina"), at=NOW,
        )  # fmt: skip

    return noted


def born(people, day: dt.date) -> None:
    people.amina.birth_date = day
    people.amina.save()


def test_a_ninth_hour_is_refused_to_a_minor_and_not_to_an_adult(people, note):
    born(people, dt.date(2010, 5, 3))
    note(MONDAY, 480)
    with pytest.raises(Refused, match="par jour") as refusal:
        note(MONDAY, 1)
    assert refusal.value.field == "minutes"
    assert WorkEntry.objects.count() == 1
    born(people, dt.date(2008, 11, 16))
    note(MONDAY, 1)


def test_a_thirty_sixth_hour_of_the_week_is_refused_to_a_minor(people, note):
    born(people, dt.date(2010, 5, 3))
    for number in range(5):
        note(MONDAY + dt.timedelta(days=number), 420)
    with pytest.raises(Refused, match="par semaine"):
        note(MONDAY + dt.timedelta(days=5), 1)
    note(MONDAY + dt.timedelta(days=7), 60)


def test_a_correction_counts_the_hours_it_replaces_once(people, note):
    born(people, dt.date(2010, 5, 3))
    entry = note(MONDAY, 300)
    change = {
        "entry": entry, "kind": "meeting", "project": None, "seen_version": None,
        "actor": people.actor("amina"), "at": NOW,
    }  # fmt: skip
    assert work.change_hours(minutes=480, **change).minutes == 480
    with pytest.raises(Refused):
        work.change_hours(minutes=481, **change)


def test_the_days_after_the_birthday_are_an_adults(people, note):
    born(people, dt.date(2008, 11, 18))  # a Wednesday
    for number in range(2):
        note(MONDAY + dt.timedelta(days=number), 480)
    for number in range(2, 5):
        note(MONDAY + dt.timedelta(days=number), 600)
    assert WorkEntry.objects.count() == 5


def test_a_programme_may_ask_less(people, note):
    born(people, dt.date(2010, 5, 3))
    programme = people.a.cohort.programme
    programme.minor_day_minutes = 360
    programme.save()
    with pytest.raises(Refused, match=r"6\sh par jour"):
        note(MONDAY, 361)
