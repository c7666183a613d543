"""From draft to archive, by buttons."""

import pytest
from django.urls import reverse

from cohorts.enums import COHORT_ALLOWED, CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.models import TransitionLog
from tests.cohorts.closing_verbs import explain_all


def at_state(cohort: Cohort, state: str) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(state=state)


def push(client, cohort: Cohort, to: str):
    return client.post(reverse("cohorts:step", args=[cohort.pk]), {"to": to})


def state_of(cohort: Cohort) -> str:
    return Cohort.objects.values_list("state", flat=True).get(pk=cohort.pk)


def test_it_walks_the_whole_life_and_logs_each_step(people, enter):
    client, cohort = enter("driss"), people.a.cohort
    at_state(cohort, CohortState.DRAFT)
    Cohort.objects.filter(pk=cohort.pk).update(ends_on="2026-11-30")
    for to in (CohortState.RECRUITING, CohortState.RUNNING, CohortState.CLOSING):
        push(client, cohort, to)
        assert state_of(cohort) == to
    Cohort.objects.filter(pk=cohort.pk).update(ends_on="2026-11-25")
    explain_all(people)
    push(client, cohort, CohortState.ARCHIVED)
    assert state_of(cohort) == CohortState.ARCHIVED
    logged = TransitionLog.objects.filter(model="cohorts.cohort", row_id=cohort.pk)
    assert [(row.old, row.new) for row in logged] == [
        ("draft", "recruiting"), ("recruiting", "running"), ("running", "closing"), ("closing", "archived")
    ]  # fmt: skip
    assert {row.by_person_id for row in logged} == {people.driss.pk}


def test_archiving_completes_who_was_still_in(people, enter):
    at_state(people.a.cohort, CohortState.CLOSING)
    Cohort.objects.filter(pk=people.a.cohort.pk).update(ends_on="2026-11-25")
    explain_all(people)
    push(enter("driss"), people.a.cohort, CohortState.ARCHIVED)
    states = dict(Enrolment.objects.of_cohort(people.a.cohort.pk).values_list("person_id", "state"))
    assert states[people.amina.pk] == EnrolmentState.COMPLETED
    assert states[people.gael.pk] == EnrolmentState.LEFT


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("amina", 403), ("helene", 403), ("elsa", 403), ("nora", 403)],
)
def test_nobody_else_moves_it(people, enter, name, status):
    assert push(enter(name), people.a.cohort, CohortState.CLOSING).status_code == status
    assert state_of(people.a.cohort) == CohortState.RUNNING


def test_a_get_moves_nothing(people, enter):
    assert enter("driss").get(reverse("cohorts:step", args=[people.a.cohort.pk])).status_code == 405


@pytest.mark.parametrize("old", CohortState.values)
@pytest.mark.parametrize("new", CohortState.values)
def test_only_the_table_of_transitions_is_walked(people, enter, old, new):
    explain_all(people)
    at_state(people.a.cohort, old)
    Cohort.objects.filter(pk=people.a.cohort.pk).update(ends_on="2026-11-25")
    push(enter("driss"), people.a.cohort, new)
    assert state_of(people.a.cohort) == (new if new in COHORT_ALLOWED[old] else old)


def test_a_double_tap_is_quiet(people, enter):
    client = enter("driss")
    push(client, people.a.cohort, CohortState.CLOSING)
    assert push(client, people.a.cohort, CohortState.CLOSING).status_code == 302
    assert TransitionLog.objects.filter(model="cohorts.cohort").count() == 1


def test_nothing_is_archived_before_its_last_day(people, enter):
    at_state(people.a.cohort, CohortState.CLOSING)
    client = enter("driss")
    answer = client.post(
        reverse("cohorts:step", args=[people.a.cohort.pk]),
        {"to": CohortState.ARCHIVED},
        follow=True,
    )
    assert "va jusqu’au 18 décembre 2026" in answer.content.decode()
    assert state_of(people.a.cohort) == CohortState.CLOSING


def test_nothing_starts_empty(people, enter):
    at_state(people.a.cohort, CohortState.RECRUITING)
    for key in ("amina", "bastien"):
        Enrolment.objects.filter(pk=people.enrolments[key].pk).update(
            state=EnrolmentState.LEFT, left_on="2026-10-01"
        )
    push(enter("driss"), people.a.cohort, CohortState.RUNNING)
    assert state_of(people.a.cohort) == CohortState.RECRUITING


def test_an_unknown_step_is_no_page(people, enter):
    assert push(enter("driss"), people.a.cohort, "elsewhere").status_code == 404
