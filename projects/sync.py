"""Offline entries: client UUID in, same answer out.

A phone without a network keeps what was noted and sends it later, several times if it must: an answer
may be lost, two tabs may send at once. Each entry gets its own verdict, so that one that is refused
holds back no other. The day is what the person chose; a phone with a wrong clock is told, never obeyed.
"""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeGuard

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import DomainError, Refused
from projects import selectors
from projects.enums import WorkKind
from projects.models import Project, WorkEntry
from projects.pages import warnings_about
from projects.rules import format_time
from projects.services import work

MOST_ENTRIES = 50
MOST_BYTES = 64 * 1024
CLOCK_MAY_DIFFER = dt.timedelta(minutes=5)
# What no hand types: beyond, it is not a duration that a sentence could speak of.
_MOST_MINUTES = 100_000


class Unreadable(ValueError):
    """What was sent is no batch of hours."""


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    KNOWN = "known"  # sent before: the answer to it was lost
    REFUSED = "refused"  # stays on the phone, with its sentence


@dataclass(frozen=True, slots=True)
class Sent:
    """One entry as the phone kept it; `day` is None when the line cannot be read."""

    key: uuid.UUID
    day: dt.date | None
    minutes: int = 0
    work: str = ""  # the key of a project, or a kind of work without one
    starts_at: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    owner: int  # the enrolment under which the entries were noted
    entries: list[Sent]
    phone_now: dt.datetime | None = None
    phone_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    key: uuid.UUID
    verdict: Verdict
    sentence: str
    warnings: list[str] = field(default_factory=list)


def read_batch(body: bytes) -> Batch:
    """What a phone sent. Raises Unreadable; a line that cannot be read becomes an entry without a day."""
    if len(body) > MOST_BYTES:
        raise Unreadable
    try:
        sent = json.loads(body)
        owner, rows = sent["owner"], sent["entries"]
        if type(owner) is not int or not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
            raise Unreadable
        return Batch(
            owner=owner,
            entries=[_read_entry(row) for row in rows],
            phone_now=_read_instant(sent.get("now")),
            phone_day=_read_day(sent.get("today")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable from error


def _read_entry(row: Mapping[str, Any]) -> Sent:
    key = uuid.UUID(row["key"])
    minutes, start, kind = row.get("minutes"), row.get("starts_at"), row.get("work")
    if (
        not _is_count(minutes)
        or not isinstance(kind, str)
        or not (start is None or _is_count(start))
    ):
        return Sent(key, None)
    return Sent(key, _read_day(row.get("day")), minutes, kind[:40], start)


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _MOST_MINUTES


def _read_day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _read_instant(milliseconds: object) -> dt.datetime | None:
    """The clock of a phone: milliseconds since 1970, as its browser counts them."""
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        return None
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, tz=dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None


def receive(
    entries: Sequence[Sent], *, own: Enrolment, actor: Actor, at: dt.datetime
) -> list[Answer]:
    """Note what was sent, entry by entry; none of them undoes another. An answer for each, in order."""
    projects = {str(one.pk): one for one in selectors.projects_of(own.cohort_id)}
    return [_receive(one, own, projects, actor, at) for one in entries]


def _receive(
    sent: Sent, own: Enrolment, projects: Mapping[str, Project], actor: Actor, at: dt.datetime
) -> Answer:
    known = selectors.own_entry_of_key(own.pk, sent.key)
    if known is not None:
        # Whatever became of it since: corrected or struck out, it arrived.
        return Answer(sent.key, Verdict.KNOWN, _say_noted(known))
    try:
        entry = _note(sent, own, projects, actor, at)
    except DomainError as refusal:
        return Answer(sent.key, Verdict.REFUSED, str(refusal))
    return Answer(sent.key, Verdict.ACCEPTED, _say_noted(entry), warnings_about(entry))


def _note(
    sent: Sent, own: Enrolment, projects: Mapping[str, Project], actor: Actor, at: dt.datetime
) -> WorkEntry:
    if sent.day is None:
        raise Refused(_("Cette ligne ne se lit pas. Enlève-la, puis note tes heures de nouveau."))
    if sent.work not in projects and sent.work not in WorkKind.values:
        raise Refused(_("Ce travail n’est plus dans ta coopérative. Choisis-en un autre."))
    project = projects.get(sent.work)
    return work.note_hours(
        enrolment=own,
        day=sent.day,
        minutes=sent.minutes,
        kind=WorkKind.PRODUCTION if project else sent.work,
        project=project,
        starts_at=sent.starts_at,
        client_uuid=sent.key,
        actor=actor,
        at=at,
    )


def _say_noted(entry: WorkEntry) -> str:
    words = {
        "day": clock.format_day(entry.day, weekday=True, year=False),
        "time": clock.format_minutes(entry.minutes),
        "work": entry.work_label,
    }
    return _("C’est noté : %(time)s, %(work)s, %(day)s.") % words


def clock_sentence(batch: Batch, at: dt.datetime) -> str:
    """What to tell somebody whose phone has a wrong clock or a wrong day; nothing when it is right."""
    told = batch.phone_now
    if told is None:
        return ""
    here = clock.civil_day(at)
    if abs(told - at) <= CLOCK_MAY_DIFFER and batch.phone_day in (None, here):
        return ""
    words = {"phone": _moment(told, batch.phone_day), "here": _moment(at, None)}
    return (
        _(
            "L’heure de ton téléphone n’est pas juste. Il dit : %(phone)s. Ici : %(here)s."
            " Regarde si tes jours sont bons : personne ne les a changés."
        )
        % words
    )


def _moment(instant: dt.datetime, day: dt.date | None) -> str:
    local = instant.astimezone(clock.PARIS)
    said = clock.format_day(day or local.date(), weekday=True)
    return f"{said}, {format_time(local.hour * 60 + local.minute)}"
