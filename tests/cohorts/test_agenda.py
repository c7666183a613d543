"""One's own agenda: a secret calendar for the phone, reminders for who asked, once each."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from cohorts.models import Agenda, Session, SessionNotice
from cohorts.services import agendas, session_notices
from cohorts.services.feeds import feed_of
from cohorts.services.sessions import cancel_session
from ct_platform.kit.errors import Refused
from members.services.sign_in import close_account
from members.sms import MemorySms
from tests.cohorts.calendar_verbs import Repeat, paris, plan, plan_all, sign, slot_of
from tests.factories import NOW, TODAY

EVE = paris(17, 5)


def events(people, name="amina"):
    agenda = agendas.renew_feed(person=getattr(people, name), at=NOW)
    content = feed_of(secret=agenda.secret, at=NOW)
    assert content is not None
    return Calendar.from_ical(content).walk("VEVENT"), content.decode()


def test_the_feed_carries_hours_in_paris_and_nobody_s_name(people):
    session = plan(people)
    found, text = events(people)
    assert [str(one["summary"]) for one in found] == ["Hygiène en cuisine"] * 2
    assert (
        found[0]["dtstart"].dt == paris(9) and found[0]["dtstart"].params["TZID"] == "Europe/Paris"
    )
    assert "BEGIN:VTIMEZONE" in text
    for word in ("Odile", "Amina", "Sarr", "Bastien", "Driss"):
        assert word not in text
    assert session.place in text


def test_a_series_stays_at_nine_in_the_feed_when_clocks_change(people):
    plan_all(people, day=dt.date(2026, 10, 19), repeat=Repeat(dt.date(2026, 10, 26)))
    starts = sorted(one["dtstart"].dt for one in events(people)[0])
    assert [one.hour for one in starts] == [9, 13, 9, 13]
    assert [one.astimezone(dt.UTC).hour for one in starts] == [7, 11, 8, 12]


def test_a_cancelled_session_is_cancelled_in_the_feed_without_its_reason(people):
    session = plan(people)
    cancel_session(
        session=session, reason="Odile est malade", with_following=False,
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    found, text = events(people)
    assert {str(one["status"]) for one in found} == {"CANCELLED"}
    assert found[0]["sequence"] == 2 and "malade" not in text


def test_the_feed_is_of_one_s_own_sessions(people):
    plan(people, invited=(people.enrolments["bastien"].pk,))
    plan(people, cohort=people.b.cohort, by="dalia")
    assert events(people, "amina")[0] == []
    assert len(events(people, "bastien")[0]) == 2
    assert len(events(people, "driss")[0]) == 2  # the coordinator follows the territory
    assert len(events(people, "dalia")[0]) == 2


def test_the_secret_has_128_bits_is_stored_nowhere_in_clear_and_is_renewed(people, client):
    plan(people)
    first = agendas.renew_feed(person=people.amina, at=NOW).secret
    agenda = Agenda.objects.get()
    assert len(first) >= 22 and first not in agenda.sealed_secret + agenda.secret_index
    address = reverse("cohorts:feed", args=[first])
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    second = agendas.renew_feed(person=people.amina, at=NOW).secret
    assert client.get(address).status_code == 404
    assert client.get(reverse("cohorts:feed", args=[second])).status_code == 200
    agendas.close_feed(person=people.amina)
    agendas.close_feed(person=people.amina)
    assert client.get(reverse("cohorts:feed", args=[second])).status_code == 404


def test_the_feed_closes_with_the_account(people, client):
    plan(people)
    address = reverse("cohorts:feed", args=[agendas.renew_feed(person=people.driss, at=NOW).secret])
    assert client.get(address).status_code == 200
    close_account(user=people.user("driss"))
    assert client.get(address).status_code == 404


def test_guessing_addresses_is_slowed_down(people, client):
    for _attempt in range(30):
        assert client.get(reverse("cohorts:feed", args=["x"])).status_code == 404
    assert client.get(reverse("cohorts:feed", args=["x"])).status_code == 429


@pytest.fixture
def tomorrow(people) -> Session:
    type(people.amina).objects.filter(pk=people.amina.pk).update(
        email="amina@exemple.test", phone="+33639981234"
    )
    people.amina.refresh_from_db()
    return plan(people, day=TODAY + dt.timedelta(days=1))


def remind(people, at=EVE):
    written = session_notices.remind_due(at=at)
    for key in SessionNotice.objects.values_list("pk", flat=True):
        session_notices.tell(notice_id=key, at=at)
    return written


def test_nobody_is_reminded_who_did_not_ask(people, tomorrow):
    assert remind(people) == 0 and mail.outbox == []


def test_who_asked_is_reminded_the_day_before_once(people, tomorrow):
    agendas.choose_reminder(person=people.amina, way="mail", at=NOW)
    assert remind(people, at=paris(16, 59)) == 0
    assert remind(people) == 1
    assert remind(people, at=paris(19)) == 0
    (letter,) = mail.outbox
    assert letter.to == ["amina@exemple.test"] and "Maison de quartier" in letter.body


def test_by_sms_where_sms_leave(people, tomorrow, settings):
    with pytest.raises(Refused, match="SMS ne partent pas"):
        settings.SMS_BACKEND = "members.sms.ConsoleSms"
        agendas.choose_reminder(person=people.amina, way="sms", at=NOW)
    settings.SMS_BACKEND = "members.sms.MemorySms"
    MemorySms.outbox.clear()
    agendas.choose_reminder(person=people.amina, way="sms", at=NOW)
    remind(people)
    ((to, text),) = MemorySms.outbox
    assert to == "+33639981234" and "Hygiène en cuisine" in text and len(text) < 160


def test_without_an_address_there_is_nothing_to_choose(people):
    with pytest.raises(Refused, match="pas d’e-mail"):
        agendas.choose_reminder(person=people.bastien, way="mail", at=NOW)
    assert not Agenda.objects.exists()


def test_who_changed_their_mind_moved_or_cancelled_is_not_written_to(people, tomorrow):
    agendas.choose_reminder(person=people.amina, way="mail", at=NOW)
    session_notices.remind_due(at=EVE)
    key = SessionNotice.objects.get().pk
    Session.objects.filter(pk=tomorrow.pk).update(day=TODAY + dt.timedelta(days=2))
    assert not session_notices.tell(notice_id=key, at=EVE)
    assert mail.outbox == []


def test_my_agenda_says_why_a_session_is_cancelled_and_offers_to_sign(people, enter):
    gone = plan(people, title="Jardin", day=TODAY + dt.timedelta(days=1))
    cancel_session(
        session=gone, reason="Il gèle", with_following=False, actor=people.actor("driss"), at=NOW
    )
    session = plan(people)
    amina = enter("amina")
    page = amina.get(reverse("cohorts:my_agenda")).content.decode()
    assert "Il gèle" in page and "Signe ta présence" in page
    sign(people, slot_of(session))
    assert "Signe ta présence" not in amina.get(reverse("cohorts:my_agenda")).content.decode()


def test_the_choice_is_made_on_the_page(people, enter):
    type(people.amina).objects.filter(pk=people.amina.pk).update(email="amina@exemple.test")
    amina = enter("amina")
    amina.post(reverse("cohorts:choose_reminder"), {"way": "mail"})
    assert Agenda.objects.get().remind_by == "mail"
    amina.post(reverse("cohorts:choose_reminder"), {"way": ""})
    assert Agenda.objects.get().remind_by == ""
