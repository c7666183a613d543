"""The CAPE for signature, its renewals and its other amendments, by the host.

A CAPE is no employment contract (C. com. L127-1 to L127-7): these papers say so and use none of its
words. The contract carries the eight points of R127-1 in full; a renewal repeats them as they stand.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import Contract, ContractAmendment
from cohorts.papers.parties import address_of, host_of, identity_of, person_of
from cohorts.rules.contract_points import POINTS
from cohorts.rules.programmes import is_minor
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind, PublicFact
from documents.services.issue import Paper

CONTRACT, RENEWAL, AMENDMENT = "cape_contract", "cape_renewal", "cape_amendment"


def batch_of(cohort_id: int) -> str:
    """All the contracts of a cohort are followed together."""
    return f"contracts:{cohort_id}"


def paper_of(contract: Contract, *, day: dt.date, effect_key: str) -> Paper:
    """The paper of a CAPE that is complete: first contract or renewal. `day`: the day it is issued."""
    renewed = terms_before(contract)
    title = (
        _("Avenant de renouvellement n° %d au CAPE") % len(renewed)
        if renewed
        else _("Contrat d’appui au projet d’entreprise (CAPE)")
    )
    return _paper(
        contract,
        RENEWAL if renewed else CONTRACT,
        title,
        snapshot_of(contract, renewed, day),
        effect_key,
        contract.ends_on,
    )


def amendment_paper(amendment: ContractAmendment, *, day: dt.date, effect_key: str) -> Paper:
    contract = amendment.contract
    snapshot = _common(contract, day) | {
        "number": amendment.number,
        "subject": amendment.subject,
        "text": amendment.text,
        "in_force_from": amendment.in_force_from.isoformat(),
        "signed_on": contract.signed_on.isoformat() if contract.signed_on else "",
    }
    title = _("Avenant n° %d au CAPE") % amendment.number
    return _paper(contract, AMENDMENT, title, snapshot, effect_key, contract.ends_on)


def _paper(
    contract: Contract,
    kind: str,
    title: str,
    snapshot: Mapping[str, Any],
    effect_key: str,
    last: dt.date,
) -> Paper:
    cohort = contract.enrolment.cohort
    return Paper(
        kind=kind,
        title=title,
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=contract.enrolment.person,
        snapshot=snapshot,
        effect_key=effect_key,
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        batch=batch_of(cohort.pk),
        period_from=contract.starts_on,
        period_to=last,
    )


def terms_before(contract: Contract) -> list[Contract]:
    """The terms that a renewal follows, oldest first; [] for a first contract. A query a term."""
    found: list[Contract] = []
    earlier = contract.renews
    while earlier is not None:
        found.insert(0, earlier)
        earlier = earlier.renews
    return found


def _common(contract: Contract, day: dt.date) -> dict[str, Any]:
    cohort, person = contract.enrolment.cohort, contract.enrolment.person
    asked = getattr(contract, "eligibility", None)
    return {
        "person": person_of(person)
        | {"born_on": person.birth_date.isoformat() if person.birth_date else ""},
        "guardians": asked.consent_by
        if asked and is_minor(person.birth_date, contract.starts_on)
        else "",
        "host": host_of(cohort),
        "cohort": cohort.name,
        "territory": cohort.territory.name,
        "activity": contract.enrolment.activity,
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat(),
        "as_of": day.isoformat(),
        "eu": cohort.eu_funded,
    }


def snapshot_of(contract: Contract, renewed: Sequence[Contract], day: dt.date) -> dict[str, Any]:
    """Write down everything the contract prints. `renewed`: the terms before it, oldest first."""
    asked = getattr(contract, "eligibility", None)
    points = {point.number: point for point in contract.points.all()}
    return _common(contract, day) | {
        "terms": [
            {"starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat()}
            for one in renewed
        ],
        "first_signed_on": renewed[0].signed_on.isoformat()
        if renewed and renewed[0].signed_on
        else "",
        "stated_on": asked.stated_on.isoformat() if asked else "",
        "points": [
            {
                "number": point.number,
                "text": points[point.number].text,
                "more": points[point.number].more,
                "amount": str(points[point.number].amount)
                if points[point.number].amount is not None
                else "",
                "has_file": points[point.number].file_id is not None,
            }
            for point in POINTS
            if point.number in points
        ],
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/cape_contract.html prints, from the photograph alone."""
    asked = {point.number: point for point in POINTS}
    return _read_common(snapshot) | {
        "number": len(snapshot["terms"]),
        "earlier": [
            {
                "words": _("Renouvellement n° %d") % rank if rank else _("Contrat initial"),
                "starts_on": dt.date.fromisoformat(term["starts_on"]),
                "ends_on": dt.date.fromisoformat(term["ends_on"]),
            }
            for rank, term in enumerate(snapshot["terms"])
        ],
        "first_signed_on": _day(snapshot["first_signed_on"]),
        "stated_on": _day(snapshot["stated_on"]),
        "points": [
            {
                "number": row["number"],
                "title": asked[row["number"]].title,
                "text": row["text"],
                "more_label": asked[row["number"]].more,
                "more": row["more"],
                "amount_label": asked[row["number"]].amount.replace(" (€)", ""),
                "amount": Decimal(row["amount"]) if row["amount"] else None,
                "has_file": row["has_file"],
            }
            for row in snapshot["points"]
        ],
    }


