"""Who came: ticked by somebody who was there. It writes no hours, it proposes them."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import TASK_ALLOWED, SignUpState, TaskState
from projects.models import Task, TaskSignUp
from projects.services.tasks._rows import lock_task


@transaction.atomic
def note_who_came(*, task: Task, came: Collection[int], actor: Actor, at: dt.datetime) -> Task:
    """Note by enrolment key who came, those who had not signed up included; the task is done.

    Ticking again corrects. Hours that somebody accepted meanwhile are theirs: nothing here changes
    them. Refused before it begins, when called off, for somebody of another cohort.
    """
    row = lock_task(task.pk)
    if row.is_cancelled:
        raise Refused(_("Cette tâche est annulée."))
    if at < row.starts_at:
        raise Refused(_("Cette tâche n’a pas encore commencé."))
    known = {one.enrolment_id: one for one in row.sign_ups.all()}
    new = set(came) - set(known)
    if Enrolment.objects.of_cohort(row.cohort_id).filter(pk__in=new).count() != len(new):
        raise Refused(_("Cette personne n’est pas de la coopérative."), field="came")
    for key, sign_up in known.items():
        sign_up.came = _answer(sign_up, key in came)
        sign_up.save(update_fields=["came"])
    TaskSignUp.objects.bulk_create(
        TaskSignUp(task=row, enrolment_id=key, state=SignUpState.EXTRA, signed_at=at, came=True)
        for key in sorted(new)
    )
    if row.is_open:
        move(
            row,
            TaskState.DONE,
            allowed=TASK_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            closed_at=at,
            closed_by_id=actor.person_id,
        )
    else:
        Task.objects.filter(pk=row.pk).update(closed_at=at, closed_by_id=actor.person_id)
    return row


def _answer(sign_up: TaskSignUp, was_there: bool) -> bool | None:
    """Who had taken their name off and was not there did not miss anything."""
    if was_there:
        return True
    return False if sign_up.state in (SignUpState.SIGNED, SignUpState.EXTRA) else None
