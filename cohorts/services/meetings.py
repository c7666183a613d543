"""Information meetings: called, attended, called off; seats are never promised twice."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort, InformationMeeting, MeetingGuest
from ct_platform.kit.errors import Refused


@transaction.atomic
def call_meeting(
    *, cohort: Cohort, starts_at: dt.datetime, place: str, seats: int, at: dt.datetime
) -> InformationMeeting:
    """Announce an information meeting. Raises Refused for an instant that is already past."""
    if starts_at <= at:
        raise Refused(_("Cette heure est déjà passée."), field="day")
    return InformationMeeting.objects.create(
        cohort=cohort, starts_at=starts_at, place=place.strip(), seats=seats
    )


@transaction.atomic
def call_off(*, meeting: InformationMeeting, at: dt.datetime) -> None:
    """Cancel a meeting; the list of who is to be told stays. Cancelling twice changes nothing."""
    InformationMeeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=True).update(
        cancelled_at=at
    )


@transaction.atomic
def sign_up(
    *, meeting: InformationMeeting, key: uuid.UUID, name: str, contact: str, at: dt.datetime
) -> MeetingGuest:
    """Keep a seat. The same key is the same guest; the same name and contact too.

    Raises Refused when the meeting is past, cancelled or full, or the cohort recruits no more. The
    meeting is locked while seats are counted: the last one is given once.
    """
    held: InformationMeeting = (
        InformationMeeting.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .get(pk=meeting.pk)
    )
    here = held.guests.filter(erased_at__isnull=True)
    seen = here.filter(key=key).first() or here.filter(name=name, contact=contact).first()
    if isinstance(seen, MeetingGuest):
        return seen
    if held.cancelled_at is not None:
        raise Refused(_("Cette réunion n’aura pas lieu. Choisissez-en une autre."))
    if held.starts_at <= at:
        raise Refused(_("Cette réunion a déjà eu lieu."))
    if held.cohort.state != CohortState.RECRUITING:
        raise Refused(_("Cette coopérative ne recrute plus."))
    if here.count() >= held.seats:
        raise Refused(_("Cette réunion est complète. Choisissez-en une autre."))
    try:
        with transaction.atomic():
            return MeetingGuest.objects.create(meeting=held, key=key, name=name, contact=contact)
    except IntegrityError as error:
        raise Refused(_("Ce formulaire a déjà servi. Rechargez la page.")) from error


@transaction.atomic
def note_who_came(*, meeting: InformationMeeting, came: Collection[int], at: dt.datetime) -> None:
    """Tick who came among those expected; the others did not. Raises Refused before the meeting."""
    if at < meeting.starts_at:
        raise Refused(_("La réunion n’a pas encore commencé."))
    standing = MeetingGuest.objects.filter(meeting=meeting, erased_at__isnull=True)
    standing.filter(pk__in=came).update(came=True)
    standing.exclude(pk__in=came).update(came=False)
