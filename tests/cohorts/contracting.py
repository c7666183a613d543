"""Verbs of contracts, as the host of cohort A says them."""

import datetime as dt

from cohorts.models import Contract
from cohorts.services import contract_changes, contract_signing, contracts
from cohorts.services.contract_signing import Signature
from tests.factories import NOW
from tests.personas import People

D = dt.date
BEFORE = D(2026, 9, 4)


class Contracting:
    """Amina's contract, from a blank draft on."""

    def __init__(self, people: People) -> None:
        self.people, self.enrolment = people, people.enrolments["amina"]
        self.who = {"actor": people.actor("helene"), "at": NOW}
        Contract.objects.filter(enrolment=self.enrolment).update(state="draft", signed_on=None)

    @property
    def first(self) -> Contract:
        return self.enrolment.contracts.order_by("pk").first()

    def prepared(self) -> Contract:
        contracts.prepare_contracts(cohort=self.people.a.cohort, **self.who)
        return self.first

    def asked(self, contract: Contract, full_time: bool = False, **more) -> Contract:
        contracts.note_eligibility(
            contract=contract, employed_full_time=full_time, stated_on=D(2026, 9, 1), **more, **self.who
        )  # fmt: skip
        return Contract.objects.get(pk=contract.pk)

    def issued(self, contract: Contract | None = None) -> Contract:
        ready = self.asked(contract or self.prepared())
        return contracts.issue_contracts(contracts=[ready], **self.who)[0]

    def signed(self, contract: Contract | None = None, on: dt.date = BEFORE) -> Contract:
        return contract_signing.sign_contract(
            contract=contract or self.issued(), signature=Signature(on, on, proof="Classeur CAPE"), **self.who
        )  # fmt: skip

    def renewal(self, contract: Contract, ends_on: dt.date) -> Contract:
        return contract_changes.prepare_renewal(contract=contract, ends_on=ends_on, **self.who)
