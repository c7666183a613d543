"""The list of a cohort's contracts and the page of one, with what each still lacks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from cohorts.enums.contracts import ContractKind, ContractState
from cohorts.models import Cohort, Contract
from cohorts.rules.contract_terms import alert_level
from cohorts.selectors.contract_checks import what_lacks
from cohorts.selectors.contract_terms import proposed
from cohorts.selectors.contracts import SIGNS, chain_of, contracts_of, points_of
from ct_platform.kit.clock import format_day
from ct_platform.kit.components import Fact


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One term on the list. `rank`: 0 for a first contract, else which renewal."""

    contract: Contract
    name: str
    rank: int
    tone: str
    icon: str
    lacks: list[str]
    ends_soon: bool
    left_on: dt.date | None  # the person left, and their contract still runs

    @property
    def key(self) -> str:
        return str(self.contract.pk)

    @property
    def can_issue(self) -> bool:
        return self.contract.is_draft and not self.lacks


def contract_rows(cohort: Cohort, today: dt.date) -> list[ContractRow]:
    """The contracts of a cohort that stand, by name. Three queries."""
    minors = proposed(cohort.host_id, ContractKind.CAPE, today).minors_allowed
    rows = contracts_of(cohort)
    renewed = {one.renews_id for one in rows if one.renews_id and one.state in _SIGNED}
    ranks: dict[int, int] = {}
    for one in rows:
        ranks[one.pk] = ranks.get(one.renews_id, 0) + 1 if one.renews_id else 0
    return [_row(one, ranks[one.pk], minors, one.pk in renewed, today) for one in rows]


_SIGNED = (ContractState.SIGNED, ContractState.ENDED)


def _row(contract: Contract, rank: int, minors: bool, renewed: bool, today: dt.date) -> ContractRow:
    tone, icon = SIGNS[ContractState(contract.state)]
    return ContractRow(
        contract=contract,
        name=contract.enrolment.person.full_name,
        rank=rank,
        tone=tone,
        icon=icon,
        lacks=what_lacks(contract, minors) if contract.is_draft else [],
        ends_soon=contract.is_signed
        and not renewed
        and alert_level(contract.ends_on, today) is not None,
        left_on=contract.enrolment.left_on if contract.is_signed else None,
    )


def chosen_of(cohort: Cohort, keys: Sequence[int]) -> list[Contract]:
    """All of these contracts, of a cohort already found in sight. Http404 for any other. One query."""
    found = list(Contract.objects.of_cohort(cohort.pk).standing().filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise Http404
    return found


def page_of_contract(contract: Contract, today: dt.date) -> dict[str, Any]:
    """Everything of the page of one contract. Five queries."""
    cohort = contract.enrolment.cohort
    minors = proposed(cohort.host_id, contract.kind, today).minors_allowed
    tone, icon = SIGNS[ContractState(contract.state)]
    return {
        "contract": contract,
        "cohort": cohort,
        "name": contract.enrolment.person.full_name,
        "tone": tone,
        "icon": icon,
        "facts": _facts(contract),
        "chain": chain_of(contract),
        "points": points_of(contract),
        "lacks": what_lacks(contract, minors) if contract.is_draft else [],
        "asked": getattr(contract, "eligibility", None),
        "amendments": list(contract.amendments.select_related("document", "scan")),
        "notices": list(contract.notices.select_related("letter")),
    }


def _facts(contract: Contract) -> list[Fact]:
    found = [
        Fact(_("Premier jour"), format_day(contract.starts_on)),
        Fact(_("Dernier jour prévu"), format_day(contract.ends_on)),
    ]
    if contract.person_signed_on and contract.host_signed_on:
        found += [
            Fact(
                _("Signé par la personne"),
                format_day(contract.person_signed_on),
                contract.get_signature_way_display(),
            ),
            Fact(_("Signé par la coopérative hôte"), format_day(contract.host_signed_on)),
        ]
    elif contract.signed_on:
        found.append(Fact(_("Signé"), format_day(contract.signed_on)))
    if contract.ended_on:
        found.append(
            Fact(_("Fini le"), format_day(contract.ended_on), contract.get_end_reason_display())
        )
    return found
