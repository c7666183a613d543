"""What a coopérant does with their own hours: note, repeat, correct, strike out, keep."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import WORK_ALLOWED, WorkState
from projects.models import Project, WeekDeclaration, WorkEntry
from projects.rules import monday_of
from projects.services.work._minors import refuse_minor
from projects.services.work._refusals import (
    refuse_closed,
    refuse_day,
    refuse_long_day,
    refuse_start,
    refuse_work,
    same_or_refused,
    used_form,
)
from projects.services.work._rows import describe, lock_enrolment, lock_entry, refuse_moved, tell


@transaction.atomic
def note_hours(
    *,
    enrolment: Enrolment,
    day: dt.date,
    minutes: int,
    kind: str,
    project: Project | None,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    starts_at: int | None = None,
) -> WorkEntry:
    """Write down `minutes` worked on `day` (whole minutes, 1..1440; a civil day in Paris).

    `starts_at`: minutes since midnight (0..1439), or None when nobody says.

    The same `client_uuid` sent twice is one entry; with other hours it is Refused. Refused too for
    a day outside the cohort or in the future, more than 24 h in the day, another cohort's project, and
    for a minor beyond what the law allows (see `_minors`).
    """
    own = lock_enrolment(enrolment.pk)
    seen = WorkEntry.objects.filter(client_uuid=client_uuid).first()
    if seen is not None:
        return same_or_refused(seen, own, day, minutes, kind, project, starts_at)
    refuse_closed(own)
    refuse_day(own, day, clock.civil_day(at))
    refuse_work(own, kind, project)
    refuse_long_day(own, day, minutes)
    refuse_start(starts_at)
    refuse_minor(own, day, minutes)
    try:
        with transaction.atomic():
            entry: WorkEntry = WorkEntry.objects.create(
                enrolment=own,
                project=project,
                day=day,
                minutes=minutes,
                kind=kind,
                starts_at=starts_at,
                note=note,
                client_uuid=client_uuid,
                entered_by_id=actor.person_id,
            )
    except IntegrityError as error:
        # Somebody else's phone made the same key in the same instant.
        raise Refused(used_form()) from error
    tell(entry, _("Noté : %s.") % describe(entry), by_person_id=actor.person_id, at=at)
    redeclare(entry, actor, at)
    return entry


@transaction.atomic
def repeat_day(
    *,
    enrolment: Enrolment,
    source: dt.date,
    day: dt.date,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> list[WorkEntry]:
    """Note on `day` what was worked on `source`: same minutes, same work, one entry for each.

    Refused when nothing was noted on `source`; for the rest as `note_hours`. Repeating is quiet.
    """
    lock_enrolment(enrolment.pk)
    models = WorkEntry.objects.standing().filter(enrolment=enrolment, day=source).order_by("pk")
    former = list(models.select_related("project"))
    if not former:
        raise Refused(_("Ce jour-là, rien n’est noté."))
    return [
        note_hours(
            enrolment=enrolment,
            day=day,
            minutes=one.minutes,
            kind=one.kind,
            project=one.project,
            client_uuid=uuid.uuid5(client_uuid, str(number)),
            actor=actor,
            at=at,
        )
        for number, one in enumerate(former)
    ]


@transaction.atomic
def change_hours(
    *,
    entry: WorkEntry,
    minutes: int,
    kind: str,
    project: Project | None,
    seen_version: int | None,
    actor: Actor,
    at: dt.datetime,
    starts_at: int | None = None,
) -> WorkEntry:
    """Correct one's hours (whole minutes). What was confirmed waits again for a colleague.

    Changing nothing is quiet. Frozen when a pay run holds them; Refused when struck out, or as in
    `note_hours`; Stale when they changed since `seen_version`.
    """
    own = lock_enrolment(entry.enrolment_id)
    row = lock_entry(entry.pk)
    project_id = project.pk if project else None
    if (row.minutes, row.kind, row.project_id) == (minutes, kind, project_id):
        if row.starts_at != starts_at:
            _say_when(row, starts_at, actor, at)
        return row
    refuse_moved(row, seen_version)
    refuse_closed(own)
    refuse_work(own, kind, project)
    refuse_long_day(own, row.day, minutes, besides=row)
    refuse_start(starts_at)
    refuse_minor(own, row.day, minutes, besides=row)
    before = describe(row)
    reopen(row, actor, at, reason="change")
    WorkEntry.objects.filter(pk=row.pk).update(
        minutes=minutes,
        starts_at=starts_at,
        kind=kind,
        project=project,
        question="",
        questioned_by=None,
        version=F("version") + 1,
    )
    row.refresh_from_db()
    sentence = _("Corrigé. Avant : %(before)s. Maintenant : %(now)s.")
    words = {"before": before, "now": describe(row)}
    tell(row, sentence % words, by_person_id=actor.person_id, at=at)
    redeclare(row, actor, at)
    return row


def _say_when(row: WorkEntry, starts_at: int | None, actor: Actor, at: dt.datetime) -> None:
    """The time of day weighs nothing in any pay: saying it does not undo a confirmation."""
    refuse_start(starts_at)
    WorkEntry.objects.filter(pk=row.pk).update(starts_at=starts_at, version=F("version") + 1)
    row.refresh_from_db()
    moment = row.moment or _("sans heure précise")
    tell(row, _("Heure : %s.") % moment, by_person_id=actor.person_id, at=at)


@transaction.atomic
def withdraw_hours(*, entry: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """Strike hours out. The row and its history stay; striking twice is quiet; Frozen when paid."""
    lock_enrolment(entry.enrolment_id)
    if WorkEntry.objects.filter(pk=entry.pk, withdrawn_at__isnull=False).exists():
        return
    row = lock_entry(entry.pk)
    WorkEntry.objects.filter(pk=row.pk).update(
        withdrawn_at=at, question="", questioned_by=None, version=F("version") + 1
    )
    tell(row, _("Retiré : %s.") % describe(row), by_person_id=actor.person_id, at=at)


@transaction.atomic
def keep_hours(*, entry: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """Answer a colleague's question: the hours stay as they are. Without a question it is quiet."""
    lock_enrolment(entry.enrolment_id)
    row = lock_entry(entry.pk)
    if not row.question:
        return
    WorkEntry.objects.filter(pk=row.pk).update(question="", questioned_by=None)
    row.question, row.questioned_by = "", None
    tell(row, _("Gardé : %s.") % describe(row), by_person_id=actor.person_id, at=at)
    redeclare(row, actor, at)


def reopen(row: WorkEntry, actor: Actor, at: dt.datetime, *, reason: str) -> None:
    """Back to "notée", whatever was declared or confirmed; quiet when it already is."""
    if row.state != WorkState.OPEN:
        move(
            row,
            WorkState.OPEN,
            allowed=WORK_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=reason,
            confirmed_at=None,
            confirmed_by_id=None,
        )


def redeclare(row: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """In a week its author called complete, hours are declared as soon as they are noted."""
    monday = monday_of(row.day)
    if (
        row.state == WorkState.OPEN
        and WeekDeclaration.objects.filter(enrolment=row.enrolment, monday=monday).exists()
    ):
        move(row, WorkState.DECLARED, allowed=WORK_ALLOWED, by_person_id=actor.person_id, at=at)
