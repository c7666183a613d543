"""Planning sessions: one or a series, told of what crosses, cancelled with a reason."""

import datetime as dt

import pytest
from django.core import mail

from cohorts.enums import CohortState
from cohorts.models import Cohort, Session, SessionNotice
from cohorts.rules.sessions import SlotFault, cross, instant, series_days, slot_fault
from cohorts.selectors.calendar import calendar_page, conflicts_of, hours_of
from cohorts.services.session_wishes import HalfDay, Repeat, TrainerName
from cohorts.services.sessions import cancel_session, edit_session
from ct_platform.kit.errors import Refused, Stale
from members.models import Person
from tests.cohorts.calendar_verbs import (
    AFTERNOON,
    MORNING,
    plan,
    plan_all,
    sign,
    slot_of,
    wishes,
)
from tests.factories import NOW, TODAY

D, T = dt.date, dt.time


@pytest.mark.parametrize(
    ("starts", "ends", "fault"),
    [
        (T(9), T(12), None),
        (T(9), T(9), SlotFault.BACKWARDS),
        (T(12), T(9), SlotFault.BACKWARDS),
        (T(9), T(9, 14), SlotFault.TOO_SHORT),
        (T(9), T(9, 15), None),
        (T(8), T(14), None),
        (T(8), T(14, 1), SlotFault.TOO_LONG),
        (T(3, 59), T(6), SlotFault.AT_NIGHT),
        (T(4), T(6), None),
        (T(20), T(23, 46), SlotFault.AT_NIGHT),
    ],
)
def test_a_half_day_has_hours_that_can_be(starts, ends, fault):
    assert slot_fault(starts, ends) is fault


def test_a_weekly_series_keeps_its_hour_when_the_clocks_change():
    days = series_days(D(2026, 10, 19), until=D(2026, 11, 2))
    assert days == [D(2026, 10, 19), D(2026, 10, 26), D(2026, 11, 2)]
    hours = [instant(day, T(9)).astimezone(dt.UTC).hour for day in days]
    assert hours == [7, 8, 8]
    spring = series_days(D(2027, 3, 22), until=D(2027, 3, 29))
    assert [instant(day, T(9)).astimezone(dt.UTC).hour for day in spring] == [8, 7]


def test_a_series_skips_days_and_may_go_every_other_week():
    days = series_days(
        D(2026, 11, 2), until=D(2026, 11, 30), every_weeks=2, skipped={D(2026, 11, 16)}
    )
    assert days == [D(2026, 11, 2), D(2026, 11, 30)]


def test_ending_when_the_other_begins_is_no_crossing():
    assert not cross((T(9), T(12)), (T(12), T(14)))
    assert cross((T(9), T(12)), (T(11, 59), T(14)))


def test_it_plans_a_session_with_its_half_days_and_trainer(people):
    session = plan(people)
    assert hours_of(session.slots.all()).replace("\xa0", " ") == "9 h – 12 h et 13 h 30 – 17 h"
    assert session.trainers.get().full == "Odile Ferrand, Lycée des Halles"
    assert session.is_for_all


def test_it_plans_a_series_of_sessions_of_their_own(people):
    series = plan_all(people, repeat=Repeat(D(2026, 12, 16), skipped={D(2026, 12, 9)}))
    assert [one.day for one in series] == [TODAY, D(2026, 12, 2), D(2026, 12, 16)]
    assert len({one.series_id for one in series}) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"halves": ()}, "au moins une demi-journée"),
        ({"halves": (HalfDay("morning", T(12), T(9)),)}, "après le début"),
        ({"halves": (MORNING, HalfDay("afternoon", T(11), T(15)))}, "se croisent"),
        ({"day": D(2027, 6, 1)}, "n’est pas dans la coopérative"),
    ],
)
def test_what_cannot_be_is_refused_and_plans_nothing(people, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        plan(people, **changes)
    assert not Session.objects.exists()


def test_somebody_of_another_cohort_is_not_invited(people):
    with pytest.raises(Refused, match="pas de la coopérative"):
        plan(people, invited=(people.enrolments["chloe"].pk,))
    assert not Session.objects.exists()


def test_an_archived_cohort_plans_nothing_more(people):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    people.a.cohort.refresh_from_db()
    with pytest.raises(Refused, match="archivée"):
        plan(people)


def edit(people, session, *, following=False, version=None, **changes):
    return edit_session(
        session=session,
        wishes=wishes(**changes),
        with_following=following,
        seen_version=version or session.version,
        actor=people.actor("driss"),
        at=NOW,
    )


def test_an_edit_reaches_the_following_sessions_when_asked(people):
    first, second, third = plan_all(people, repeat=Repeat(D(2026, 12, 9)))
    edit(people, second, day=second.day, place="La serre", halves=(MORNING,), following=True)
    places = [Session.objects.get(pk=one.pk).place for one in (first, second, third)]
    assert places == ["Maison de quartier", "La serre", "La serre"]
    third.refresh_from_db()
    assert third.day == D(2026, 12, 9)
    assert third.slots.count() == 1


def test_an_older_page_does_not_erase_a_newer_one(people):
    session = plan(people)
    edit(people, session, title="Premier")
    with pytest.raises(Stale):
        edit(people, session, title="Second", version=1)
    session.refresh_from_db()
    assert (session.title, session.version) == ("Premier", 2)


def test_what_was_signed_keeps_its_day_hours_and_place(people):
    session = plan(people)
    sign(people, slot_of(session))
    for changes in ({"place": "Ailleurs"}, {"halves": (AFTERNOON,)}, {"day": D(2026, 11, 26)}):
        with pytest.raises(Refused, match="ne changent plus"):
            edit(people, session, **changes)
    assert (
        edit(people, session, trainers=(TrainerName("Paul Rey"),))[0].trainers.get().name
        == "Paul Rey"
    )


def cancel(people, session, reason="La salle est fermée", following=False):
    return cancel_session(
        session=session,
        reason=reason,
        with_following=following,
        actor=people.actor("driss"),
        at=NOW,
    )


def test_a_cancelled_session_says_why_and_twice_is_quiet(people):
    session = plan(people)
    cancel(people, session)
    assert cancel(people, session) == []
    session.refresh_from_db()
    assert session.is_cancelled and session.cancel_reason == "La salle est fermée"
    with pytest.raises(Refused, match="Dites pourquoi"):
        cancel(people, plan(people), reason="  ")


def test_what_was_signed_is_not_cancelled(people):
    session = plan(people)
    sign(people, slot_of(session))
    with pytest.raises(Refused, match="elle a eu lieu"):
        cancel(people, session)
    session.refresh_from_db()
    assert not session.is_cancelled


def test_the_following_ones_are_cancelled_together_never_those_before(people):
    first, second, third = plan_all(people, repeat=Repeat(D(2026, 12, 9)))
    assert len(cancel(people, second, following=True)) == 2
    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.state, third.state) == ("planned", "cancelled")


