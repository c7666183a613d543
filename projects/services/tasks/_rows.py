"""What every act on a task begins with: the row under lock, one act at a time."""

import datetime as dt

from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.errors import Refused
from projects.models import Task


def lock_task(task_id: int) -> Task:
    """The task as it is now, under lock. Raises Refused on an archived cohort."""
    row: Task = (
        Task.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort", "project", "created_by")
        .get(pk=task_id)
    )
    refuse_archived(row.cohort)
    return row


def refuse_closed(row: Task, at: dt.datetime) -> None:
    """Refused when it was called off, done, or is over."""
    if row.is_cancelled:
        raise Refused(_("Cette tâche est annulée."))
    if row.is_done or row.ends_at <= at:
        raise Refused(_("Cette tâche est passée."))
