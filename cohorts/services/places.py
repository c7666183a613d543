"""Whether the address at entry lies in a priority quarter: by its coordinates, or by hand."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.address_lookup import lookup
from cohorts.enums.entry_files import LocatedHow, QuarterStatus
from cohorts.models import Enrolment, EntryPlace, Quarter
from cohorts.rules.files import is_frozen
from cohorts.rules.places import position
from cohorts.selectors.places import vintage_on
from cohorts.services.closing import refuse_archived
from cohorts.services.file_versions import (
    current,
    entered_on,
    follow,
    hold,
    require_correction,
)
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused

SHORTEST_EVIDENCE = 5
# In force since 1 January 2024 (décret 2023-1314): used by hand when no file is imported.
OFFICIAL_VINTAGE = 2024
_SIX_PLACES = Decimal("0.000001")
_ADDRESS = ("address", "postcode", "city", "insee")


@transaction.atomic
def locate(
    *,
    enrolment: Enrolment,
    longitude: Decimal,
    latitude: Decimal,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> EntryPlace:
    """Place the address at entry by its coordinates (degrees, WGS 84), with the vintage of that day.

    Raises Refused when there is no address yet, when no file of quarters with shapes is imported,
    when the point is within thirty metres of a limit (somebody must look: `locate_by_hand`), or
    when a place already found changes without right or `reason`.
    """
    longitude, latitude = (one.quantize(_SIX_PLACES) for one in (longitude, latitude))
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise Refused(_("Ces coordonnées ne sont pas en degrés."), field="latitude")
    day = civil_day(at)
    enrolment = hold(enrolment, actor)
    entry = entered_on(enrolment, day)
    vintage = vintage_on(entry)
    shaped = Quarter.objects.filter(vintage=vintage or 0, shape__isnull=False)
    if vintage is None or not shaped.exists():
        raise Refused(
            _("Aucun fichier des quartiers avec leurs contours n’est importé. Constatez à la main.")
        )
    quarter = _quarter_at(shaped, longitude, latitude)
    found = {
        "longitude": longitude,
        "latitude": latitude,
        "quarter_status": QuarterStatus.IN if quarter else QuarterStatus.OUT,
        "quarter_code": quarter.code if quarter else "",
        "quarter_name": quarter.name if quarter else "",
        "vintage": vintage,
        "located_how": LocatedHow.POINT,
        "evidence": "",
    }
    return _settle(enrolment, entry, found, reason, actor, at)


def _quarter_at(rows: Any, longitude: Decimal, latitude: Decimal) -> Quarter | None:
    point, inside = (float(longitude), float(latitude)), None
    margin = Decimal("0.001")  # a hundred metres: limits close by are seen from outside too
    for quarter in rows.filter(
        west__lte=longitude + margin, east__gte=longitude - margin,
        south__lte=latitude + margin, north__gte=latitude - margin,
    ):  # fmt: skip
        where = position(point, quarter.shape)
        if where.is_doubtful:
            raise Refused(
                _(
                    "Ce point est à moins de 30 mètres de la limite du quartier %(name)s. "
                    "Vérifiez l’adresse sur la carte officielle, puis constatez à la main."
                )
                % {"name": quarter.name},
                field="latitude",
            )
        if where.is_inside:
            inside = quarter
    return inside


@transaction.atomic
def locate_by_lookup(
    *, enrolment: Enrolment, reason: str = "", actor: Actor, at: dt.datetime
) -> EntryPlace:
    """Ask the address service of the settings, then `locate`. Raises Refused when it does not know."""
    place = current(EntryPlace, enrolment)
    found = (
        lookup().find(address=place.address, postcode=place.postcode, city=place.city)
        if place is not None
        else None
    )
    if found is None:
        raise Refused(
            _("L’adresse n’a pas été trouvée. Donnez ses coordonnées, ou constatez à la main.")
        )
    return locate(
        enrolment=enrolment,
        longitude=found.longitude,
        latitude=found.latitude,
        reason=reason,
        actor=actor,
        at=at,
    )


@transaction.atomic
def locate_by_hand(
    *,
    enrolment: Enrolment,
    quarter_code: str,
    evidence: str,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> EntryPlace:
    """Note what the official map says: a quarter by its code, or "" for none, with `evidence`.

    The vintage is that in force on the day of entry. Raises Refused without an address, without
    evidence, for a code the imported file does not know, or as `locate` does for a correction.
    """
    refuse_archived(enrolment.cohort)
    if len(evidence.strip()) < SHORTEST_EVIDENCE:
        raise Refused(
            _("Dites ce que vous avez vu et quand, par exemple : carte officielle, le 12 octobre."),
            field="evidence",
        )
    enrolment = hold(enrolment, actor)
    entry = entered_on(enrolment, civil_day(at))
    vintage = vintage_on(entry)
    code = quarter_code.strip().upper()
    known = Quarter.objects.filter(vintage=vintage or 0, code=code).first() if code else None
    territory = enrolment.cohort.territory
    if code and known is None and (vintage is not None or code != territory.qpv_code):
        raise Refused(
            _("Ce code de quartier n’est pas dans le fichier du millésime."), field="quarter_code"
        )
    found = {
        "longitude": None,
        "latitude": None,
        "quarter_status": QuarterStatus.IN if code else QuarterStatus.OUT,
        "quarter_code": code,
        "quarter_name": known.name if known else (territory.name if code else ""),
        "vintage": vintage or territory.qpv_vintage or OFFICIAL_VINTAGE,
        "located_how": LocatedHow.HAND,
        "evidence": evidence.strip(),
    }
    return _settle(enrolment, entry, found, reason, actor, at)


def _settle(
    enrolment: Enrolment,
    entry: dt.date,
    found: dict[str, Any],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> EntryPlace:
    before = current(EntryPlace, enrolment)
    if before is None:
        raise Refused(_("Écrivez d’abord l’adresse à l’entrée."))
    if all(getattr(before, name) == value for name, value in found.items()):
        return before
    corrected = bool(before.quarter_status) and is_frozen(entry, civil_day(at))
    if corrected:
        require_correction(enrolment, actor, reason)
    return follow(
        EntryPlace,
        enrolment=enrolment,
        before=before,
        columns={**{name: getattr(before, name) for name in _ADDRESS}, **found},
        reason=reason if corrected else "",
        actor=actor,
        at=at,
    )
