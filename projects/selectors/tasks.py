"""What the pages of tasks show: what comes, who comes, what is left to tick, who does how much."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.clock import NBSP, civil_day, format_day, monday_of
from ct_platform.kit.templatetags.words import hour_fr
from projects.enums import SignUpState, TaskState
from projects.models import Task, TaskSignUp
from projects.rules import sunday_of

PER_PAGE = 20
PAST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task, its people by the moment they signed up, and where the reader stands."""

    task: Task
    coming: list[TaskSignUp]
    waiting: list[TaskSignUp]
    gone: list[TaskSignUp]  # who said they cannot any more
    mine: TaskSignUp | None
    is_over: bool
    has_begun: bool

    @property
    def hours(self) -> str:
        return f"{hour_fr(self.task.starts)}{NBSP}–{NBSP}{hour_fr(self.task.ends)}"

    @property
    def moment(self) -> str:
        """ "Samedi 28 novembre, 8 h – 12 h"."""
        day = format_day(self.task.day, weekday=True, year=False)
        return f"{day.capitalize()}, {self.hours}"

    @property
    def names(self) -> str:
        return ", ".join(one.enrolment.person.called for one in self.coming)

    @property
    def i_come(self) -> bool:
        return self.mine is not None and self.mine.is_signed

    @property
    def i_wait(self) -> bool:
        return self.mine is not None and self.mine.is_waiting

    @property
    def can_join(self) -> bool:
        return self.task.is_open and not self.is_over and not self.i_come and not self.task.is_full

    @property
    def can_wait(self) -> bool:
        full = self.task.is_open and not self.is_over and self.task.is_full
        return full and not self.i_come and not self.i_wait

    @property
    def can_leave(self) -> bool:
        return self.task.is_open and not self.is_over and (self.i_come or self.i_wait)

    @property
    def is_freed(self) -> bool:
        """I wait, and somebody left: the place is for who takes it first."""
        return self.i_wait and self.can_join

    @property
    def extra(self) -> list[TaskSignUp]:
        """Came without a place: they had not signed up, or waited for one."""
        return [
            one
            for one in self.task.sign_ups.all()
            if one.came and not one.is_signed and not one.is_withdrawn
        ]

    @property
    def came_words(self) -> str:
        count = sum(1 for one in self.task.sign_ups.all() if one.came)
        said = ngettext("%(n)s personne est venue", "%(n)s personnes sont venues", count)
        return said % {"n": count}


@dataclass(frozen=True, slots=True)
class ShareOfWeek:
    """What one person has on their plate this week. Said, never ranked, never imposed."""

    name: str
    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class TasksPage:
    coming: "Page[Task]"
    lines: list[TaskLine]
    to_tick: list[TaskLine]
    past: list[TaskLine]
    week: list[ShareOfWeek]
    monday: dt.date


def tasks_page(
    cohort_id: int, own: Enrolment | None, at: dt.datetime, *, number: str = ""
) -> TasksPage:
    """A page of what comes, what is over and nobody ticked, what was done last. Eight queries."""
    today, hour = _civil(at)
    rows = Task.objects.of_cohort(cohort_id).for_page()
    over = rows.filter(state=TaskState.OPEN).ended(today, hour)
    coming = rows.filter(day__gte=today, state__in=[TaskState.OPEN, TaskState.CANCELLED]).exclude(
        pk__in=over.values("pk")
    )
    shown = Paginator(coming.order_by("day", "starts", "pk"), PER_PAGE).get_page(number)
    ticked = rows.filter(state=TaskState.DONE).order_by("-day", "-starts", "-pk")
    several = [
        list(shown.object_list),
        list(over.order_by("-day", "-starts", "-pk")[:PAST_SHOWN]),
        list(ticked[:PAST_SHOWN]),
    ]
    lines = _lines([task for some in several for task in some], own, at)
    first, second = len(several[0]), len(several[0]) + len(several[1])
    return TasksPage(
        coming=shown,
        lines=lines[:first],
        to_tick=lines[first:second],
        past=lines[second:],
        week=shares_of_week(cohort_id, today),
        monday=monday_of(today),
    )


def task_line(task: Task, own: Enrolment | None, at: dt.datetime) -> TaskLine:
    """One task with its people. One query."""
    return _lines([task], own, at)[0]


def _lines(tasks: list[Task], own: Enrolment | None, at: dt.datetime) -> list[TaskLine]:
    found: dict[int, list[TaskSignUp]] = {task.pk: [] for task in tasks}
    rows = TaskSignUp.objects.filter(task__in=found).select_related("enrolment__person")
    for one in rows.order_by("signed_at", "pk"):
        found[one.task_id].append(one)
    for task in tasks:
        task._prefetched_objects_cache = {"sign_ups": found[task.pk]}  # type: ignore[attr-defined]
    return [_line(task, found[task.pk], own, at) for task in tasks]


def _line(task: Task, rows: list[TaskSignUp], own: Enrolment | None, at: dt.datetime) -> TaskLine:
    mine = None if own is None else next((x for x in rows if x.enrolment_id == own.pk), None)
    return TaskLine(
        task=task,
        coming=[one for one in rows if one.is_signed],
        waiting=[one for one in rows if one.is_waiting],
        gone=[one for one in rows if one.is_withdrawn],
        mine=mine,
        is_over=task.ends_at <= at,
        has_begun=task.starts_at <= at,
    )