def amendment_context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    return _read_common(snapshot) | {
        "number": snapshot["number"],
        "subject": snapshot["subject"],
        "text": snapshot["text"],
        "in_force_from": _day(snapshot["in_force_from"]),
        "signed_on": _day(snapshot["signed_on"]),
    }


def _read_common(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    host, person = snapshot["host"], snapshot["person"]
    return {
        **{key: snapshot[key] for key in ("cohort", "territory", "activity", "eu", "guardians")},
        "person": person["name"],
        "person_address": ", ".join(address_of(person)),
        "born_on": _day(person["born_on"]),
        "host": host,
        "host_identity": ", ".join(identity_of(host)),
        "starts_on": _day(snapshot["starts_on"]),
        "ends_on": _day(snapshot["ends_on"]),
        "as_of": _day(snapshot["as_of"]),
        "issuer": {"name": host["name"], "role": _("coopérative hôte"), "lines": identity_of(host)},
        "who": {"name": person["name"], "lines": address_of(person), "label": _("Avec")},
    }


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _filename(prefix: str) -> Callable[[Mapping[str, Any]], str]:
    def name(snapshot: Mapping[str, Any]) -> str:
        return f"{prefix}-{slugify(snapshot['person']['name'])}-{snapshot['starts_on']}.pdf"

    return name


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort and the dates. Nobody's name, no amount."""
    period = clock.format_period(
        dt.date.fromisoformat(snapshot["starts_on"]), dt.date.fromisoformat(snapshot["ends_on"])
    )
    return [PublicFact(_("Coopérative"), snapshot["cohort"]), PublicFact(_("CAPE"), period)]


def _kind(code: str, label: str, template: str, reads: Any, prefix: str) -> DocumentKind:
    return DocumentKind(
        code=code,
        label=label,
        template=template,
        template_version="1",
        context=reads,
        filename=_filename(prefix),
        open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
        public_facts=public_facts,
        icon="attestation",
    )


KINDS = (
    _kind(CONTRACT, "CAPE", "pdf/cape_contract.html", context, "cape"),
    _kind(
        RENEWAL,
        "Avenant de renouvellement de CAPE",
        "pdf/cape_contract.html",
        context,
        "renouvellement-cape",
    ),
    _kind(
        AMENDMENT, "Avenant au CAPE", "pdf/cape_amendment.html", amendment_context, "avenant-cape"
    ),
)
