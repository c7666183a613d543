"""Questions are dated at the exit, move with it, and are called off when nothing is to be asked."""

import datetime as dt

import pytest

from cohorts.enums import CohortState, LeavingReason
from cohorts.enums.follow_ups import CallOffReason, FollowUpState
from cohorts.models import Cohort, Enrolment, FollowUp
from cohorts.services.cohorts import archive_cohort
from cohorts.services.enrolments import mark_left
from cohorts.services.follow_up_messages import plan_missing
from cohorts.services.follow_ups import Said, answer_by_link, note_call
from ct_platform.kit.errors import Refused
from tests import factories as make
from tests.cohorts.after.conftest import DUE, LEFT_ON, paris, question
from tests.cohorts.closing_verbs import explain
from tests.factories import NOW

D = dt.date


def rows(enrolment):
    found = FollowUp.objects.filter(enrolment=enrolment).order_by("months")
    return [(one.months, one.due_on, one.state) for one in found]


def test_an_exit_plans_three_dated_questions(leave, amina):
    leave()
    assert rows(amina) == [(months, due, "planned") for months, due in DUE.items()]


def test_a_departure_plans_them_too_before_anybody_knows_the_situation(people, amina):
    mark_left(
        enrolment=amina, left_on=LEFT_ON, reason=LeavingReason.JOB, actor=people.actor("driss"), at=NOW
    )  # fmt: skip
    assert rows(amina) == [(months, due, "planned") for months, due in DUE.items()]


def test_who_finishes_is_followed_from_the_last_day_of_the_cohort(people, amina):
    cohort = people.a.cohort
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.CLOSING)
    cohort.refresh_from_db()
    for code in ("contracts", "cape_ends", "exits", "files"):
        explain(people, code)
    archive_cohort(cohort=cohort, actor=people.actor("driss"), at=paris(D(2026, 12, 20)))
    assert rows(amina)[0] == (3, D(2027, 3, 18), "planned")


def test_a_corrected_exit_moves_the_dates_that_wait_and_leaves_what_was_answered(leave, amina):
    leave()
    answer_by_link(follow_up=question(amina), said=Said("unemployed"), at=paris(DUE[3]))
    leave(left_on=D(2026, 11, 10), reason="Le dernier jour était le 10.")
    assert [due for _months, due, _state in rows(amina)] == [
        DUE[3], D(2027, 5, 10), D(2027, 11, 10),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["death", "moved", "prevented"])
def test_a_neutralised_exit_asks_nothing_and_its_correction_asks_again(leave, amina, status):
    leave(status)
    assert {state for _m, _d, state in rows(amina)} == {FollowUpState.CALLED_OFF}
    assert question(amina).why_off == CallOffReason.NEUTRALISED
    leave("unemployed", reason="C’était une erreur.")
    assert {state for _m, _d, state in rows(amina)} == {FollowUpState.PLANNED}


def test_a_death_learnt_on_the_telephone_stops_the_questions_that_follow(people, leave, amina):
    leave()
    note_call(
        follow_up=question(amina), said=Said("death"), said_on=DUE[3], actor=people.actor("driss"),
        at=paris(DUE[3]),
    )  # fmt: skip
    assert [state for _m, _d, state in rows(amina)] == ["planned", "called_off", "called_off"]


def test_the_nightly_sweep_plans_what_was_never_planned_once(people):
    gael = people.enrolments["gael"]  # left before this room existed
    assert plan_missing(at=NOW) == 1 and plan_missing(at=NOW) == 0
    assert next(due for _m, due, _s in rows(gael)) == D(2027, 1, 1)


def test_an_old_departure_is_left_in_peace(people):
    assert plan_missing(at=paris(D(2028, 1, 10))) == 0


def test_who_came_back_in_another_cohort_of_the_operation_is_followed_from_their_last_exit(
    people, leave, amina
):
    leave()
    Cohort.objects.filter(pk=amina.cohort_id).update(operation="DÉMO-1")
    again = make.CohortFactory(
        territory=people.a.territory, host=people.a.host, operation="DÉMO-1",
        starts_on=D(2027, 1, 11), ends_on=D(2027, 5, 7),
    )  # fmt: skip
    assert FollowUp.objects.of_last_stays().filter(enrolment=amina).count() == 3
    second = make.EnrolmentFactory(cohort=again, person=amina.person)
    assert not FollowUp.objects.of_last_stays().filter(enrolment=amina).exists()

    Enrolment.objects.filter(pk=second.pk).update(state="selected")
    assert FollowUp.objects.of_last_stays().filter(enrolment=amina).count() == 3
    Enrolment.objects.filter(pk=second.pk).update(state="active")
    Cohort.objects.filter(pk=again.pk).update(operation="DÉMO-2")
    assert FollowUp.objects.of_last_stays().filter(enrolment=amina).count() == 3


def test_a_called_off_question_takes_no_answer(people, leave, amina):
    leave("moved")
    with pytest.raises(Refused):
        note_call(
            follow_up=question(amina), said=Said("unemployed"), said_on=DUE[3],
            actor=people.actor("driss"), at=paris(DUE[3]),
        )  # fmt: skip