def shares_of_week(cohort_id: int, today: dt.date) -> list[ShareOfWeek]:
    """By first name: how many tasks each signed up for this week, and how long. One query."""
    monday = monday_of(today)
    this_week = Q(
        task_sign_ups__state=SignUpState.SIGNED,
        task_sign_ups__task__day__gte=monday,
        task_sign_ups__task__day__lte=sunday_of(monday),
    ) & ~Q(task_sign_ups__task__state=TaskState.CANCELLED)
    rows = (
        Enrolment.objects.of_cohort(cohort_id)
        .filter(state=EnrolmentState.ACTIVE)
        .select_related("person")
        .annotate(count=Count("task_sign_ups", filter=this_week))
        .order_by("person__first_name", "person__last_name", "pk")
    )
    minutes = _minutes_of_week(cohort_id, monday)
    return [ShareOfWeek(one.person.full_name, one.count, minutes.get(one.pk, 0)) for one in rows]


def _minutes_of_week(cohort_id: int, monday: dt.date) -> dict[int, int]:
    rows = TaskSignUp.objects.filter(
        state=SignUpState.SIGNED,
        task__cohort_id=cohort_id,
        task__day__gte=monday,
        task__day__lte=sunday_of(monday),
    ).exclude(task__state=TaskState.CANCELLED)
    total: dict[int, int] = {}
    for one in rows.select_related("task").order_by("pk"):
        total[one.enrolment_id] = total.get(one.enrolment_id, 0) + one.task.minutes
    return total


def own_sign_ups(own: Enrolment) -> "QuerySet[TaskSignUp]":
    """One's places on tasks, with each task. One query when read."""
    found: QuerySet[TaskSignUp] = TaskSignUp.objects.filter(enrolment=own).select_related(
        "task__project"
    )
    return found


def also_signed(own: Enrolment, task: Task) -> Task | None:
    """Another task of the same person that crosses this one. One query."""
    rows = Task.objects.filter(
        sign_ups__enrolment=own,
        sign_ups__state=SignUpState.SIGNED,
        state=TaskState.OPEN,
        day=task.day,
        starts__lt=task.ends,
        ends__gt=task.starts,
    )
    found: Task | None = rows.exclude(pk=task.pk).order_by("starts", "pk").first()
    return found


@dataclass(frozen=True, slots=True)
class TasksAtHand:
    """What *Ma coop* says of tasks in one line: the next one I come to, else how many lack people."""

    title: str
    day: dt.date | None
    starts: dt.time | None
    open: int  # to come, with a place left

    @property
    def sentence(self) -> str:
        if self.day is not None:
            return _("Tu viens %(day)s, %(hour)s : %(title)s") % {
                "day": format_day(self.day, weekday=True, year=False),
                "hour": hour_fr(self.starts),
                "title": self.title,
            }
        if not self.open:
            return _("Rien à faire pour le moment")
        said = ngettext(
            "%(n)s tâche cherche du monde", "%(n)s tâches cherchent du monde", self.open
        )
        return said % {"n": self.open}


def tasks_of_cohort_row(enrolment_id: int, at: dt.datetime) -> dict[str, Any]:
    """What `TasksAtHand` holds, as annotations of a queryset of cohorts: it spares *Ma coop* queries."""
    today, hour = _civil(at)
    coming = (
        Task.objects.filter(cohort=OuterRef("pk"), state=TaskState.OPEN, day__gte=today)
        .exclude(day=today, ends__lte=hour)
        .order_by("day", "starts", "pk")
    )
    own = coming.filter(sign_ups__enrolment_id=enrolment_id, sign_ups__state=SignUpState.SIGNED)
    short = coming.filter(taken__lt=F("needed")).order_by().values("cohort")
    return {
        "task_title": Subquery(own.values("title")[:1]),
        "task_day": Subquery(own.values("day")[:1]),
        "task_starts": Subquery(own.values("starts")[:1]),
        "tasks_open": Subquery(short.annotate(n=Count("pk")).values("n")[:1]),
    }


def tasks_at_hand(row: Mapping[str, Any]) -> TasksAtHand:
    """From the values of `tasks_of_cohort_row`."""
    return TasksAtHand(
        row["task_title"] or "", row["task_day"], row["task_starts"], row["tasks_open"] or 0
    )


def people_to_tick(task: Task, rows: Iterable[TaskSignUp]) -> list[Enrolment]:
    """Those of the group who are not on the list of this task, by first name. One query."""
    known = {one.enrolment_id for one in rows}
    others = (
        Enrolment.objects.of_cohort(task.cohort_id)
        .filter(state=EnrolmentState.ACTIVE)
        .select_related("person")
        .order_by("person__first_name", "person__last_name", "pk")
    )
    return [one for one in others if one.pk not in known]


def _civil(at: dt.datetime) -> tuple[dt.date, dt.time]:
    return civil_day(at), timezone.localtime(at).time().replace(tzinfo=None)
