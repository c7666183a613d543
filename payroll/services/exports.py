"""Noting that a file of everybody's pay left: who, when, which."""

import datetime as dt

from django.db import transaction

from ct_platform.kit.actor import Actor
from ct_platform.kit.models import TransitionLog
from payroll.models import PayRun
from payroll.selectors.exports import LOGGED_AS


@transaction.atomic
def note_export(*, run: PayRun, code: str, filename: str, actor: Actor, at: dt.datetime) -> None:
    """Write one row a download, even of the same file: each copy is one more to look after."""
    TransitionLog.objects.create(
        model=LOGGED_AS,
        row_id=run.pk,
        old="",
        new=code,
        by_person_id=actor.person_id,
        at=at,
        reason=filename,
    )
