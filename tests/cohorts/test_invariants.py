"""What `check_consistency` says of cohorts."""

import datetime as dt

from cohorts.models import (
    Application,
    Attendance,
    Cohort,
    Contract,
    Enrolment,
    FollowUp,
    FollowUpMessage,
    Phase,
    Session,
)
from cohorts.services.follow_ups import plan as plan_questions
from ct_platform.kit.invariants import all_invariants
from tests import factories as make
from tests.cohorts.applying import decided, recruiting_cohort, somebody
from tests.cohorts.calendar_verbs import note, plan, sign, slot_of
from tests.factories import NOW, TODAY


def breaches() -> list[str]:
    return [
        sentence
        for invariant in all_invariants()
        if invariant.code.startswith("cohorts.")
        for sentence in invariant.check()
    ]


def test_a_sound_house_says_nothing(people):
    assert breaches() == []


def test_each_breach_is_a_sentence(people):
    cohort = people.a.cohort
    Phase.objects.create(
        cohort=cohort,
        kind="closing",
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on + dt.timedelta(1),
    )
    Contract.objects.filter(enrolment=people.enrolments["amina"]).update(ends_on="2027-09-07")
    Enrolment.objects.filter(pk=people.enrolments["gael"].pk).update(left_on="2026-09-06")
    Cohort.objects.filter(pk=people.b.cohort.pk).update(ends_on="2026-11-28")
    said = breaches()
    assert any("dure 83 jours" in one for one in said)
    assert any("phase closing" in one for one in said)
    assert any("plus de douze mois" in one for one in said)
    assert any("hors de la cohorte" in one for one in said)


def test_attendance_that_contradicts_itself_is_said(people):
    slot = slot_of(plan(people))
    sign(people, slot)
    assert breaches() == []
    Attendance.objects.all().delete()
    other = plan(people)
    note(people, slot_of(other), "amina", "present")
    Attendance.objects.update(way="phone")
    slot.session.slots.update(starts="14:00", ends="17:30")
    other.slots.filter(half="afternoon").delete()
    Session.objects.create(
        cohort=people.a.cohort, kind="meeting", title="Vide", place="Ici", day=TODAY,
        created_by=people.driss,
    )  # fmt: skip
    said = " ".join(breaches())
    for words in (
        "n’a pas de présence",
        "se dit signée",
        "hors de sa demi-journée",
        "n’a pas de demi-journée",
    ):
        assert words in said, words


def test_breaches_of_recruiting_are_sentences_too(people):
    cohort = recruiting_cohort(people)
    Cohort.objects.filter(pk=cohort.pk).update(
        programme=make.ProgrammeFactory(organisation=people.b.host, code="autre")
    )
    Application.objects.filter(pk=somebody(cohort).pk).update(erased_at=NOW)
    one = decided(cohort, people, "selected", first_name="Lina")
    Application.objects.filter(pk=one.pk).update(enrolment=people.enrolments["chloe"])
    said = breaches()
    assert any("autre coopérative hôte" in sentence for sentence in said)
    assert any("dit encore quelque chose" in sentence for sentence in said)
    assert any("mène à une autre cohorte" in sentence for sentence in said)


def test_a_message_without_consent_a_missing_question_and_crossed_absences_are_said(people):
    gael = people.enrolments["gael"]
    plan_questions(enrolment=gael, by_person_id=None, at=NOW)
    assert breaches() == []
    row = FollowUp.objects.get(enrolment=gael, months=3)
    FollowUpMessage.objects.create(
        follow_up=row, kind="ask", way="sms", due_on=row.due_on, status="done", sent_at=NOW
    )
    FollowUp.objects.get(enrolment=gael, months=6).delete()
    Enrolment.objects.filter(pk=gael.pk).update(away=[["2026-10-20", "2026-10-10", "job"]])
    said = " ".join(breaches())
    for words in ("parti sans accord", "trois questions", "se contredisent"):
        assert words in said
