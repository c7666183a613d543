"""What a pay run does with hours: lock what is confirmed, give it back when it is reopened.

The run is named by a plain key, since payroll stands to the right.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.models import TransitionLog
from projects.enums import WORK_ALLOWED, WorkState
from projects.models import WorkEntry


@transaction.atomic
def lock_for_run(
    *, run_key: int, cohort_id: int, last_day: dt.date, actor: Actor, at: dt.datetime
) -> list[WorkEntry]:
    """Lock the confirmed hours of a cohort up to `last_day` included that no run holds yet.

    Returns every row of the run with its enrolment, person and project. A run that holds hours
    already gets the same again: repeating is quiet. An entry confirmed, corrected or struck out
    meanwhile is wholly in or wholly out: rows are locked first, their conditions read again under
    the lock, then moved by one conditional UPDATE. Five queries, whatever the number of rows.
    """
    if not WorkEntry.objects.filter(pay_run_key=run_key).exists():
        found = (
            WorkEntry.objects.of_cohort(cohort_id)
            .payable_until(last_day)
            .filter(pay_run_key__isnull=True)
            .select_for_update(of=("self",))
        )
        keys = [row.pk for row in found.only("pk").order_by("pk")]
        _move_all(keys, WorkState.CONFIRMED, WorkState.LOCKED, run_key, actor, at)
    return held_by_run(run_key)


@transaction.atomic
def unlock_run(*, run_key: int, actor: Actor, at: dt.datetime) -> list[WorkEntry]:
    """Give the hours of a run back, confirmed as they were; returns them. Repeating is quiet."""
    found = WorkEntry.objects.filter(pay_run_key=run_key).select_for_update(of=("self",))
    keys = [row.pk for row in found.only("pk").order_by("pk")]
    _move_all(keys, WorkState.LOCKED, WorkState.CONFIRMED, None, actor, at)
    return list(
        WorkEntry.objects.filter(pk__in=keys)
        .select_related("enrolment__person", "project")
        .order_by("pk")
    )


def held_by_run(run_key: int) -> list[WorkEntry]:
    """The rows a run holds, with enrolment, person and project. One query."""
    return list(
        WorkEntry.objects.filter(pay_run_key=run_key)
        .select_related("enrolment__person", "project")
        .order_by("pk")
    )


def _move_all(
    keys: list[int],
    old: WorkState,
    new: WorkState,
    run_key: int | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """What `kit.states.move` does, for many rows: one guarded UPDATE and one log row each."""
    if new not in WORK_ALLOWED[old]:
        raise Refused(_("Cette étape n’est pas possible maintenant."))
    if not keys:
        return
    touched = WorkEntry.objects.filter(pk__in=keys, state=old).update(
        state=new, pay_run_key=run_key
    )
    if touched != len(keys):
        raise Stale(_("Des heures viennent de changer. Recommencez."))
    TransitionLog.objects.bulk_create(
        TransitionLog(
            model=WorkEntry._meta.label_lower,
            row_id=key,
            old=old,
            new=new,
            by_person_id=actor.person_id,
            at=at,
            reason=f"payrun:{run_key}" if run_key is not None else "",
        )
        for key in keys
    )
