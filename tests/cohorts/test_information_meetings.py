"""Information meetings: announced, signed up to from the public page, attended, called off."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.models import InformationMeeting, MeetingGuest
from cohorts.services.meetings import call_meeting, call_off, note_who_came, sign_up
from ct_platform.kit.errors import Refused
from tests.cohorts.applying import recruiting_cohort
from tests.factories import NOW

TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people)


@pytest.fixture
def meeting(cohort):
    return call_meeting(
        cohort=cohort, starts_at=TOMORROW, place="Salle des Halles", seats=2, at=NOW
    )


def signed(meeting, name: str, contact: str = "") -> MeetingGuest:
    return sign_up(meeting=meeting, key=uuid.uuid4(), name=name, contact=contact, at=NOW)


def test_it_is_announced_on_the_public_page_and_a_double_tap_announces_one(cohort, enter, client):
    sent = {
        "submission_key": str(uuid.uuid4()), "day": "2026-12-03", "hour": "18:30",
        "place": "Maison de quartier, 3 rue des Lilas", "seats": "20",
    }  # fmt: skip
    for _tap in range(2):
        enter("driss").post(reverse("cohorts:meetings", args=[cohort.pk]), sent)
    found = InformationMeeting.objects.get()
    assert found.starts_at == dt.datetime(2026, 12, 3, 17, 30, tzinfo=dt.UTC)
    page = client.get(reverse("cohorts:cooperative", args=[cohort.pk])).content.decode()
    assert "Maison de quartier" in page
    assert "20 places" in page


def test_an_hour_that_is_past_is_refused(cohort, enter):
    sent = {
        "submission_key": str(uuid.uuid4()),
        "day": "2026-11-24",
        "hour": "18:30",
        "place": "Ici",
        "seats": "2",
    }
    answer = enter("driss").post(reverse("cohorts:meetings", args=[cohort.pk]), sent)
    assert "déjà passée" in answer.context["form"].errors["day"][0]
    assert not InformationMeeting.objects.exists()


def test_a_stranger_signs_up_and_a_double_tap_keeps_one_seat(client, cohort, meeting):
    page = reverse("cohorts:sign_up", args=[cohort.pk, meeting.pk])
    sent = {"submission_key": str(uuid.uuid4()), "name": "Zoé", "contact": "06 39 98 12 34"}
    for _tap in range(2):
        assert "Votre place est gardée" in client.post(page, sent).content.decode()
    client.post(page, sent | {"submission_key": str(uuid.uuid4())})
    assert MeetingGuest.objects.count() == 1


def test_a_full_meeting_takes_nobody_more(client, cohort, meeting):
    signed(meeting, "Zoé")
    signed(meeting, "Omar")
    page = reverse("cohorts:sign_up", args=[cohort.pk, meeting.pk])
    answer = client.post(page, {"submission_key": str(uuid.uuid4()), "name": "Rosa"})
    assert "complète" in answer.content.decode()
    assert MeetingGuest.objects.count() == 2
    assert (
        "Complète" in client.get(reverse("cohorts:cooperative", args=[cohort.pk])).content.decode()
    )


def test_a_meeting_that_is_past_or_called_off_takes_nobody(meeting):
    with pytest.raises(Refused, match="déjà eu lieu"):
        sign_up(meeting=meeting, key=uuid.uuid4(), name="Zoé", contact="", at=TOMORROW)
    for _tap in range(2):
        call_off(meeting=meeting, at=NOW)
    with pytest.raises(Refused, match="n’aura pas lieu"):
        signed(meeting, "Zoé")
    assert not MeetingGuest.objects.exists()


def test_the_meeting_of_another_cohort_is_not_found(client, people, meeting):
    page = reverse("cohorts:sign_up", args=[people.a.cohort.pk, meeting.pk])
    assert client.get(page).status_code == 404


def test_a_filled_trap_keeps_no_seat(client, cohort, meeting):
    page = reverse("cohorts:sign_up", args=[cohort.pk, meeting.pk])
    sent = {"submission_key": str(uuid.uuid4()), "name": "Robot", "site": "x"}
    assert "Laissez vide" in client.post(page, sent).content.decode()
    assert not MeetingGuest.objects.exists()


def test_who_came_is_ticked_once_it_began(cohort, meeting, enter):
    zoe, omar = signed(meeting, "Zoé"), signed(meeting, "Omar")
    with pytest.raises(Refused, match="pas encore commencé"):
        note_who_came(meeting=meeting, came=[zoe.pk], at=NOW)
    note_who_came(meeting=meeting, came=[zoe.pk], at=TOMORROW)
    zoe.refresh_from_db()
    omar.refresh_from_db()
    assert (zoe.came, omar.came) == (True, False)


def test_only_its_coordinator_sees_who_comes(cohort, meeting, enter):
    signed(meeting, "Zoé Martin")
    page = reverse("cohorts:meeting", args=[cohort.pk, meeting.pk])
    assert "Zoé Martin" in enter("driss").get(page).content.decode()
    for name, status in (("dalia", 404), ("elsa", 403), ("helene", 403)):
        assert enter(name).get(page).status_code == status
