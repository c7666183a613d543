"""What the page of the quarter offers."""

from cohorts.address_lookup import lookup
from cohorts.models import Quarter, Territory
from cohorts.selectors.entry_files import PersonFile
from cohorts.services.places import vintage_on


def lookup_is_on() -> bool:
    """Whether an address may be sent to the service of the settings."""
    return lookup().is_on


def quarters_offered(file: PersonFile, territory: Territory) -> list[tuple[str, str]]:
    """Quarters of the commune of the entry, and that of the territory: code and words. Three queries."""
    vintage = vintage_on(file.entered_on) or 0
    rows = Quarter.objects.of_vintage(vintage)
    found = list(rows.of_commune(file.place.insee if file.place else ""))
    offered = [(one.code, str(one)) for one in found]
    own = territory.qpv_code
    if own and own not in {code for code, _words in offered}:
        known = rows.filter(code=own).first()
        if known is not None or not vintage:
            offered.append((own, str(known) if known else f"{territory.name} ({own})"))
    return offered
