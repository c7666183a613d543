"""The last place goes to one person: PostgreSQL only, SQLite serialises writers."""

import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from projects.models import Task, TaskSignUp, WorkEntry
from projects.services import tasks, work
from tests import factories as make
from tests import personas
from tests.at_once import together
from tests.factories import NOW
from tests.task_world import a_task, join

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("places", [1, 3, 7])
def test_exactly_as_many_come_as_there_are_places(people, places):
    task = a_task(people, needed=places)
    several = [make.EnrolmentFactory(cohort=people.a.cohort) for _n in range(12)]
    actor = people.actor("amina")

    answers = together(
        *(
            lambda one=one: tasks.join_task(task=task, enrolment=one, actor=actor, at=NOW)
            for one in several
        )
    )

    task.refresh_from_db()
    signed = TaskSignUp.objects.filter(task=task, state="signed").count()
    assert (task.taken, signed) == (places, places)
    assert sum(isinstance(one, Refused) for one in answers) == 12 - places


def test_one_person_tapping_from_two_phones_takes_one_place(people):
    task = a_task(people)
    answers = together(*(lambda: join(people, task, "amina") for _n in range(4)))
    task.refresh_from_db()
    assert {one.pk for one in answers} == {TaskSignUp.objects.get().pk} and task.taken == 1


def test_coming_and_going_at_once_keeps_the_count(people):
    task = a_task(people, needed=2)
    join(people, task, "amina")
    own = {name: people.enrolments[name] for name in ("amina", "bastien")}

    def go(name, act):
        return lambda: act(task=task, enrolment=own[name], actor=people.actor(name), at=NOW)

    together(
        go("amina", tasks.leave_task), go("bastien", tasks.join_task),
        go("amina", tasks.leave_task), go("bastien", tasks.join_task),
    )  # fmt: skip
    task = Task.objects.get(pk=task.pk)
    assert task.taken == TaskSignUp.objects.filter(task=task, state="signed").count() == 1


def test_the_hours_of_a_task_accepted_twice_at_once_are_noted_once(people):
    after = dt.datetime(2026, 11, 28, 11, 0, tzinfo=dt.UTC)
    garden = make.ProjectFactory(cohort=people.a.cohort)
    task = a_task(people, project=garden)
    row = join(people, task, "amina")
    own = people.enrolments["amina"]
    tasks.note_who_came(task=task, came=[own.pk], actor=people.actor("amina"), at=after)
    row = TaskSignUp.objects.select_related("task__project").get(pk=row.pk)
    actor = people.actor("amina")
    answers = together(
        *(
            lambda: work.note_task(sign_up=row, enrolment=own, project=None, actor=actor, at=after)
            for _n in range(4)
        )
    )
    assert {one.pk for one in answers} == {WorkEntry.objects.get().pk}


@pytest.fixture
def people(transactional_db):
    return personas.build()
