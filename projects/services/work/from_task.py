"""The hours of a task that its author came to, accepted in one tap."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_minutes
from ct_platform.kit.errors import Refused
from projects.enums import WorkKind
from projects.models import Project, TaskSignUp, WorkEntry
from projects.selectors.proposed import proposed_of_task, task_key
from projects.services.work._rows import lock_enrolment
from projects.services.work.entries import note_hours


@transaction.atomic
def note_task(
    *,
    sign_up: TaskSignUp,
    enrolment: Enrolment,
    project: Project | None,
    actor: Actor,
    at: dt.datetime,
) -> WorkEntry:
    """Note the minutes of a task, with its kind; `project` where the task names none.

    The same task again gives the entry it made. Raises Refused: not theirs, did not come, hours of
    that kind already standing on the day, production without an activity; else as `note_hours`.
    """
    own = lock_enrolment(enrolment.pk)
    known: WorkEntry | None = WorkEntry.objects.filter(client_uuid=task_key(sign_up.pk)).first()
    if known is not None and known.enrolment_id == own.pk:
        return known
    proposed = proposed_of_task(sign_up) if sign_up.enrolment_id == own.pk else None
    if proposed is None:
        raise Refused(_("Cette tâche ne te donne pas d’heures à noter."))
    if proposed.is_covered:
        raise Refused(
            _("Tu as déjà noté %(time)s de %(kind)s ce jour-là : ces heures y sont.")
            % {"time": format_minutes(proposed.already_minutes), "kind": proposed.kind.label}
        )
    task = sign_up.task
    chosen = task.project if task.project is not None else project
    return note_hours(
        enrolment=own,
        day=task.day,
        minutes=task.minutes,
        kind=task.kind,
        project=chosen if task.kind == WorkKind.PRODUCTION else None,
        client_uuid=task_key(sign_up.pk),
        note=task.title[:140],
        actor=actor,
        at=at,
    )
