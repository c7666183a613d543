"""Noting that a file left: who, when, which."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.models import TransitionLog
from members.models import AccessAct
from members.services.access import record_access
from payroll.models import PayRun
from payroll.selectors.exports import BOOKS_LOGGED_AS, LOGGED_AS


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


@transaction.atomic
def note_book(
    *,
    cohort: Cohort,
    code: str,
    filename: str,
    person_ids: Iterable[int],
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Write one row a download, and one on the record of each person the file names."""
    TransitionLog.objects.create(
        model=BOOKS_LOGGED_AS,
        row_id=cohort.pk,
        old="",
        new=code,
        by_person_id=actor.person_id,
        at=at,
        reason=filename,
    )
    record_access(
        person_ids=sorted(person_ids),
        act=AccessAct.EXPORTED,
        subject="hours",
        why=filename,
        actor=actor,
        at=at,
    )
