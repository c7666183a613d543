"""Hours that a signed half-day or a task proposes: one gesture, two facts. Nothing is written here."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.enums.sessions import SessionKind
from cohorts.models import Attendance, Enrolment
from cohorts.rules.sessions import cross
from cohorts.selectors.my_agenda import Attended, attended_between
from projects.enums import TaskState, WorkKind
from projects.models import TaskSignUp, WorkEntry
from projects.selectors.my_hours import OwnWeek

KINDS = {
    SessionKind.TRAINING: WorkKind.TRAINING,
    SessionKind.PRODUCTION: WorkKind.PRODUCTION,
    SessionKind.MEETING: WorkKind.MEETING,
    SessionKind.ASSEMBLY: WorkKind.MEETING,
}
# An attendance always makes the same entry: confirming it twice, or from two phones, notes it once.
_SPACE = uuid.UUID("5f0c4b0e-7d0a-4f4c-9b1b-3a2d8c6f1e90")


def entry_key(attendance_id: int) -> uuid.UUID:
    return uuid.uuid5(_SPACE, f"attendance:{attendance_id}")


def task_key(sign_up_id: int) -> uuid.UUID:
    """A person on a task always makes the same entry, from whatever phone and however often."""
    return uuid.uuid5(_SPACE, f"task:{sign_up_id}")


@dataclass(frozen=True, slots=True)
class ProposedHours:
    """What a half-day proposes. `is_covered`: hours of that kind already stand on the day."""

    attended: Attended
    kind: WorkKind
    is_covered: bool
    already_minutes: int  # of that kind, noted by hand on that day
    is_task = False

    @property
    def attendance_id(self) -> int:
        return int(self.attended.attendance.pk)

    @property
    def minutes(self) -> int:
        return self.attended.minutes

    @property
    def needs_project(self) -> bool:
        return self.kind == WorkKind.PRODUCTION

    @property
    def day(self) -> dt.date:
        found: dt.date = self.attended.session.day
        return found


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """What a task that somebody came to proposes; the rest as `ProposedHours`."""

    sign_up: TaskSignUp
    is_covered: bool
    already_minutes: int
    is_task = True

    @property
    def sign_up_id(self) -> int:
        return int(self.sign_up.pk)

    @property
    def minutes(self) -> int:
        return self.sign_up.task.minutes

    @property
    def kind(self) -> WorkKind:
        return WorkKind(self.sign_up.task.kind)

    @property
    def needs_project(self) -> bool:
        """Production of the whole group: which activity is for its author to say."""
        return self.kind == WorkKind.PRODUCTION and self.sign_up.task.project_id is None

    @property
    def day(self) -> dt.date:
        found: dt.date = self.sign_up.task.day
        return found


Proposed = ProposedHours | ProposedTask


def proposed_in_week(enrolment_id: int, week: OwnWeek) -> list[Proposed]:
    """The half-days and tasks of a week that are no hours yet, beside what the week holds.

    Three queries at most.
    """
    attended = attended_between(enrolment_id, week.monday, week.sunday)
    tasks = worked_tasks(enrolment_id, week.monday, week.sunday)
    entries = [*week.entries, *week.withdrawn]
    proposed = _proposed(attended, tasks, entries)
    return sorted([*proposed, *_proposed_tasks(attended, tasks, entries)], key=lambda x: x.day)


def proposed_of_task(sign_up: TaskSignUp) -> ProposedTask | None:
    """What one task proposes to one person, if it is no hours yet. Three queries at most."""
    own, day = sign_up.enrolment_id, sign_up.task.day
    entries = list(WorkEntry.objects.filter(enrolment_id=own).between(day, day))
    found = _proposed_tasks(attended_between(own, day, day), worked_tasks(own, day, day), entries)
    return next((one for one in found if one.sign_up_id == sign_up.pk), None)


def worked_tasks(enrolment_id: int, first: dt.date, last: dt.date) -> list[TaskSignUp]:
    """The tasks that somebody came to between two days, both included. One query."""
    rows = TaskSignUp.objects.filter(
        enrolment_id=enrolment_id,
        came=True,
        task__state=TaskState.DONE,
        task__day__gte=first,
        task__day__lte=last,
    )
    return list(rows.select_related("task__project").order_by("task__day", "task__starts", "pk"))


def proposed_between(enrolment_id: int, first: dt.date, last: dt.date) -> list[ProposedHours]:
    """The same between two days, both included. What was struck out is not proposed again."""
    attended = attended_between(enrolment_id, first, last)
    if not attended:
        return []
    entries = WorkEntry.objects.filter(enrolment_id=enrolment_id).between(first, last)
    return _proposed(attended, worked_tasks(enrolment_id, first, last), list(entries))


@dataclass(frozen=True, slots=True)
class _Noted:
    """What stands of some days: which proposals are hours already, and what was noted by hand."""

    keys: set[uuid.UUID]  # struck out ones too: they are not proposed again
    standing: dict[uuid.UUID, WorkEntry]
    by_hand: dict[tuple[dt.date, str], int]


def _noted(
    attended: Sequence[Attended], tasks: Sequence[TaskSignUp], entries: Iterable[WorkEntry]
) -> _Noted:
    made = {entry_key(one.attendance.pk) for one in attended} | {task_key(x.pk) for x in tasks}
    noted = _Noted(set(), {}, defaultdict(int))
    for entry in entries:
        noted.keys.add(entry.client_uuid)
        if entry.is_withdrawn:
            continue
        noted.standing[entry.client_uuid] = entry
        counts = not entry.is_offered
        if counts and entry.client_uuid not in made:
            noted.by_hand[entry.day, entry.kind] += entry.minutes
    return noted


def _proposed(
    attended: list[Attended], tasks: list[TaskSignUp], entries: Iterable[WorkEntry]
) -> list[ProposedHours]:
    noted = _noted(attended, tasks, entries)
    left = dict(noted.by_hand)
    found = []
    for one in attended:
        if entry_key(one.attendance.pk) in noted.keys:
            continue
        kind = KINDS[SessionKind(one.session.kind)]
        place = (one.session.day, kind)
        # The same hours under two names: a half-day signed, and the task it was made of.
        same = [
            noted.standing[task_key(other.pk)]
            for other in tasks
            if task_key(other.pk) in noted.standing and _same_hours(one, other)
        ]
        if same:
            found.append(ProposedHours(one, kind, True, same[0].minutes))
            continue
        is_covered = left.get(place, 0) >= one.minutes
        if is_covered:
            left[place] -= one.minutes
        found.append(ProposedHours(one, kind, is_covered, noted.by_hand.get(place, 0)))
    return found


def _proposed_tasks(
    attended: list[Attended], tasks: list[TaskSignUp], entries: Iterable[WorkEntry]
) -> list[ProposedTask]:
    noted = _noted(attended, tasks, entries)
    left = dict(noted.by_hand)
    found = []
    for one in tasks:
        if task_key(one.pk) in noted.keys:
            continue
        task, place = one.task, (one.task.day, one.task.kind)
        same = [
            noted.standing[entry_key(other.attendance.pk)]
            for other in attended
            if entry_key(other.attendance.pk) in noted.standing and _same_hours(other, one)
        ]
        if same:
            found.append(ProposedTask(one, True, same[0].minutes))
            continue
        is_covered = left.get(place, 0) >= task.minutes
        if is_covered:
            left[place] -= task.minutes
        found.append(ProposedTask(one, is_covered, noted.by_hand.get(place, 0)))
    return found


def _same_hours(attended: Attended, sign_up: TaskSignUp) -> bool:
    task, slot = sign_up.task, attended.slot
    return (
        attended.session.day == task.day
        and KINDS[SessionKind(attended.session.kind)] == task.kind
        and cross((slot.starts, slot.ends), (task.starts, task.ends))
    )


def own_attendances(own: Enrolment) -> QuerySet[Attendance]:
    """The presences of one person, with their half-days."""
    found: QuerySet[Attendance] = Attendance.objects.filter(enrolment=own).select_related(
        "slot__session"
    )
    return found
