"""What a coopérant does with their own hours: note, repeat, correct, strike out, keep."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import WORK_ALLOWED, WorkKind, WorkState
from projects.models import Project, WeekDeclaration, WorkEntry
from projects.rules import DAY_MINUTES, monday_of
from projects.services.work._minors import refuse_minor
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
) -> WorkEntry:
    """Write down `minutes` worked on `day` (whole minutes, 1..1440; a civil day in Paris).

    The same `client_uuid` sent twice is one entry; with other hours it is Refused. Refused too for
    a day outside the cohort or in the future, more than 24 h in the day, another cohort's project, and
    for a minor beyond what the law allows (see `_minors`).
    """
    own = lock_enrolment(enrolment.pk)
    seen = WorkEntry.objects.filter(client_uuid=client_uuid).first()
    if seen is not None:
        return _same_or_refused(seen, own, day, minutes, kind, project)
    _refuse_closed(own)
    _refuse_day(own, day, clock.civil_day(at))
    _refuse_work(own, kind, project)
    _refuse_long_day(own, day, minutes)
    refuse_minor(own, day, minutes)
    try:
        with transaction.atomic():
            entry: WorkEntry = WorkEntry.objects.create(
                enrolment=own,
                project=project,
                day=day,
                minutes=minutes,
                kind=kind,
                note=note,
                client_uuid=client_uuid,
                entered_by_id=actor.person_id,
            )
    except IntegrityError as error:
        # Somebody else's phone made the same key in the same instant.
        raise Refused(_used_form()) from error
    tell(entry, _("Noté : %s.") % describe(entry), by_person_id=actor.person_id, at=at)
    _redeclare(entry, actor, at)
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
) -> WorkEntry:
    """Correct one's hours (whole minutes). What was confirmed waits again for a colleague.

    Changing nothing is quiet. Frozen when a pay run holds them; Refused when struck out, or as in
    `note_hours`; Stale when they changed since `seen_version`.
    """
    own = lock_enrolment(entry.enrolment_id)
    row = lock_entry(entry.pk)
    same = (row.minutes, row.kind, row.project_id) == (
        minutes,
        kind,
        project.pk if project else None,
    )
    if same:
        return row
    refuse_moved(row, seen_version)
    _refuse_closed(own)
    _refuse_work(own, kind, project)
    _refuse_long_day(own, row.day, minutes, besides=row)
    refuse_minor(own, row.day, minutes, besides=row)
    before = describe(row)
    reopen(row, actor, at, reason="change")
    row.minutes, row.kind, row.project = minutes, kind, project
    WorkEntry.objects.filter(pk=row.pk).update(
        minutes=minutes,
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
    _redeclare(row, actor, at)
    return row


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
    _redeclare(row, actor, at)


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


def _redeclare(row: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """In a week its author called complete, hours are declared as soon as they are noted."""
    monday = monday_of(row.day)
    if (
        row.state == WorkState.OPEN
        and WeekDeclaration.objects.filter(enrolment=row.enrolment, monday=monday).exists()
    ):
        move(row, WorkState.DECLARED, allowed=WORK_ALLOWED, by_person_id=actor.person_id, at=at)


def _same_or_refused(
    seen: WorkEntry, own: Enrolment, day: dt.date, minutes: int, kind: str, project: Project | None
) -> WorkEntry:
    sent = (own.pk, day, minutes, kind, project.pk if project else None)
    if sent != (seen.enrolment_id, seen.day, seen.minutes, seen.kind, seen.project_id):
        raise Refused(_used_form())
    return seen


def _used_form() -> str:
    return _("Ce formulaire a déjà servi. Recharge la page, puis note tes heures.")


def _refuse_closed(own: Enrolment) -> None:
    if own.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est terminée. Ses heures ne changent plus."))
    if own.state != EnrolmentState.ACTIVE:
        raise Refused(_("Ton parcours est terminé. Pour un oubli, parle à la coordination."))


def _refuse_day(own: Enrolment, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused(
            _("Ce jour n’est pas encore là. Note tes heures après le travail."), field="day"
        )
    if day < own.cohort.starts_on:
        first = clock.format_day(own.cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="day")
    if day > own.cohort.ends_on:
        last = clock.format_day(own.cohort.ends_on)
        raise Refused(_("La coopérative s’est terminée le %s.") % last, field="day")


def _refuse_work(own: Enrolment, kind: str, project: Project | None) -> None:
    if kind not in WorkKind.values:
        raise Refused(_("Choisis un travail."), field="work")
    if kind == WorkKind.PRODUCTION and project is None:
        raise Refused(_("Choisis un travail."), field="work")
    if project is not None and project.cohort_id != own.cohort_id:
        raise Refused(_("Ce travail n’est pas dans ta coopérative."), field="work")


def _refuse_long_day(
    own: Enrolment, day: dt.date, minutes: int, *, besides: WorkEntry | None = None
) -> None:
    """A day has 24 hours: the sum is read under the lock of the person, so it cannot be raced."""
    if minutes < 1:
        raise Refused(_("Note au moins 1 minute."), field="minutes")
    others = WorkEntry.objects.standing().filter(enrolment=own, day=day)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    total = minutes + (others.aggregate(total=Sum("minutes"))["total"] or 0)
    if total > DAY_MINUTES:
        sentence = _("Une journée a 24 heures au plus. Tu as noté %s.")
        raise Refused(sentence % clock.format_minutes(total), field="minutes")
