"""Events of a cohort: planned, changed, cancelled. Who was invited is told of what changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.events import EVENT_ALLOWED, EventState
from cohorts.models import Cohort, Enrolment, Event
from cohorts.rules.events import HoursFault, hours_fault
from cohorts.services import event_messages
from cohorts.services.session_wishes import people_invited, refuse_archived, refuse_day
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move
from members.rules import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWishes:
    """What a coordinator typed. `half` or both hours; `organisers`: keys of enrolments."""

    kind: str
    title: str
    place: str
    day: dt.date
    half: str = ""
    starts: dt.time | None = None
    ends: dt.time | None = None
    description: str = ""
    is_public: bool = False
    organisers: tuple[int, ...] = ()


@transaction.atomic
def plan_event(*, cohort: Cohort, wishes: EventWishes, actor: Actor, at: dt.datetime) -> Event:
    """Plan an event; one that took place already too, to keep who was met there.

    Raises Refused: hours that cannot be, a day outside the cohort, an organiser who is not of it, an
    archived cohort.
    """
    refuse_archived(cohort)
    _refuse_hours(wishes)
    refuse_day(cohort, wishes.day)
    organisers = _organisers(cohort, wishes.organisers)
    event: Event = Event.objects.create(
        cohort=cohort, created_by_id=actor.person_id, **_columns(wishes)
    )
    event.organisers.set(organisers)
    return event


@transaction.atomic
def edit_event(
    *, event: Event, wishes: EventWishes, seen_version: int, actor: Actor, at: dt.datetime
) -> int:
    """Change an event; how many guests are told, which they are when day, hours or place move.

    Raises Refused as `plan_event`, for an event cancelled, for a move of what took place or into the
    past; Stale when it changed since `seen_version`.
    """
    row = _locked(event)
    refuse_archived(row.cohort)
    _refuse_hours(wishes)
    if row.version != seen_version:
        raise Stale(
            _("Quelqu’un vient de modifier cet événement. Rechargez la page, puis corrigez.")
        )
    if row.is_cancelled:
        raise Refused(_("Cet événement est annulé. Prévoyez-en un autre."))
    typed = _columns(wishes)
    moves = any(
        getattr(row, name) != typed[name] for name in ("day", "half", "starts", "ends", "place")
    )
    if moves:
        _refuse_move(row, wishes, at)
    organisers = _organisers(row.cohort, wishes.organisers)
    version = row.version + 1
    Event.objects.filter(pk=row.pk).update(
        **typed, version=version, moved_version=version if moves else row.moved_version
    )
    row.organisers.set(organisers)
    row.refresh_from_db()
    return event_messages.owe_news(event=row, at=at) if moves else 0


@transaction.atomic
def cancel_event(*, event: Event, reason: str, actor: Actor, at: dt.datetime) -> int:
    """Cancel an event, and say why to each guest who was invited; how many are told.

    Cancelling twice is quiet. Raises Refused without a reason, or once it took place.
    """
    row = _locked(event)
    if row.is_cancelled:
        return 0
    refuse_archived(row.cohort)
    said = clean_text(reason)
    if not said:
        raise Refused(_("Dites pourquoi : les personnes invitées le liront."), field="reason")
    if row.ends_at <= at:
        raise Refused(_("Cet événement a déjà eu lieu."))
    move(
        row,
        EventState.CANCELLED,
        allowed=EVENT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=said,
        cancelled_at=at,
        cancel_reason=said,
        version=row.version + 1,
    )
    return event_messages.owe_news(event=row, at=at)


def _columns(wishes: EventWishes) -> dict[str, object]:
    return {
        "kind": wishes.kind,
        "title": clean_text(wishes.title),
        "place": clean_text(wishes.place),
        "day": wishes.day,
        "half": wishes.half,
        "starts": wishes.starts,
        "ends": wishes.ends,
        "description": wishes.description.strip(),
        "is_public": wishes.is_public,
    }


def _locked(event: Event) -> Event:
    row: Event = (
        Event.objects.select_for_update(of=("self",))
        .select_related("cohort__territory", "cohort__host")
        .get(pk=event.pk)
    )
    return row


def _organisers(cohort: Cohort, keys: Sequence[int]) -> list[Enrolment]:
    return people_invited(cohort, keys)


def _refuse_move(row: Event, wishes: EventWishes, at: dt.datetime) -> None:
    if row.ends_at <= at or row.guests.filter(came=True).exists():
        raise Refused(
            _("Cet événement a déjà eu lieu : le jour, les heures et le lieu ne changent plus.")
        )
    if wishes.day < civil_day(at) and row.guests.exists():
        raise Refused(_("Ce jour est passé : des personnes sont invitées."), field="day")


def _refuse_hours(wishes: EventWishes) -> None:
    fault = hours_fault(wishes.half, wishes.starts, wishes.ends)
    if fault is None:
        return
    raise Refused(
        {
            HoursFault.MISSING: _("Choisissez une demi-journée, ou donnez le début et la fin."),
            HoursFault.BOTH: _("Choisissez une demi-journée ou des heures, pas les deux."),
            HoursFault.BACKWARDS: _("La fin doit venir après le début."),
            HoursFault.TOO_SHORT: _("Un événement dure un quart d’heure au moins."),
            HoursFault.AT_NIGHT: _("Un événement va de 4 h à 23 h 45."),
        }[fault],
        field="half" if fault in (HoursFault.MISSING, HoursFault.BOTH) else "ends",
    )
