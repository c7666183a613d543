"""What each does for themself: I come, I can't any more, keep me a place if one is freed."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.enums import SignUpState, TaskState
from projects.models import Task, TaskSignUp
from projects.services.tasks._rows import lock_task, refuse_closed

LATE = dt.timedelta(hours=24)


@transaction.atomic
def join_task(*, task: Task, enrolment: Enrolment, actor: Actor, at: dt.datetime) -> TaskSignUp:
    """Take a place. Already signed up is quiet.

    Of two people and one last place, one gets it. Refused: full, over, called off, another cohort.
    """
    row = lock_task(task.pk)
    own = _row_of(row, enrolment)
    if own is not None and own.is_signed:
        return own
    refuse_closed(row, at)
    _refuse_stranger(row, enrolment)
    touched = Task.objects.filter(pk=row.pk, state=TaskState.OPEN, taken__lt=F("needed")).update(
        taken=F("taken") + 1
    )
    if touched != 1:
        raise Refused(
            _("Toutes les places sont prises. Tu peux demander la place qui se libère."),
            field="full",
        )
    return _written(row, enrolment, own, SignUpState.SIGNED, at)


@transaction.atomic
def wait_for_task(*, task: Task, enrolment: Enrolment, actor: Actor, at: dt.datetime) -> TaskSignUp:
    """Wait for a place; nobody is put on a task without saying yes again.

    Signed up or waiting already is quiet. Refused as `join_task`, and while a place is free.
    """
    row = lock_task(task.pk)
    own = _row_of(row, enrolment)
    if own is not None and (own.is_signed or own.is_waiting):
        return own
    refuse_closed(row, at)
    _refuse_stranger(row, enrolment)
    if not row.is_full:
        raise Refused(_("Il y a une place : tu peux la prendre."))
    return _written(row, enrolment, own, SignUpState.WAITING, at)


@transaction.atomic
def leave_task(
    *, task: Task, enrolment: Enrolment, actor: Actor, at: dt.datetime
) -> TaskSignUp | None:
    """ "Je ne peux plus": the place is free again, the others read it. No reason is asked.

    Not signed up, or gone already, is quiet. Refused once the task is over.
    """
    row = lock_task(task.pk)
    own = _row_of(row, enrolment)
    if own is None or not (own.is_signed or own.is_waiting):
        return own
    refuse_closed(row, at)
    if own.is_signed:
        Task.objects.filter(pk=row.pk).update(taken=F("taken") - 1)
    own.is_late = own.is_signed and row.starts_at - at < LATE
    own.state, own.withdrawn_at = SignUpState.WITHDRAWN, at
    own.save(update_fields=["state", "withdrawn_at", "is_late"])
    return own


def _row_of(task: Task, enrolment: Enrolment) -> TaskSignUp | None:
    found: TaskSignUp | None = TaskSignUp.objects.filter(task=task, enrolment=enrolment).first()
    return found


def _refuse_stranger(task: Task, enrolment: Enrolment) -> None:
    if enrolment.cohort_id != task.cohort_id or enrolment.state != EnrolmentState.ACTIVE:
        raise Refused(_("Ton parcours est terminé. Tu ne t’inscris plus aux tâches."))


def _written(
    task: Task, enrolment: Enrolment, own: TaskSignUp | None, state: str, at: dt.datetime
) -> TaskSignUp:
    """The row of this person on this task, in its new state. Called under the lock of the task."""
    if own is None:
        made: TaskSignUp = TaskSignUp.objects.create(
            task=task, enrolment=enrolment, state=state, signed_at=at
        )
        return made
    own.state, own.signed_at, own.withdrawn_at, own.is_late = state, at, None, False
    own.save(update_fields=["state", "signed_at", "withdrawn_at", "is_late"])
    return own
