"""What people told to apply goes when its time is over: nobody is left in the row."""

import datetime as dt
import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from cohorts.models import Application, Enrolment, InformationMeeting, MeetingGuest, Opinion, Voice
from cohorts.services.applications import apply, keep_voice
from cohorts.services.erasing import erase_what_is_old
from cohorts.services.selection import Entry, enrol, give_opinion
from tests.cohorts.applying import OGG, decided, recruiting_cohort, said, somebody
from tests.factories import NOW

TWO_YEARS = NOW.replace(year=2028)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people)


def test_two_years_after_the_last_contact_nothing_of_them_is_left(
    people, cohort, django_capture_on_commit_callbacks
):
    key = uuid.uuid4()
    voice = keep_voice(cohort=cohort, key=key, content=OGG)
    helped = said(
        email="zoe@exemple.fr", helper_name="Luc Petit", helper_link="voisin", wishes="Vendre.",
        available=("morning",), availability="Pas le mardi.",
    )  # fmt: skip
    one = apply(cohort=cohort, key=key, said=helped, at=NOW)
    give_opinion(
        application=one, stance="no", reasons="Trop loin.", actor=people.actor("driss"), at=NOW
    )
    assert erase_what_is_old(at=TWO_YEARS - DAY).applications == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_what_is_old(at=TWO_YEARS).applications == 1
    one.refresh_from_db()
    left = " ".join(
        str(getattr(one, field.name)) for field in one._meta.fields if field.name not in ("key",)
    )
    for word in (
        "Zoé",
        "Martin",
        "1990",
        "639981234",
        "exemple",
        "Luc",
        "voisin",
        "cuisiner",
        "Vendre",
        "mardi",
    ):
        assert word not in left, word
    assert one.available == []
    assert one.erased_at == TWO_YEARS
    assert (Opinion.objects.get().stance, Opinion.objects.get().reasons) == ("no", "")
    assert not Voice.objects.exists()
    assert not default_storage.exists(str(voice.file))


def test_it_counts_from_the_last_contact_and_erases_once(people, cohort):
    one = decided(cohort, people, "waiting")
    Application.objects.filter(pk=one.pk).update(decided_at=NOW + 30 * DAY)
    assert erase_what_is_old(at=TWO_YEARS + 29 * DAY).applications == 0
    assert erase_what_is_old(at=TWO_YEARS + 30 * DAY).applications == 1
    assert erase_what_is_old(at=TWO_YEARS + 31 * DAY).applications == 0


def test_who_entered_stays_a_person_and_their_application_goes(people, cohort):
    one = decided(cohort, people, "selected")
    enrolment = enrol(application=one, entry=Entry(), actor=people.actor("driss"), at=NOW)
    erase_what_is_old(at=TWO_YEARS)
    kept = Enrolment.objects.get(pk=enrolment.pk)
    assert kept.person.civil_name == "Zoé Martin"
    assert kept.application.motivation == ""


def test_guests_go_ninety_days_after_their_meeting(cohort):
    meeting = InformationMeeting.objects.create(cohort=cohort, starts_at=NOW, place="Ici", seats=3)
    MeetingGuest.objects.create(
        key=uuid.uuid4(), meeting=meeting, name="Zoé", contact="06 39 98 12 34", came=True
    )
    assert erase_what_is_old(at=NOW + 90 * DAY).guests == 0
    assert erase_what_is_old(at=NOW + 91 * DAY).guests == 1
    guest = MeetingGuest.objects.get()
    assert (guest.name, guest.contact, guest.came) == ("", "", True)


def test_a_voice_without_its_form_goes_after_two_days(cohort):
    keep_voice(cohort=cohort, key=uuid.uuid4(), content=OGG)
    somebody(cohort)
    assert erase_what_is_old(at=NOW + 2 * DAY).voices == 0
    assert erase_what_is_old(at=NOW + 2 * DAY + dt.timedelta(minutes=1)).voices == 1
    assert not Voice.objects.exists()


def test_the_command_says_what_it_erased(cohort, capsys):
    one = somebody(cohort)
    Application.objects.filter(pk=one.pk).update(created_at=NOW - 731 * DAY)
    call_command("erase_old_applications")
    assert "candidatures : 1" in capsys.readouterr().out
