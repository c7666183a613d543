"""Asking an outside service where an address lies. Off by default.

It would send the address of a person to a third party: who runs the site decides it, in the
settings, after telling people. The shape of answers is that of the national address base.
"""

import json
import urllib.parse
import urllib.request
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

_SURE = 0.6  # below, the service itself doubts that it found the address
_SECONDS = 3
_MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Located:
    longitude: Decimal
    latitude: Decimal
    insee: str
    label: str


class AddressLookup(Protocol):
    is_on: bool

    def find(self, *, address: str, postcode: str, city: str) -> Located | None:
        """The place of an address; None when it is not found, not sure, or nobody answers."""


class NoLookup:
    """The default: nothing leaves the house."""

    is_on = False

    def find(self, *, address: str, postcode: str, city: str) -> Located | None:
        return None


class AddressBaseLookup:
    """A server that speaks as the Base Adresse Nationale does, at ADDRESS_LOOKUP_URL (https)."""

    is_on = True

    def find(self, *, address: str, postcode: str, city: str) -> Located | None:
        asked = {"q": f"{address} {postcode} {city}".strip(), "limit": "1"}
        url = f"{settings.ADDRESS_LOOKUP_URL}?{urllib.parse.urlencode(asked)}"
        if not url.startswith("https://"):
            return None
        try:
            with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - https, checked above
                found = json.loads(answer.read(_MOST_BYTES))["features"][0]
            properties, (x, y) = found["properties"], found["geometry"]["coordinates"][:2]
            if float(properties["score"]) < _SURE:
                return None
            return Located(
                Decimal(str(x)), Decimal(str(y)), str(properties.get("citycode", "")),
                str(properties.get("label", "")),
            )  # fmt: skip
        except (OSError, ValueError, KeyError, IndexError, TypeError, InvalidOperation):
            return None  # the coordinator types what they know: nobody waits for a third party


def lookup() -> AddressLookup:
    """The adapter named by ADDRESS_LOOKUP."""
    found: AddressLookup = import_string(settings.ADDRESS_LOOKUP)()
    return found
