"""A new cohort from what another one left: the same law for a neighbour's file and for one's own group."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import starter_kit
from cohorts.models import Cohort, Organisation, Programme
from cohorts.services.cohorts import CohortWishes, create_cohort
from cohorts.starter_kit import Kit
from ct_platform.kit.actor import Actor, Seat
from ct_platform.kit.errors import Refused


@transaction.atomic
def start_from_kit(
    *,
    kit: Kit,
    name: str,
    host: Organisation,
    programme: Programme,
    starts_on: dt.date,
    seat: Seat,
    actor: Actor,
    at: dt.datetime,
) -> tuple[Cohort, list[str]]:
    """Create a draft in the territory of `seat` from a kit; gives it, and what could not be taken over.

    `seat`: one of the actor's own coordinator seats. The length is the kit's; days fall on the same
    weekday of the same week. Nobody is in the new cohort and nothing is adopted there. Raises Refused
    as `create_cohort`, and for a kit without its frame.
    """
    frame = kit.frame
    if not frame:
        raise Refused(_("Sans le cadre (durée, places), la coopérative ne peut pas être créée."))
    there = replace(actor, seat=seat)
    cohort = create_cohort(
        wishes=CohortWishes(
            name=name,
            pitch=frame.get("pitch", ""),
            programme=programme,
            host=host,
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=frame["days"] - 1),
            seats=frame["seats"],
            eu_funded=frame.get("eu_funded", False),
        ),
        actor=there,
        at=at,
    )
    left: list[str] = []
    for part in starter_kit.all_parts():
        left += part.write(cohort, kit.of(part.code), there, at)
    return cohort, left
