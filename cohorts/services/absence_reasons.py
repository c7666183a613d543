"""The private reason of an absence: opened by the coordination, and each opening is recorded."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Attendance, Enrolment, Slot
from cohorts.perms.sessions import can_see_calendar
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from members.models import AccessAct
from members.services.access import record_access

SUBJECT = "absence_reason"


@transaction.atomic
def open_reason(*, slot: Slot, enrolment: Enrolment, actor: Actor, at: dt.datetime) -> str:
    """The reason somebody gave for this half-day, "" when they gave none; the reading is recorded.

    People write why, and sometimes it is their health. Raises Refused to any other seat than the
    coordinator's: the person reads their own on their own page, which is no event.
    """
    if not can_see_calendar(actor, enrolment.cohort):
        raise Refused(_("Cette raison ne s’ouvre pas d’ici."))
    found = Attendance.objects.filter(slot=slot, enrolment=enrolment).first()
    if found is None or not found.reason:
        return ""
    record_access(
        person_ids=[enrolment.person_id],
        act=AccessAct.READ,
        subject=SUBJECT,
        why=_("raison d’une absence, %(title)s") % {"title": slot.session.title},
        actor=actor,
        at=at,
    )
    reason: str = found.reason
    return reason
