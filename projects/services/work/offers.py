""" "J'ai noté pour Awa, elle confirme": hours written by another are nobody's until Awa says yes.

The rule: a colleague of the same cohort, or the coordination, may write; only the person concerned may
accept or refuse. Until then the hours count nowhere and nobody else can confirm them. Once accepted
they are like hours noted by oneself: a third person confirms them, never who wrote them. Two people
who note for each other are thus still seen by somebody else before any money.
"""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import WORK_ALLOWED, WorkState
from projects.models import Project, WorkEntry
from projects.rules import DAY_MINUTES
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
from projects.services.work._rows import describe, lock_enrolment, tell
from projects.services.work.entries import redeclare


@transaction.atomic
def offer_hours(
    *,
    enrolment: Enrolment,
    day: dt.date,
    minutes: int,
    kind: str,
    project: Project | None,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    starts_at: int | None = None,
) -> WorkEntry:
    """Write `minutes` for somebody else (whole minutes; `starts_at` in minutes since midnight).

    The same key sent twice is one entry. Refused for oneself, for who is no longer in the cohort, and
    for the reasons of `note_hours`; offers that wait count in the 24 hours, so that nobody is buried.
    """
    own = lock_enrolment(enrolment.pk)
    seen = WorkEntry.objects.filter(client_uuid=client_uuid).first()
    if seen is not None:
        return same_or_refused(seen, own, day, minutes, kind, project, starts_at)
    refuse_archived(own.cohort)
    if own.person_id == actor.person_id:
        raise Refused(_("Pour toi, note tes heures sur ta page."), field="person")
    if own.state != EnrolmentState.ACTIVE:
        sentence = _("Le parcours de %s est terminé.")
        raise Refused(sentence % own.person.called, field="person")
    refuse_day(own, day, clock.civil_day(at))
    refuse_work(own, kind, project)
    refuse_start(starts_at)
    _refuse_full_day(own, day, minutes)
    refuse_minor(own, day, minutes)
    try:
        with transaction.atomic():
            entry: WorkEntry = WorkEntry.objects.create(
                enrolment=own,
                project=project,
                day=day,
                minutes=minutes,
                starts_at=starts_at,
                kind=kind,
                state=WorkState.OFFERED,
                client_uuid=client_uuid,
                entered_by_id=actor.person_id,
            )
    except IntegrityError as error:
        raise Refused(used_form()) from error
    words = {"name": own.person.called, "hours": describe(entry)}
    sentence = _("Noté pour %(name)s : %(hours)s.") % words
    tell(entry, sentence, by_person_id=actor.person_id, at=at)
    return entry


@transaction.atomic
def accept_hours(*, entry: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """The person concerned says yes: from now on these are their hours, and wait for a witness.

    Twice is quiet. Refused for anybody else, once taken back, or when the day no longer holds them.
    """
    own = lock_enrolment(entry.enrolment_id)
    row = _own_offer(entry, actor)
    if row.state != WorkState.OFFERED:
        return
    if row.is_withdrawn:
        raise Refused(_("Ces heures ont été retirées."))
    refuse_closed(own)
    refuse_long_day(own, row.day, row.minutes)
    refuse_minor(own, row.day, row.minutes)
    move(row, WorkState.OPEN, allowed=WORK_ALLOWED, by_person_id=actor.person_id, at=at)
    tell(row, _("Accepté : %s.") % describe(row), by_person_id=actor.person_id, at=at)
    redeclare(row, actor, at)


@transaction.atomic
def decline_hours(*, entry: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """The person concerned says no: the row and its history stay, and count nowhere. Twice is quiet.

    Refused for anybody else, and once accepted: own hours are then corrected or struck out.
    """
    lock_enrolment(entry.enrolment_id)
    row = _own_offer(entry, actor)
    if row.is_withdrawn:
        return
    if row.state != WorkState.OFFERED:
        raise Refused(_("Tu as déjà dit oui. Tu peux corriger ces heures, ou les retirer."))
    _strike_out(row, _("Refusé : %s."), actor, at)


@transaction.atomic
def take_back_hours(*, entry: WorkEntry, actor: Actor, at: dt.datetime) -> None:
    """Who wrote for another takes it back before the answer. Twice is quiet; Refused once answered."""
    lock_enrolment(entry.enrolment_id)
    row = _offer(entry)
    if actor.person_id != row.entered_by_id:
        raise Refused(_("Seule la personne qui a noté peut reprendre."))
    if row.is_withdrawn:
        return
    if row.state != WorkState.OFFERED:
        raise Refused(_("%s a déjà dit oui.") % row.enrolment.person.called)
    _strike_out(row, _("Repris : %s."), actor, at)


def _offer(entry: WorkEntry) -> WorkEntry:
    found: WorkEntry = (
        WorkEntry.objects.select_for_update(of=("self",))
        .select_related("enrolment__person", "project")
        .get(pk=entry.pk)
    )
    return found


def _own_offer(entry: WorkEntry, actor: Actor) -> WorkEntry:
    row = _offer(entry)
    if actor.person_id != row.enrolment.person_id:
        name = row.enrolment.person.called
        raise Refused(_("C’est à %s de répondre.") % name)
    return row


def _strike_out(row: WorkEntry, sentence: str, actor: Actor, at: dt.datetime) -> None:
    WorkEntry.objects.filter(pk=row.pk).update(withdrawn_at=at, version=F("version") + 1)
    tell(row, sentence % describe(row), by_person_id=actor.person_id, at=at)


def _refuse_full_day(own: Enrolment, day: dt.date, minutes: int) -> None:
    """24 hours with what already stands and what already waits for a yes."""
    refuse_long_day(own, day, minutes)
    there = WorkEntry.objects.filter(enrolment=own, day=day, withdrawn_at__isnull=True)
    total = minutes + (there.aggregate(total=Sum("minutes"))["total"] or 0)
    if total > DAY_MINUTES:
        sentence = _("Une journée a 24 heures au plus. Avec ce qui attend, cela ferait %s.")
        raise Refused(sentence % clock.format_minutes(total), field="minutes")
