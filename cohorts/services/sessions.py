"""Planning sessions, changing them, cancelling them. Conflicts are told, never in the way."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.enums.sessions import SESSION_ALLOWED, Half, SessionState
from cohorts.models import (
    Attendance,
    Cohort,
    CorrectionRequest,
    Enrolment,
    Session,
    SessionSeries,
    SessionTrainer,
    Slot,
    TrainerSignature,
)
from cohorts.services import session_notices
from cohorts.services.session_wishes import (
    Repeat,
    SessionWishes,
    TrainerName,
    days_of,
    people_invited,
    refuse_archived,
    refuse_day,
    refuse_hours,
)
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move
from members.rules import clean_text, fold


@transaction.atomic
def plan_sessions(
    *, cohort: Cohort, wishes: SessionWishes, repeat: Repeat | None, actor: Actor, at: dt.datetime
) -> list[Session]:
    """Plan one session, or a series at the same civil hours, and give them in order.

    Raises Refused: no half-day, hours that cannot be, a day outside the cohort, somebody who is not
    of it, an empty or endless series, an archived cohort.
    """
    refuse_archived(cohort)
    refuse_hours(wishes.halves)
    days = [wishes.day] if repeat is None else days_of(wishes.day, repeat)
    for day in days:
        refuse_day(cohort, day)
    series = None
    if repeat is not None:
        series = SessionSeries.objects.create(
            cohort=cohort, every_weeks=repeat.every_weeks, until=repeat.until
        )
    invited = people_invited(cohort, wishes.invited)
    return [_planned(cohort, wishes, day, series, invited, actor) for day in days]


@transaction.atomic
def edit_session(
    *,
    session: Session,
    wishes: SessionWishes,
    with_following: bool,
    seen_version: int,
    actor: Actor,
    at: dt.datetime,
) -> list[Session]:
    """Change a session; `with_following`, the later ones of its series too (each keeps its day).

    A half-day that somebody signed keeps its hours, its day and its place. Who asked for reminders is
    told of another day, hour or place. Raises Refused for that,
    and as `plan_sessions`; Stale when it changed since `seen_version`.
    """
    row = _locked(session)
    refuse_archived(row.cohort)
    refuse_hours(wishes.halves)
    if row.version != seen_version:
        raise Stale(
            _("Quelqu’un vient de modifier cette séance. Rechargez la page, puis corrigez.")
        )
    if wishes.day != row.day:
        refuse_day(row.cohort, wishes.day)
    if row.is_cancelled:
        raise Refused(_("Cette séance est annulée. Planifiez-en une autre."))
    invited = people_invited(row.cohort, wishes.invited)
    changed = [row, *(_following(row) if with_following else [])]
    for one in changed:
        before = _facts_of(one)
        _change(one, wishes, wishes.day if one.pk == row.pk else one.day, invited)
        if _facts_of(one) != before:
            session_notices.announce_move(session=one, before=before[0], at=at)
    return changed


def _facts_of(row: Session) -> tuple[dt.date, str, list[tuple[dt.time, dt.time]]]:
    """What somebody must know to come: day, place, hours. A new title or note moves nobody."""
    hours = row.slots.order_by("starts").values_list("starts", "ends")
    return row.day, row.place, list(hours)


@transaction.atomic
def cancel_session(
    *, session: Session, reason: str, with_following: bool, actor: Actor, at: dt.datetime
) -> list[Session]:
    """Cancel a session, and say why; `with_following`, the later ones of its series too.

    Cancelling twice is quiet. Raises Refused without a reason, or once somebody signed.
    """
    row = _locked(session)
    if row.is_cancelled:
        return []
    refuse_archived(row.cohort)
    said = clean_text(reason)
    if not said:
        raise Refused(_("Dites pourquoi : chacun le lira."), field="reason")
    if _is_signed(row):
        raise Refused(_("Des personnes ont signé cette séance : elle a eu lieu."))
    gone = [row, *(_following(row) if with_following else [])]
    for one in gone:
        move(
            one,
            SessionState.CANCELLED,
            allowed=SESSION_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=said,
            cancelled_at=at,
            cancel_reason=said,
            version=one.version + 1,
        )
        session_notices.announce_cancellation(session=one, at=at)
    return gone


def _planned(
    cohort: Cohort,
    wishes: SessionWishes,
    day: dt.date,
    series: SessionSeries | None,
    invited: Sequence[Enrolment],
    actor: Actor,
) -> Session:
    session: Session = Session.objects.create(
        cohort=cohort,
        kind=wishes.kind,
        title=clean_text(wishes.title),
        place=clean_text(wishes.place),
        note=clean_text(wishes.note),
        day=day,
        series=series,
        is_for_all=not invited,
        created_by_id=actor.person_id,
    )
    session.invited.set(invited)
    Slot.objects.bulk_create(
        Slot(session=session, half=one.half, starts=one.starts, ends=one.ends)
        for one in wishes.halves
    )
    _set_trainers(session, wishes.trainers)
    return session


def _change(
    row: Session, wishes: SessionWishes, day: dt.date, invited: Sequence[Enrolment]
) -> None:
    place = clean_text(wishes.place)
    if _is_signed(row):
        _refuse_signed_facts(row, wishes, day, place)
    Session.objects.filter(pk=row.pk).update(
        kind=wishes.kind,
        title=clean_text(wishes.title),
        place=place,
        note=clean_text(wishes.note),
        day=day,
        is_for_all=not invited,
        version=F("version") + 1,
    )
    row.invited.set(invited)
    kept = {one.half: one for one in wishes.halves}
    for slot in row.slots.all():
        typed = kept.pop(Half(slot.half), None)
        if typed is None:
            slot.delete()
        elif (slot.starts, slot.ends) != (typed.starts, typed.ends):
            slot.starts, slot.ends = typed.starts, typed.ends
            slot.save(update_fields=["starts", "ends"])
    Slot.objects.bulk_create(
        Slot(session=row, half=one.half, starts=one.starts, ends=one.ends) for one in kept.values()
    )
    _set_trainers(row, wishes.trainers)
    row.refresh_from_db()


def _set_trainers(session: Session, named: Sequence[TrainerName]) -> None:
    """Keep who is named still (their links and signatures with them), add, take away."""
    typed = {fold(one.name): one for one in named if fold(one.name)}
    for trainer in session.trainers.all():
        found = typed.pop(trainer.key, None)
        if found is None:
            if not trainer.signatures.exists():
                trainer.delete()
        elif trainer.organisation != found.organisation:
            trainer.organisation = found.organisation
            trainer.save(update_fields=["organisation"])
    SessionTrainer.objects.bulk_create(
        SessionTrainer(
            session=session,
            name=clean_text(one.name),
            organisation=clean_text(one.organisation),
            key=key,
        )
        for key, one in typed.items()
    )


def _locked(session: Session) -> Session:
    row: Session = (
        Session.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)
    )
    return row


def _following(row: Session) -> list[Session]:
    """The later sessions of the series that still stand and that nobody signed."""
    if row.series_id is None:
        return []
    signed = Attendance.objects.filter(slot__session__series_id=row.series_id)
    later = (
        Session.objects.planned()
        .filter(series_id=row.series_id, day__gt=row.day)
        .exclude(pk__in=signed.values("slot__session_id"))
        .order_by("day", "pk")
    )
    return list(later.select_for_update(of=("self",)).select_related("cohort"))


def _is_signed(row: Session) -> bool:
    """Somebody signed, was noted, or asks for a correction: the session took place."""
    return any(
        found.objects.filter(slot__session=row).exists()
        for found in (Attendance, TrainerSignature, CorrectionRequest)
    )


def _refuse_signed_facts(row: Session, wishes: SessionWishes, day: dt.date, place: str) -> None:
    before = {(slot.half, slot.starts, slot.ends) for slot in row.slots.all()}
    after = {(one.half, one.starts, one.ends) for one in wishes.halves}
    if before != after or day != row.day or place != row.place:
        raise Refused(
            _("Des présences sont déjà notées : le jour, les heures et le lieu ne changent plus.")
        )
