"""The hours of a signed half-day, confirmed by their author in one tap."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Attendance, Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_minutes
from ct_platform.kit.errors import Refused
from projects.enums import WorkKind
from projects.models import Project, WorkEntry
from projects.selectors.proposed import entry_key, proposed_between
from projects.services.work._rows import lock_enrolment
from projects.services.work.entries import note_hours


@transaction.atomic
def note_attended(
    *,
    attendance: Attendance,
    enrolment: Enrolment,
    project: Project | None,
    actor: Actor,
    at: dt.datetime,
) -> WorkEntry:
    """Note the minutes of a half-day that its author attended, with the kind of its session.

    The same half-day again gives the entry it made. Raises Refused: not theirs, not attended, hours
    of that kind already standing on the day, production without an activity; else as `note_hours`.
    """
    own = lock_enrolment(enrolment.pk)
    known: WorkEntry | None = WorkEntry.objects.filter(client_uuid=entry_key(attendance.pk)).first()
    if known is not None and known.enrolment_id == own.pk:
        return known
    day = attendance.slot.session.day
    proposed = next(
        (one for one in proposed_between(own.pk, day, day) if one.attendance_id == attendance.pk),
        None,
    )
    if proposed is None:
        raise Refused(_("Cette demi-journée ne donne pas d’heures à noter."))
    if proposed.is_covered:
        raise Refused(
            _("Tu as déjà noté %(time)s de %(kind)s ce jour-là : ces heures y sont.")
            % {"time": format_minutes(proposed.already_minutes), "kind": proposed.kind.label}
        )
    return note_hours(
        enrolment=own,
        day=day,
        minutes=proposed.minutes,
        kind=proposed.kind,
        project=project if proposed.kind == WorkKind.PRODUCTION else None,
        client_uuid=entry_key(attendance.pk),
        note=attendance.slot.session.title[:140],
        actor=actor,
        at=at,
    )
