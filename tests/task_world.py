"""Tasks of cohort A, for the access table and for what a list must survive."""

import datetime as dt
from typing import Any

from projects.models import Task, TaskSignUp
from projects.services import tasks
from projects.services.tasks import TaskWishes
from tests.factories import NOW, TODAY
from tests.personas import People


def wish(title: str = "Récolter les poireaux", **more: Any) -> TaskWishes:
    """Three people, Saturday, 8 h – 12 h."""
    more.setdefault("day", dt.date(2026, 11, 28))
    more.setdefault("starts", dt.time(8))
    more.setdefault("ends", dt.time(12))
    more.setdefault("needed", 3)
    return TaskWishes(title=title, **more)


def a_task(people: People, who: str = "driss", *, at: dt.datetime = NOW, **wishes: Any) -> Task:
    return tasks.write_task(
        cohort=people.a.cohort, wishes=wish(**wishes), actor=people.actor(who), at=at
    )


def join(people: People, task: Task, who: str, *, at: dt.datetime = NOW) -> TaskSignUp:
    return tasks.join_task(
        task=task, enrolment=people.enrolments[who], actor=people.actor(who), at=at
    )


def furnish_tasks(people: People, canary: str) -> dict[str, Any]:
    """Amina wrote a task of today that has begun, and signed up."""
    task = a_task(
        people, "amina", title=canary, place=canary, note=canary,
        day=TODAY, starts=dt.time(8), ends=dt.time(17),
    )  # fmt: skip
    return {"task_id": task.pk, "sign_up_id": join(people, task, "amina").pk}


def crowd_tasks(people: People, crowd: list[Any], count: int) -> None:
    """`count` tasks to come, the first with everybody on it, and as many done."""
    cohort, author = people.a.cohort, people.driss
    day = dt.date(2026, 11, 27)
    made = Task.objects.bulk_create(
        Task(
            cohort=cohort, title=f"Tâche {n}", day=day, starts=dt.time(8), ends=dt.time(12),
            needed=count, taken=0, created_by=author,
        )
        for n in range(count)
    )  # fmt: skip
    TaskSignUp.objects.bulk_create(
        TaskSignUp(task=made[0], enrolment=one, state="signed", signed_at=NOW) for one in crowd
    )
    Task.objects.filter(pk=made[0].pk).update(taken=len(crowd))
