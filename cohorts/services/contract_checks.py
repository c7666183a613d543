"""Holding a person's contracts while one changes, and refusing what the law forbids."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cohorts.models import Contract, Enrolment
from cohorts.rules.contract_terms import Term, TermFault, stricter, term_fault
from cohorts.selectors.contract_checks import other_contracts, renewals_before, what_lacks
from cohorts.selectors.contract_terms import Proposed, proposed
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
        Contract.objects.select_related(
            "renews__renews", "terms", "document", "scan", "eligibility"
        )
        .prefetch_related("points")
        .get(pk=contract.pk)
    )
    held.enrolment = enrolment
    return held


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


def term_refusal(fault: TermFault, name: str, months: int | None) -> Refused:
    sentences = {
        TermFault.REVERSED: _("%(name)s : la fin du contrat précède son début."),
        TermFault.TOO_LONG: _(
            "%(name)s : un terme de ce contrat dure %(months)s mois au plus (Code de commerce, L127-2)."
        ),
        TermFault.OVERLAP: _("%(name)s a déjà un contrat sur une partie de ces dates."),
        TermFault.ONE_TOO_MANY: _(
            "%(name)s : ce contrat ne se renouvelle plus. Un CAPE se renouvelle deux fois au plus, même "
            "s’il est court (Code de commerce, L127-2)."
        ),
    }
    return Refused(sentences[fault] % {"name": name, "months": months or ""}, field="ends_on")


def require_ready(contract: Contract, day: dt.date) -> None:
    """Raise Refused, with everything that lacks, when a contract cannot be issued."""
    name = contract.enrolment.person.full_name
    terms = proposed(contract.enrolment.cohort.host_id, contract.kind, day)
    require_term(contract, terms, name, other_contracts(contract))
    if lacks := what_lacks(contract, terms.minors_allowed):
        raise Refused(f"{name} : {' ; '.join(lacks)}.")
