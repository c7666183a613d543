"""The time of day: optional, weighs nothing, and makes two moments that cross visible."""

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from projects.models import WorkChange
from projects.pages import warnings_about
from projects.rules import cross, format_span
from projects.services import work
from tests.factories import NOW
from tests.projects.verbs import TUESDAY, confirm, kitchen, note


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((540, 180), (720, 60), False),  # one ends when the other begins
        ((540, 180), (719, 60), True),
        ((540, 180), (600, 30), True),  # one within the other
        ((540, 60), (540, 60), True),
        ((0, 1), (1439, 60), False),
    ],
)
def test_spans_cross_when_they_share_a_moment(first, second, shared):
    assert cross(first, second) is cross(second, first) is shared


def test_a_span_is_said_as_people_say_it():
    assert format_span(540, 215) == "9\u00a0h à 12\u00a0h\u00a035"
    assert format_span(1380, 90) == "23\u00a0h à 0\u00a0h\u00a030"


def test_two_moments_that_cross_warn_and_never_block(people):
    note(people, "amina", minutes=180, starts_at=540)
    silent = note(people, "amina", minutes=60)
    crossing = note(people, "amina", minutes=120, starts_at=660, kind="meeting")

    assert warnings_about(silent) == []
    assert warnings_about(crossing) == [
        "Deux moments se croisent : 11\u00a0h à 13\u00a0h, et 9\u00a0h à 12\u00a0h."
        " Regarde si c’est bien ça."
    ]


def test_another_day_and_another_person_do_not_cross(people):
    note(people, "amina", minutes=180, starts_at=540, day=TUESDAY)
    note(people, "bastien", minutes=180, starts_at=540)

    assert warnings_about(note(people, "amina", minutes=180, starts_at=540)) == []


def test_a_day_has_no_minute_1440(people):
    with pytest.raises(Refused, match="0 h à 23 h 59"):
        note(people, "amina", starts_at=1440)


def test_saying_when_afterwards_keeps_the_confirmation(people):
    entry = note(people, "amina", minutes=180)
    confirm(people, "bastien", entry)

    work.change_hours(
        entry=entry, minutes=180, kind="production", project=kitchen(people), starts_at=540,
        seen_version=1, actor=people.actor("amina"), at=NOW,
    )  # fmt: skip

    entry.refresh_from_db()
    assert (entry.state, entry.starts_at) == ("confirmed", 540)
    assert WorkChange.objects.filter(entry=entry).last().sentence == "Heure : 9\u00a0h à 12\u00a0h."


def test_the_correction_form_shows_the_time_and_changes_it(people, enter):
    """The page of an entry: what was said is there, another is kept, and an empty one takes it back."""
    entry, client = note(people, "amina", minutes=180, starts_at=540), enter("amina")
    address = reverse("projects:entry", args=[entry.pk])
    assert 'name="starts_at" value="09:00"' in client.get(address).content.decode()
    for typed, kept in (("14:30", 870), ("", None)):
        entry.refresh_from_db()
        asked = {
            "minutes": "180", "work": str(kitchen(people).pk), "starts_at": typed,
            "version": entry.version,
        }  # fmt: skip
        assert client.post(address, asked).status_code == 302
        entry.refresh_from_db()
        assert entry.starts_at == kept
    asked |= {"starts_at": "25:00", "version": entry.version}
    assert client.post(address, asked).status_code == 200
    entry.refresh_from_db()
    assert entry.starts_at is None