def test_conflicts_are_told_in_sentences_and_block_nothing(people):
    plan(people, title="Réunion", kind="meeting", halves=(MORNING,))
    said = " ".join(conflicts_of(plan(people))).replace("\xa0", " ")
    assert "« Réunion » est au même endroit, 9 h – 12 h." in said
    assert "Odile Ferrand mène aussi « Réunion »" in said
    assert "2 personnes sont aussi attendues à « Réunion »" in said


def test_a_trainer_is_the_same_in_two_spellings(people):
    plan(people, title="Autre", place="Loin", trainers=(TrainerName("odile  FERRAND"),))
    assert any(
        "Odile Ferrand mène" in s or "odile FERRAND mène" in s for s in conflicts_of(plan(people))
    )


def test_other_people_another_place_or_another_time_cross_nothing(people):
    amina, bastien = people.enrolments["amina"].pk, people.enrolments["bastien"].pk
    plan(people, title="A", place="Loin", trainers=(), invited=(amina,))
    session = plan(people, title="B", trainers=(), invited=(bastien,))
    assert conflicts_of(session) == []
    later = plan(people, title="C", halves=(HalfDay("evening", T(18), T(20)),))
    assert conflicts_of(later) == []


def test_one_person_awaited_twice_is_named(people):
    amina = people.enrolments["amina"].pk
    plan(people, title="A", place="Loin", trainers=(), invited=(amina,))
    said = conflicts_of(plan(people, title="B", trainers=(), invited=(amina,)))
    assert len(said) == 1 and said[0].startswith("Amina Sarr est aussi attendu·e à « A »")


def test_sessions_of_another_territory_are_not_told(people):
    plan(people, cohort=people.b.cohort, by="dalia")
    assert conflicts_of(plan(people)) == []


def test_the_calendar_shows_whole_weeks_with_phases(people):
    cohort = people.a.cohort
    cohort.phases.create(kind="activity", starts_on=cohort.starts_on, ends_on=cohort.ends_on)
    plan(people)
    page = calendar_page(cohort, None, TODAY)
    assert page.weeks[0].monday == D(2026, 10, 26) and page.count == 1
    today = next(day for week in page.weeks for day in week.days if day.is_today)
    assert [line.session.title for line in today.lines] == ["Hygiène en cuisine"]
    assert page.weeks[0].phases[0].kind == "activity"


def test_a_cancellation_is_told_to_who_asked_and_to_nobody_else(
    people, django_capture_on_commit_callbacks
):
    from cohorts.services.agendas import choose_reminder
    from cohorts.services.session_notices import tell

    Person.objects.filter(pk=people.amina.pk).update(email="amina@exemple.test")
    people.amina.refresh_from_db()
    choose_reminder(person=people.amina, way="mail", at=NOW)
    session = plan(people)
    with django_capture_on_commit_callbacks():
        cancel(people, session)
    notice = SessionNotice.objects.get()
    assert tell(notice_id=notice.pk, at=NOW) and not tell(notice_id=notice.pk, at=NOW)
    (letter,) = mail.outbox
    assert letter.to == ["amina@exemple.test"] and "La salle est fermée" in letter.body
