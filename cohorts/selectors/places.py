"""What the page of the quarter offers."""

import datetime as dt

from django.db.models import Max

from cohorts.address_lookup import lookup
from cohorts.models import Quarter, Territory
from cohorts.selectors.entry_files import PersonFile


def vintage_on(day: dt.date) -> int | None:
    """The vintage imported that was in force that day, None without one. One query."""
    found: int | None = Quarter.objects.filter(vintage__lte=day.year).aggregate(
        last=Max("vintage")
    )["last"]
    return found


def lookup_is_on() -> bool:
    """Whether an address may be sent to the service of the settings."""
    return lookup().is_on


def quarters_offered(file: PersonFile, territory: Territory) -> list[tuple[str, str]]:
    """Quarters of the commune of the entry, and that of the territory: code and words. Two queries."""
    vintage = vintage_on(file.entered_on) or 0
    own = territory.qpv_code
    rows = Quarter.objects.of_vintage(vintage)
    near = rows.of_commune(file.place.insee if file.place else "") | rows.filter(code=own)
    offered = [(one.code, str(one)) for one in near]
    if own and not vintage:
        offered.append((own, f"{territory.name} ({own})"))
    return offered
