"""Events: planned, moved, cancelled; on the calendar, in each agenda, on phones, on the public page."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from icalendar import Calendar

from cohorts.models import Event
from cohorts.selectors.calendar import conflicts_of as conflicts_of_session
from cohorts.selectors.event_days import moment_of, public_events
from cohorts.selectors.events import conflicts_of
from cohorts.services import agendas
from cohorts.services.events import edit_event
from cohorts.services.feeds import feed_of
from ct_platform.kit.clock import NBSP
from ct_platform.kit.errors import Refused, Stale
from tests.cohorts.calendar_verbs import plan
from tests.cohorts.event_verbs import (
    SATURDAY,
    add,
    answer,
    cancel,
    event_wishes,
    hold,
    invited,
    move,
    said,
)
from tests.factories import NOW, TODAY


def typed(**changes: object) -> dict[str, object]:
    return {
        "submission_key": str(uuid.uuid4()), "kind": "inauguration", "title": "Inauguration du local",
        "day": "2026-11-28", "half": "", "starts": "17:00", "ends": "19:30", "place": "3 rue des Lilas",
        "description": "Venez.", **changes,
    }  # fmt: skip


def test_a_double_tap_plans_one_event(people, enter):
    sent = typed(organisers=[str(people.enrolments["amina"].pk)])
    driss = enter("driss")
    for _tap in range(2):
        answer = driss.post(reverse("cohorts:plan_event", args=[people.a.cohort.pk]), sent)
    event = Event.objects.get()
    assert answer.headers["Location"] == reverse(
        "cohorts:event", args=[people.a.cohort.pk, event.pk]
    )
    assert event.starts_at == dt.datetime(2026, 11, 28, 16, 0, tzinfo=dt.UTC)
    assert [one.person.first_name for one in event.organisers.all()] == ["Amina"]


def test_a_half_day_needs_no_hours(people):
    event = hold(people, half="morning", starts=None, ends=None)
    assert (moment_of(event), event.hours) == ("le matin", (dt.time(9), dt.time(12)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": None, "ends": None}, "half"),
        ({"half": "morning"}, "half"),
        ({"starts": dt.time(18), "ends": dt.time(17)}, "ends"),
        ({"starts": dt.time(2), "ends": dt.time(5)}, "ends"),
        ({"day": dt.date(2030, 1, 1)}, "day"),
    ],
)
def test_moments_that_cannot_be_are_refused(people, changes, field):
    with pytest.raises(Refused) as refusal:
        hold(people, **changes)
    assert refusal.value.field == field
    assert not Event.objects.exists()


def test_an_organiser_of_another_cohort_is_refused(people):
    with pytest.raises(Refused):
        hold(people, organisers=(people.enrolments["chloe"].pk,))


def test_on_the_day_clocks_change_the_hours_stay_those_on_the_poster(people):
    event = hold(people, day=dt.date(2026, 10, 25))
    assert (
        event.starts_at.astimezone(dt.UTC).hour == 9
    )  # ten in Paris, in winter time since the night
    assert event.ends_at - event.starts_at == dt.timedelta(hours=7)


def test_an_event_stands_on_the_calendar_in_the_agenda_and_in_feeds(people, enter):
    event = hold(people)
    calendar = enter("driss").get(reverse("cohorts:calendar", args=[people.a.cohort.pk]))
    assert "Marché de Noël" in calendar.content.decode()
    assert "Marché de Noël" in enter("amina").get(reverse("cohorts:my_agenda")).content.decode()
    assert "Marché de Noël" not in enter("chloe").get(reverse("cohorts:my_agenda")).content.decode()
    for name in ("amina", "driss"):
        agenda = agendas.renew_feed(person=getattr(people, name), at=NOW)
        [found] = Calendar.from_ical(feed_of(secret=agenda.secret, at=NOW)).walk("VEVENT")
        assert found["summary"] == "Marché de Noël" and found["dtstart"].dt == event.starts_at
    for name in ("gael", "chloe", "dalia"):
        agenda = agendas.renew_feed(person=getattr(people, name), at=NOW)
        assert Calendar.from_ical(feed_of(secret=agenda.secret, at=NOW)).walk("VEVENT") == []


def test_a_cancelled_event_stays_in_the_agenda_with_its_reason_and_is_cancelled_in_the_feed(
    people, enter
):
    event = hold(people)
    cancel(people, event)
    page = enter("amina").get(reverse("cohorts:my_agenda")).content.decode()
    assert "Annulé" in page and "Il neige." in page
    agenda = agendas.renew_feed(person=people.amina, at=NOW)
    [found] = Calendar.from_ical(feed_of(secret=agenda.secret, at=NOW)).walk("VEVENT")
    assert (found["status"], found["sequence"]) == ("CANCELLED", 2)


def test_a_session_at_the_same_hours_is_told_and_not_in_the_way(people):
    plan(people, day=SATURDAY)
    event = hold(people)
    [sentence] = conflicts_of(event)
    assert sentence.replace(NBSP, " ") == (
        "Le groupe est aussi attendu à « Hygiène en cuisine », 9 h – 12 h et 13 h 30 – 17 h."
    )
    assert conflicts_of(hold(people, half="evening", starts=None, ends=None)) == []


def test_a_session_planned_across_an_event_is_told_so(people):
    hold(people)
    hold(people, title="Ailleurs", cohort=people.b.cohort, by="dalia")
    [sentence] = conflicts_of_session(plan(people, day=SATURDAY))
    assert "« Marché de Noël »" in sentence


def test_the_public_page_shows_what_is_ticked_and_nobody_s_name(people, client):
    hold(people, title="Secret")
    event = hold(people, is_public=True, organisers=(people.enrolments["amina"].pk,))
    add(people, event, said("Rose Martin", organisation="Les Halles"))
    page = client.get(reverse("cohorts:cooperative", args=[people.a.cohort.pk])).content.decode()
    assert "Marché de Noël" in page and "Place des Halles" in page and "Nos bouquets" in page
    for word in ("Secret", "Amina", "Rose", "Les Halles"):
        assert word not in page
    cancel(people, event)
    assert public_events(people.a.cohort, TODAY) == []


def test_an_older_page_erases_nothing(people):
    event = hold(people)
    move(people, event, place="Ailleurs")
    with pytest.raises(Stale):
        edit_event(
            event=event, wishes=event_wishes(title="Vieux"), seen_version=1,
            actor=people.actor("driss"), at=NOW,
        )  # fmt: skip
    event.refresh_from_db()
    assert (event.title, event.place) == ("Marché de Noël", "Ailleurs")


def test_what_took_place_moves_no_more_but_its_words_may_be_mended(people):
    event = hold(people, day=TODAY - dt.timedelta(days=2))
    with pytest.raises(Refused):
        move(people, event)
    move(people, event, day=TODAY - dt.timedelta(days=2), title="Le marché")
    with pytest.raises(Refused):
        cancel(people, event)
    event.refresh_from_db()
    assert event.title == "Le marché" and not event.is_cancelled


def test_cancelling_twice_is_quiet_and_needs_a_reason(people):
    event = hold(people)
    with pytest.raises(Refused):
        cancel(people, event, reason="  ")
    cancel(people, event)
    assert cancel(people, event, reason="Autre") == 0
    event.refresh_from_db()
    assert event.cancel_reason == "Il neige."


def test_the_group_reads_who_comes_and_no_address(people, enter):
    event = hold(people, organisers=(people.enrolments["bastien"].pk,))
    answer(invited(people, event, organisation="Les Halles", phone="+33639980012"), count=3)
    answer(invited(people, event, "Omar Silence", email="omar@exemple.test"), "no")
    page = enter("amina").get(reverse("cohorts:my_event", args=[event.pk])).content.decode()
    assert "3 personnes viennent." in page and "Rose Martin" in page and "Les Halles" in page
    for word in ("Omar", "rose@exemple.test", "06 39 98 00 12"):
        assert word not in page


@pytest.mark.parametrize(
    ("name", "status"), [("dalia", 404), ("helene", 404), ("elsa", 404), ("amina", 403)]
)
def test_near_misses_open_no_page_of_the_coordination(people, enter, name, status):
    event = hold(people)
    address = reverse("cohorts:event", args=[people.a.cohort.pk, event.pk])
    assert enter(name).get(address).status_code == status
    address = reverse("cohorts:cancel_event", args=[people.a.cohort.pk, event.pk])
    assert enter(name).post(address, {"reason": "x"}).status_code == status
    event.refresh_from_db()
    assert not event.is_cancelled
