"""A guest answers by a link, without an account; who organises notes who came."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.models import EventGuest
from cohorts.selectors.events import event_page
from cohorts.services import event_guests
from ct_platform.kit.errors import Refused
from tests.cohorts.event_verbs import SATURDAY, answer, cancel, hold, invited, move, path_of
from tests.factories import NOW, TODAY

DAY = dt.timedelta(days=1)
AFTER = NOW + 4 * DAY


@pytest.fixture
def event(people):
    return hold(people)


def reply(client, guest, **changes):
    sent = {"submission_key": str(uuid.uuid4()), "answer": "yes", "people": "2", **changes}
    return client.post(path_of(guest), sent)


def test_a_guest_answers_without_an_account_and_changes_their_mind(people, event, client):
    guest = invited(people, event)
    page = client.get(path_of(guest))
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert EventGuest.objects.get(pk=guest.pk).answer == ""  # a visit answers nothing
    for _tap in range(2):
        assert reply(client, guest).status_code == 302
    guest.refresh_from_db()
    assert (guest.answer, guest.people, guest.answered_by) == ("yes", 2, "link")
    assert "vous venez" in client.get(path_of(guest)).content.decode()
    reply(client, guest, answer="no", people="")
    guest.refresh_from_db()
    assert (guest.answer, guest.people) == ("no", 0)


@pytest.mark.parametrize("count", ["0", "", "mille"])
def test_who_does_not_come_may_write_any_number(people, event, client, count):
    guest = invited(people, event)
    assert reply(client, guest, answer="no", people=count).status_code == 302
    guest.refresh_from_db()
    assert (guest.answer, guest.people) == ("no", 0)


def test_after_a_move_the_link_asks_again_with_nothing_said_for_them(people, event, client):
    guest = invited(people, event)
    answer(guest, count=2)
    move(people, event, day=SATURDAY + DAY)
    page = client.get(path_of(guest)).content.decode()
    assert "Vous aviez répondu pour le 28 novembre" in page and "checked" not in page


@pytest.mark.parametrize("count", ["0", "31", "mille", "-2"])
def test_a_number_that_cannot_be_is_refused(people, event, client, count):
    guest = invited(people, event)
    assert reply(client, guest, people=count).status_code == 200
    guest.refresh_from_db()
    assert guest.answer == ""


def test_the_link_opens_nothing_once_the_event_is_over(people, client):
    past = hold(people, day=TODAY - DAY)
    guest = EventGuest.objects.create(
        event=past, kind="firm", name="Rose", name_key="rose", added_by=people.driss
    )
    assert client.get(path_of(guest)).status_code == 410
    assert reply(client, guest).status_code == 410
    guest.refresh_from_db()
    assert guest.answer == ""


def test_answering_after_the_cancellation_is_told_and_changes_nothing(people, event, client):
    guest = invited(people, event)
    cancel(people, event)
    page = reply(client, guest)
    assert page.status_code == 410 and "Cet événement est annulé." in page.content.decode()
    guest.refresh_from_db()
    assert guest.answer == ""


def test_a_link_of_another_guest_answers_nothing_and_guessing_is_slowed_down(people, event, client):
    guest, other = invited(people, event), invited(people, event, "Omar", email="omar@exemple.test")
    stolen = reverse("cohorts:invitation", args=[other.pk, path_of(guest).split("/")[-2]])
    for _try in range(20):
        assert client.get(stolen).status_code == 404
    assert client.get(stolen).status_code == 429
    assert len(path_of(guest).split("/")[-2]) == 32  # 128 bits


def test_a_robot_that_fills_the_trap_answers_nothing(people, event, client):
    guest = invited(people, event)
    reply(client, guest, site="http://exemple.test")
    guest.refresh_from_db()
    assert guest.answer == ""


def test_an_answer_said_aloud_is_noted_for_them(people, event, enter):
    guest = invited(people, event)
    address = reverse("cohorts:note_answer", args=[event.cohort_id, event.pk, guest.pk])
    assert enter("dalia").post(address, {"answer": "yes"}).status_code == 404
    assert enter("amina").post(address, {"answer": "yes"}).status_code == 403
    enter("driss").post(address, {"answer": "yes", "people": "4"})
    guest.refresh_from_db()
    assert (guest.people, guest.answered_by) == (4, "noted")


# --- the day


def test_who_came_is_ticked_on_the_day_with_how_many(people, event, enter):
    rose, omar = invited(people, event), invited(people, event, "Omar", email="omar@exemple.test")
    came = {"event": event, "came": {rose.pk: 3}, "actor": people.actor("driss")}
    with pytest.raises(Refused):
        event_guests.note_who_came(**came, at=NOW)
    event_guests.note_who_came(**came, at=event.starts_at)
    for one in (rose, omar):
        one.refresh_from_db()
    assert (rose.came, rose.came_people, omar.came, omar.came_people) == (True, 3, False, 0)
    event_guests.note_who_came(**came | {"came": {omar.pk: 1}}, at=event.starts_at)
    assert event_page(event, AFTER).came == 1


def test_who_organises_ticks_at_the_door_on_a_phone_and_others_do_not(people, enter):
    event = hold(people, day=TODAY, organisers=(people.enrolments["amina"].pk,))
    guest = invited(people, event)
    address = reverse("cohorts:tick_guests", args=[event.pk])
    sent = {f"came-{guest.pk}": "on", f"people-{guest.pk}": "2"}
    for name, status in (("bastien", 403), ("chloe", 404), ("helene", 404)):
        assert enter(name).post(address, sent).status_code == status
    guest.refresh_from_db()
    assert guest.came is None
    assert enter("amina").post(address, sent).status_code == 302
    guest.refresh_from_db()
    assert (guest.came, guest.came_people) == (True, 2)
