"""How papers name the parties of a contract: the person, and the host with its numbers (C. com. R127-3)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort


def person_of(person: Any) -> dict[str, str]:
    return {
        "name": person.civil_name,
        "address": person.address,
        "place": f"{person.postcode} {person.city}".strip(),
    }


def host_of(cohort: Cohort) -> dict[str, str]:
    host = cohort.host
    return {
        "name": host.name,
        "legal_form": host.legal_form,
        "address": host.address,
        "place": f"{host.postcode} {host.city}".strip(),
        "city": host.city or cohort.territory.city,
        "siret": host.printed_siret,
    }


def address_of(party: Mapping[str, str]) -> list[str]:
    line = ", ".join(part for part in (party["address"], party["place"]) if part)
    return [line] if line else []


def identity_of(host: Mapping[str, str]) -> list[str]:
    """Registered office, form and number of the body that gives its support."""
    number = _("SIRET %s") % host["siret"] if host["siret"] else ""
    return [
        *address_of(host),
        *filter(None, [", ".join(filter(None, [host["legal_form"], number]))]),
    ]
