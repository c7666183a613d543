"""Assemblies stand on the calendar of their cohort, in the agenda of its people and on their phones."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from cohorts.services import agendas
from cohorts.services.feeds import feed_of
from decisions.services import assemblies
from tests.factories import NOW, TODAY

DAY = TODAY + dt.timedelta(days=3)


@pytest.fixture
def assembly(people):
    return assemblies.convene(
        cohort=people.a.cohort,
        starts_at=NOW + dt.timedelta(days=3),
        place="Salle des Halles",
        points=["Le renvoi de Bastien"],
        actor=people.actor("driss"),
        at=NOW,
    )


def events_of(person) -> list:
    secret = agendas.renew_feed(person=person, at=NOW).secret
    content = feed_of(secret=secret, at=NOW)
    assert content is not None
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_it_is_on_the_calendar_and_in_the_agenda_of_its_people(people, assembly, enter):
    month = reverse("cohorts:calendar", args=[people.a.cohort.pk])
    body = enter("driss").get(month, {"mois": f"{DAY:%Y-%m}"}).content.decode()
    page = reverse("decisions:assembly", args=[assembly.pk])
    assert page in body
    assert page in enter("amina").get(reverse("cohorts:my_agenda")).content.decode()


def test_it_is_not_in_the_agenda_of_another_cohort(people, assembly, enter):
    page = reverse("decisions:assembly", args=[assembly.pk])
    assert page not in enter("chloe").get(reverse("cohorts:my_agenda")).content.decode()
    assert events_of(people.chloe) == []
    assert events_of(people.dalia) == []


def test_a_phone_gets_its_hour_and_place_but_not_its_agenda(people, assembly):
    for person in (people.amina, people.driss):
        (event,) = events_of(person)
        assert event["location"] == "Salle des Halles"
        assert event["dtstart"].dt == NOW + dt.timedelta(days=3)
        assert str(event["dtstart"].dt.tzinfo) == "Europe/Paris"
        assert "Bastien" not in event.to_ical().decode()


def test_a_cancelled_one_is_cancelled_on_phones(people, assembly, enter):
    assemblies.cancel_assembly(assembly=assembly, actor=people.actor("driss"), at=NOW)
    (event,) = events_of(people.amina)
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 2
    assert "Annulé" in enter("amina").get(reverse("cohorts:my_agenda")).content.decode()
