"""What a contract must satisfy before it is issued, read the same way by pages and by services."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from cohorts.models import Contract, Enrolment
from cohorts.rules.contract_terms import (
    EligibilityFault,
    Term,
    eligibility_faults,
    stricter,
    term_fault,
)
from cohorts.selectors.contract_terms import Proposed, proposed
from cohorts.services.contract_sentences import (
    eligibility_sentence,
    points_sentence,
    term_refusal,
)
from ct_platform.kit.errors import Refused


def hold_enrolment(enrolment_id: int) -> Enrolment:
    """Everything that changes the contracts of one person comes one after the other."""
    held: Enrolment = (
        Enrolment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person", "cohort__host", "cohort__territory")
        .get(pk=enrolment_id)
    )
    return held


def hold_contract(contract: Contract) -> Contract:
    """The contract as it is now, once its person is held. Call it in a transaction."""
    enrolment = hold_enrolment(contract.enrolment_id)
    held: Contract = (
        Contract.objects.select_related("renews", "terms", "document", "scan")
        .prefetch_related("points")
        .get(pk=contract.pk)
    )
    held.enrolment = enrolment
    return held


def with_what_matters(rows: "QuerySet[Contract]") -> list[Contract]:
    """Contracts with all that `what_lacks` reads. Three queries whatever their number."""
    return list(
        rows.select_related("enrolment__person", "eligibility", "terms", "renews").prefetch_related(
            "points"
        )
    )


def renewals_before(contract: Contract) -> int | None:
    """How many renewals its contract had before this term; None for a first term. A query a term."""
    if contract.renews_id is None:
        return None
    count, earlier = 0, contract.renews
    while earlier is not None and earlier.renews_id is not None:
        count, earlier = count + 1, earlier.renews
    return count


def require_term(
    contract: Contract, host_terms: Proposed, name: str, others: Iterable[Contract]
) -> None:
    """Raise Refused when the dates of a term cannot be. `others` are the person's other contracts."""
    spans: list[Term] = [(one.starts_on, one.last_day) for one in others if one.pk != contract.pk]
    fault = term_fault(
        contract.nature,
        contract.starts_on,
        contract.ends_on,
        others=spans,
        renewals_before=renewals_before(contract),
        most_months=host_terms.months_at_most,
        most_renewals=host_terms.renewals_at_most,
    )
    if fault is not None:
        months = stricter(contract.nature.most_months, host_terms.months_at_most)
        raise term_refusal(fault, name, months)


def other_contracts(contract: Contract) -> list[Contract]:
    """The other contracts of the person in the cohort that stand. One query."""
    return list(
        Contract.objects.filter(enrolment_id=contract.enrolment_id)
        .standing()
        .exclude(pk=contract.pk)
    )


def faults_of(contract: Contract, minors_allowed: bool) -> list[EligibilityFault]:
    asked = getattr(contract, "eligibility", None)
    return eligibility_faults(
        contract.nature,
        born_on=contract.enrolment.person.birth_date,
        starts_on=contract.starts_on,
        employed_full_time=asked.employed_full_time if asked else None,
        minors_allowed=minors_allowed,
        has_consent=bool(asked and asked.has_consent),
    )


def what_lacks(contract: Contract, minors_allowed: bool) -> list[str]:
    """Why a contract cannot be issued yet, in French; [] when it can. No query on prefetched rows."""
    lacks = [eligibility_sentence(fault) for fault in faults_of(contract, minors_allowed)]
    if contract.nature.is_drawn_here and (points := points_sentence(contract)):
        lacks.append(points)
    return lacks


def require_ready(contract: Contract, day: dt.date) -> None:
    """Raise Refused, with everything that lacks, when a contract cannot be issued."""
    name = contract.enrolment.person.full_name
    terms = proposed(contract.enrolment.cohort.host_id, contract.kind, day)
    require_term(contract, terms, name, other_contracts(contract))
    if lacks := what_lacks(contract, terms.minors_allowed):
        raise Refused(f"{name} : {' ; '.join(lacks)}.")
