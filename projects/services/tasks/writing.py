"""Writing a task down, changing it, calling it off."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move
from ct_platform.kit.templatetags.words import hour_fr
from projects.enums import TASK_ALLOWED, TaskState, WorkKind
from projects.models import Project, Task
from projects.services.tasks._rows import lock_task, refuse_closed

MOST_PEOPLE = 60


@dataclass(frozen=True, slots=True)
class TaskWishes:
    """What is to be done. `day` and hours are civil, in Paris; `project` None: the whole group."""

    title: str
    day: dt.date
    starts: dt.time
    ends: dt.time
    needed: int
    kind: str = WorkKind.PRODUCTION
    project: Project | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def write_task(*, cohort: Cohort, wishes: TaskWishes, actor: Actor, at: dt.datetime) -> Task:
    """Propose work to the group. Refused for nobody needed, an end before the start, a day past or
    outside the cohort, another cohort's activity.
    """
    refuse_archived(cohort)
    values = _judged(cohort, wishes, clock.civil_day(at))
    with refusing(Task):
        made: Task = Task.objects.create(cohort=cohort, created_by_id=actor.person_id, **values)
    return made


@transaction.atomic
def change_task(
    *, task: Task, wishes: TaskWishes, seen_version: int, actor: Actor, at: dt.datetime
) -> Task:
    """Change an open task. Changing nothing is quiet.

    Who had signed up reads what moved. Refused as `write_task`, and for fewer people than already
    come; Stale when somebody changed it since `seen_version`.
    """
    row = lock_task(task.pk)
    refuse_closed(row, at)
    values = _judged(row.cohort, wishes, clock.civil_day(at))
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if row.version != seen_version:
        raise Stale(
            _("Quelqu’un vient de changer cette tâche. La page montre ce qui est écrit maintenant.")
        )
    if wishes.needed < row.taken:
        raise Refused(
            _("%(n)s personnes viennent déjà : on ne peut pas en demander moins.")
            % {"n": row.taken},
            field="needed",
        )
    moved = _moment(row.day, row.starts, row.ends) != _moment(
        wishes.day, wishes.starts, wishes.ends
    )
    if moved:
        values["last_change"] = _("Avant : %(before)s. Maintenant : %(now)s.") % {
            "before": _moment(row.day, row.starts, row.ends),
            "now": _moment(wishes.day, wishes.starts, wishes.ends),
        }
    with refusing(Task):
        Task.objects.filter(pk=row.pk).update(**values, version=F("version") + 1)
    row.refresh_from_db()
    return row


@transaction.atomic
def call_off_task(*, task: Task, actor: Actor, at: dt.datetime) -> None:
    """Call an open task off; it stays in sight, struck out. Twice is quiet. Refused once done."""
    row = lock_task(task.pk)
    if row.is_cancelled:
        return
    if row.is_done:
        raise Refused(_("Cette tâche est faite : elle ne s’annule plus."))
    move(
        row,
        TaskState.CANCELLED,
        allowed=TASK_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        closed_at=at,
        closed_by_id=actor.person_id,
    )


def _moment(day: dt.date, starts: dt.time, ends: dt.time) -> str:
    said = clock.format_day(day, weekday=True, year=False)
    return f"{said}, {hour_fr(starts)} – {hour_fr(ends)}"


def _judged(cohort: Cohort, wishes: TaskWishes, today: dt.date) -> dict[str, object]:
    title = " ".join(wishes.title.split())
    if not title:
        raise Refused(_("Il manque ce qu’il y a à faire."), field="title")
    if wishes.needed < 1:
        raise Refused(_("Il faut au moins une personne."), field="needed")
    if wishes.needed > MOST_PEOPLE:
        raise Refused(_("C’est trop : %s personnes au plus.") % MOST_PEOPLE, field="needed")
    if wishes.ends <= wishes.starts:
        raise Refused(_("L’heure de fin est après l’heure de début."), field="ends")
    if wishes.day < today:
        raise Refused(_("Ce jour est passé."), field="day")
    if not cohort.starts_on <= wishes.day <= cohort.ends_on:
        period = clock.format_period(cohort.starts_on, cohort.ends_on)
        raise Refused(_("La coopérative travaille %s.") % period, field="day")
    if wishes.kind not in WorkKind.values:
        raise Refused(_("Il manque la sorte de travail."), field="kind")
    if wishes.project is not None and wishes.project.cohort_id != cohort.pk:
        raise Refused(_("Cette activité n’est pas dans la coopérative."), field="project")
    return {
        "title": title,
        "day": wishes.day,
        "starts": wishes.starts,
        "ends": wishes.ends,
        "needed": wishes.needed,
        "kind": wishes.kind,
        "project": wishes.project,
        "place": " ".join(wishes.place.split()),
        "note": wishes.note.strip(),
    }
