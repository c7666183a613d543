"""The letters that tell URSSAF and France Travail of a CAPE: signature and term, renewal, early end.

Source: C. trav. R5142-1. They say dates and identity, never why a contract ends.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.contracts import Authority, NoticeEvent
from cohorts.models import AuthorityNotice, ContractTerms
from cohorts.papers.parties import address_of, host_of, identity_of, person_of
from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind
from documents.services.issue import Paper

KIND = "cape_notice"


def title_of(event: str) -> str:
    return {
        NoticeEvent.SIGNATURE: _("Conclusion d’un contrat d’appui (CAPE)"),
        NoticeEvent.RENEWAL: _("Renouvellement d’un contrat d’appui (CAPE)"),
        NoticeEvent.EARLY_END: _("Fin anticipée d’un contrat d’appui (CAPE)"),
    }[NoticeEvent(event)]


def letter_of(
    notice: AuthorityNotice, terms: ContractTerms | None, *, day: dt.date, effect_key: str
) -> Paper:
    """The letter of a notice, dated the day it is written. Nobody's "mes papiers" shows it."""
    contract = notice.contract
    cohort = contract.enrolment.cohort
    person = contract.enrolment.person
    first = contract.renews.starts_on if contract.renews else contract.starts_on
    return Paper(
        kind=KIND,
        title=title_of(notice.event),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=None,
        effect_key=effect_key,
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        snapshot={
            "to": _recipient(notice, terms),
            "event": notice.event,
            "happened_on": notice.happened_on.isoformat(),
            "host": host_of(cohort),
            "person": person_of(person)
            | {"born_on": person.birth_date.isoformat() if person.birth_date else ""},
            "cohort": cohort.name,
            "starts_on": contract.starts_on.isoformat(),
            "ends_on": contract.ends_on.isoformat(),
            "contract_from": first.isoformat(),
            "as_of": day.isoformat(),
            "eu": cohort.eu_funded,
        },
    )


def _recipient(notice: AuthorityNotice, terms: ContractTerms | None) -> dict[str, str]:
    if notice.authority == Authority.URSSAF:
        return {
            "name": terms.urssaf_name if terms else "URSSAF",
            "address": terms.urssaf_address if terms else "",
        }
    return {"name": "France Travail", "address": terms.france_travail_address if terms else ""}


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/cape_notice.html prints, from the photograph alone."""
    host, person = snapshot["host"], snapshot["person"]
    return {
        "event": snapshot["event"],
        "happened_on": dt.date.fromisoformat(snapshot["happened_on"]),
        "host": host,
        "cohort": snapshot["cohort"],
        "eu": snapshot["eu"],
        "person": person["name"],
        "person_address": ", ".join(address_of(person)),
        "born_on": dt.date.fromisoformat(person["born_on"]) if person["born_on"] else None,
        "starts_on": dt.date.fromisoformat(snapshot["starts_on"]),
        "ends_on": dt.date.fromisoformat(snapshot["ends_on"]),
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "issuer": {"name": host["name"], "role": _("coopérative hôte"), "lines": identity_of(host)},
        "who": {
            "name": snapshot["to"]["name"],
            "lines": [line for line in [snapshot["to"]["address"]] if line],
            "label": _("À l’attention de"),
        },
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    name, to = slugify(snapshot["person"]["name"]), slugify(snapshot["to"]["name"])
    return f"information-cape-{to}-{name}-{snapshot['happened_on']}.pdf"


CAPE_NOTICE = DocumentKind(
    code=KIND,
    label="Information sur un CAPE",
    template="pdf/cape_notice.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.HOST}),
    icon="lettre",
)
