"""Whether a badge still stands, for whoever verifies it: a W3C Bitstring Status List for each host and year.

A verifier fetches the whole list and looks at one bit: it never tells us which badge it looks at. The
list is drawn from the papers at each request, signed with the key of the badges, and short-lived, so
that an old copy cannot bring a revoked badge back. Source: W3C Bitstring Status List v1.0.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from openbadgeslib.ob3 import (
    build_status_list_credential,
    sign_status_list_credential,
    status_entry,
)

from cohorts.models import BadgeSeries
from cohorts.papers.skills import KIND
from cohorts.services.badges import issuer_did, private_pem
from ct_platform.kit.clock import civil_day
from documents.enums import DocumentStatus
from documents.models import Document

VALID = dt.timedelta(days=2)
_TTL = 15 * 60 * 1000  # milliseconds: how often a verifier looks again
_PURPOSE = "revocation"


def list_url(organisation_id: int, year: int) -> str:
    path: str = reverse("cohorts:badge_status", args=[organisation_id, year])
    return f"{settings.PUBLIC_ORIGIN}{path}"


@transaction.atomic
def place_in_list(*, organisation_id: int, at: dt.datetime) -> dict[str, Any]:
    """Give a badge about to be signed its place for good: {"year", "index"}, kept with the paper."""
    year = civil_day(at).year
    key = {"host_id": organisation_id, "year": year}
    # Two first badges at once: one inserts, the other waits and finds the row.
    BadgeSeries.objects.bulk_create([BadgeSeries(**key)], ignore_conflicts=True)
    series = BadgeSeries.objects.select_for_update(of=("self",)).get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return {"year": year, "index": series.last}


def entry_of(organisation_id: int, place: dict[str, Any]) -> dict[str, Any]:
    """What the badge says of where its status is."""
    entry: dict[str, Any] = status_entry(
        list_url(organisation_id, place["year"]), _PURPOSE, place["index"]
    )
    return entry


def status_list(*, organisation_id: int, year: int, at: dt.datetime) -> str:
    """The signed list of a host and year, as a compact VC-JWT. A paper replaced or revoked sets its
    bit: its badge says what no longer stands. One query."""
    fallen = (
        Document.objects.filter(
            kind=KIND, issuer_key=organisation_id, snapshot__badge_status__year=year
        )
        .exclude(status=DocumentStatus.VALID)
        .values_list("snapshot__badge_status__index", flat=True)
    )
    credential = build_status_list_credential(
        issuer_did(organisation_id),
        list_url(organisation_id, year),
        _PURPOSE,
        sorted(fallen),
        issued=at,
        valid_until=at + VALID,
        ttl=_TTL,
    )
    token: str = sign_status_list_credential(credential, private_pem(), "EdDSA")
    return token
