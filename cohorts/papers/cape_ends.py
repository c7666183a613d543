"""Attestation de fin de CAPE: parties, dates, terms, activity. Neither a judgement nor a reason.

A CAPE is no employment contract (C. com. L127-1 to L127-7): no certificat de travail is due, and this
paper says that it is not one. It is the host's, given when the contract ends or ended.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Contract, Enrolment
from cohorts.papers.parties import address_of, host_of, identity_of, person_of
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind, PublicFact

KIND = "cape_end"


def title() -> str:
    return _("Attestation de fin de CAPE")


def snapshot_of(
    *,
    cohort: Cohort,
    enrolment: Enrolment,
    terms: Sequence[Contract],
    ended_on: dt.date,
    day: dt.date,
) -> dict[str, Any]:
    """Write down everything the attestation prints. `terms` are its CAPEs, oldest first."""
    return {
        "person": person_of(enrolment.person),
        "host": host_of(cohort),
        "cohort": cohort.name,
        "activity": enrolment.activity,
        "terms": [
            {"starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat()}
            for one in terms
        ],
        "ended_on": ended_on.isoformat(),
        "as_of": day.isoformat(),
        "eu": cohort.eu_funded,
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/cape_end.html prints, from the photograph alone."""
    terms = [_read_term(number, term, snapshot) for number, term in enumerate(snapshot["terms"])]
    ended_on = dt.date.fromisoformat(snapshot["ended_on"])
    as_of = dt.date.fromisoformat(snapshot["as_of"])
    host = snapshot["host"]
    return {
        **{key: snapshot[key] for key in ("cohort", "activity", "eu")},
        "person": snapshot["person"]["name"],
        "host": host,
        "terms": terms,
        "started_on": terms[0]["starts_on"],
        "ended_on": ended_on,
        "as_of": as_of,
        "is_over": ended_on <= as_of,
        "is_early": ended_on < dt.date.fromisoformat(snapshot["terms"][-1]["ends_on"]),
        "renewals": len(terms) - 1,
        "issuer": {
            "name": host["name"],
            "role": _("coopérative hôte"),
            "lines": identity_of(host),
        },
        "who": {"name": snapshot["person"]["name"], "lines": address_of(snapshot["person"])},
    }


def _read_term(number: int, term: Mapping[str, str], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """A term that was cut short ends on the day the contract did."""
    ends_on = min(term["ends_on"], snapshot["ended_on"])
    words = _("Contrat initial") if not number else _("Renouvellement n° %d") % number
    return {
        "words": words,
        "starts_on": dt.date.fromisoformat(term["starts_on"]),
        "ends_on": dt.date.fromisoformat(ends_on),
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"fin-de-cape-{slugify(snapshot['person']['name'])}-{snapshot['ended_on']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort and the dates. Nobody's name."""
    period = clock.format_period(
        dt.date.fromisoformat(snapshot["terms"][0]["starts_on"]),
        dt.date.fromisoformat(snapshot["ended_on"]),
    )
    return [PublicFact(_("Coopérative"), snapshot["cohort"]), PublicFact(_("CAPE"), period)]


CAPE_END = DocumentKind(
    code=KIND,
    label="Attestation de fin de CAPE",
    template="pdf/cape_end.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="attestation",
)
