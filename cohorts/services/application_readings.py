"""Opening an application: who read somebody's own words is kept, once a day for each reader."""

import datetime as dt

from django.utils.translation import gettext as _

from cohorts.models import Application, ApplicationReading
from cohorts.perms.recruiting import can_see_selection
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused


def open_application(*, application: Application, actor: Actor, at: dt.datetime) -> None:
    """Keep that `actor` read this application today; a second time the same day changes nothing.

    Raises Refused to a seat that takes no part in the selection.
    """
    day = civil_day(at)
    if not can_see_selection(actor, application.cohort, day):
        raise Refused(_("Cette candidature ne s’ouvre pas d’ici."))
    ApplicationReading.objects.bulk_create(
        [
            ApplicationReading(
                application=application,
                by_id=actor.person_id,
                by_seat=f"{actor.seat_label}, {actor.place_label}"[:150],
                day=day,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
